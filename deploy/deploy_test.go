package deploy

import (
	"errors"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"

	agent "github.com/egressor/egressor/agent/app"
	costsvc "github.com/egressor/egressor/costsvc/app"
	graphsvc "github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/config"
)

// program is one of ours, as an image's name calls it.
type program struct {
	// flags are a fresh set, whose values validate checks.
	flags    *pflag.FlagSet
	validate func() error
}

func newProgram(t *testing.T, image string) program {
	t.Helper()
	flags := pflag.NewFlagSet(image, pflag.ContinueOnError)
	config.AddFileFlag(flags)
	switch image {
	case "egressor-agent":
		settings := agent.DefaultConfig()
		settings.AddFlags(flags)
		return program{flags, func() error { return settings.Validate() }}
	case "egressor-graphsvc", "egressor":
		settings := graphsvc.DefaultConfig()
		settings.AddFlags(flags)
		return program{flags, settings.Check}
	case "egressor-costsvc":
		settings := costsvc.DefaultConfig()
		settings.AddFlags(flags)
		return program{flags, settings.Validate}
	}
	t.Fatalf("no program goes by the image %s", image)
	return program{}
}

// container is what a manifest says of one container.
type container struct {
	Name, Image string
	Args        []string
	Env         []struct {
		Name, Value string
		ValueFrom   any `yaml:"valueFrom"`
	}
	Ports []struct {
		Name          string
		ContainerPort int `yaml:"containerPort"`
	}
}

// program is the image's name without registry, tag and digest.
func (c container) program() string {
	name := c.Image[strings.LastIndex(c.Image, "/")+1:]
	return name[:strings.IndexAny(name+":", ":@")]
}

// containers are those of our programs in one file of rendered manifests.
func containers(t *testing.T, path string) []container {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var found []container
	for decoder := yaml.NewDecoder(file); ; {
		var manifest struct {
			Kind string
			Spec struct {
				Template struct {
					Spec struct{ Containers []container }
				}
			}
		}
		if err := decoder.Decode(&manifest); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		found = append(found, manifest.Spec.Template.Spec.Containers...)
	}
}

// eachContainer calls check with every container of every installation that
// deploy/test has rendered.
func eachContainer(t *testing.T, check func(t *testing.T, c container)) {
	t.Helper()
	paths, err := filepath.Glob("test/testdata/rendered/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no manifests: run `go test ./... -update` in deploy/test: %v", err)
	}
	started := map[string]bool{}
	for _, path := range paths {
		for _, c := range containers(t, path) {
			started[c.program()] = true
			t.Run(filepath.Base(path)+"/"+c.Name, func(t *testing.T) { check(t, c) })
		}
	}
	want := []string{"egressor", "egressor-agent", "egressor-costsvc", "egressor-graphsvc"}
	if got := slices.Sorted(maps.Keys(started)); !slices.Equal(got, want) {
		t.Errorf("the installations start %v, want %v", got, want)
	}
}

// Every argument and every EGRESSOR_* variable is one that the program has, and
// with all of them it would start.
func TestManifestsSpeakTheProgramsLanguage(t *testing.T) {
	eachContainer(t, func(t *testing.T, c container) {
		p := newProgram(t, c.program())
		if err := p.flags.Parse(c.Args); err != nil {
			t.Fatal(err)
		}
		command := []string(nil)
		if c.program() == "egressor" {
			command = []string{"serve"}
		}
		if !slices.Equal(p.flags.Args(), command) {
			t.Errorf("arguments %v, want %v", p.flags.Args(), command)
		}
		set := map[string]string{}
		for _, variable := range c.Env {
			set[variable.Name] = variable.Value
			if variable.ValueFrom != nil {
				set[variable.Name] = "given-by-kubernetes"
			}
		}
		known := map[string]bool{"ANTHROPIC_API_KEY": true, "TZ": true}
		p.flags.VisitAll(func(flag *pflag.Flag) { known[config.EnvName(flag.Name)] = true })
		for name := range set {
			if !known[name] {
				t.Errorf("%s knows no variable %s", c.program(), name)
			}
		}
		err := config.ResolveFrom(p.flags, c.program(), func(name string) (string, bool) {
			text, ok := set[name]
			return text, ok
		})
		if err = errors.Join(err, p.validate()); err != nil {
			t.Error(err)
		}
	})
}

// Containers listen on the ports that the programs have by default, and
// manifests name them as they are.
func TestPortsAreTheDefaults(t *testing.T) {
	ports := map[string]map[string]string{ // container port by the flag that sets it
		"egressor-agent":    {"metrics": "metrics-listen"},
		"egressor-graphsvc": {"http": "listen", "ingest": "ingest-listen"},
		"egressor":          {"http": "listen", "ingest": "ingest-listen"},
		"egressor-costsvc":  {"grpc": "listen"},
	}
	eachContainer(t, func(t *testing.T, c container) {
		p := newProgram(t, c.program())
		if err := p.flags.Parse(c.Args); err != nil {
			t.Fatal(err)
		}
		if len(c.Ports) != len(ports[c.program()]) {
			t.Errorf("%d ports, want %d", len(c.Ports), len(ports[c.program()]))
		}
		for _, port := range c.Ports {
			flag := p.flags.Lookup(ports[c.program()][port.Name])
			if flag == nil {
				t.Fatalf("no flag sets port %s", port.Name)
			}
			_, given, err := net.SplitHostPort(flag.Value.String())
			if err != nil || given != strconv.Itoa(port.ContainerPort) {
				t.Errorf("port %s is %d, --%s says %s", port.Name, port.ContainerPort, flag.Name, flag.Value)
			}
			if flag.DefValue == "" {
				continue // the agent's page is off by default
			}
			if _, preset, _ := net.SplitHostPort(flag.DefValue); preset != given {
				t.Errorf("--%s is %s, by default %s", flag.Name, flag.Value, flag.DefValue)
			}
		}
	})
}

// The agents' server is the ingest of the same installation.
func TestAgentsSendToTheIngest(t *testing.T) {
	_, ingest, err := net.SplitHostPort(graphsvc.DefaultConfig().IngestListen)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range containers(t, "test/testdata/rendered/first-look.yaml") {
		if c.program() == "egressor-agent" && !slices.Contains(c.Args, "--server=egressor-graphsvc.egressor.svc:"+ingest) {
			t.Errorf("the agent is told %v, the ingest is on port %s", c.Args, ingest)
		}
	}
}

var serveLine = regexp.MustCompile(`(?m)^#\s+bin/egressor serve (.+)$`)

// The command in the Compose file's comment starts as it stands there.
func TestComposeComment(t *testing.T) {
	text, err := os.ReadFile("docker-compose.dev.yml")
	if err != nil {
		t.Fatal(err)
	}
	found := serveLine.FindSubmatch(text)
	if found == nil {
		t.Fatal("the comment has no `bin/egressor serve` line")
	}
	p := newProgram(t, "egressor")
	if err := errors.Join(p.flags.Parse(strings.Fields(string(found[1]))), p.validate()); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"clickhouse-address", "neo4j-uri"} {
		if !strings.Contains(p.flags.Lookup(flag).Value.String(), "127.0.0.1:") {
			t.Errorf("--%s is %q, the servers are on loopback", flag, p.flags.Lookup(flag).Value)
		}
	}
}

// An image from scratch has no C library: what it holds must link none.
func TestScratchImagesAreStatic(t *testing.T) {
	text, err := os.ReadFile("docker/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"agent", "graphsvc", "costsvc"} {
		list := exec.CommandContext(t.Context(), "go", "list", "-deps", "./"+name)
		list.Dir = ".."
		list.Env = append(os.Environ(), "CGO_ENABLED=0")
		packages, err := list.Output()
		if err != nil {
			t.Fatalf("go list ./%s: %v", name, err)
		}
		dynamic := strings.Contains(string(packages), "github.com/ebitengine/purego\n")
		scratch := strings.Contains(string(text), "FROM scratch AS "+name+"\n")
		if dynamic == scratch {
			t.Errorf("%s: links the C library: %v, image from scratch: %v; want one or the other", name, dynamic, scratch)
		}
	}
}

// Images are built with the Go that go.mod asks for.
func TestGoVersion(t *testing.T) {
	module, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(module), "\ngo ")
	version, _, _ := strings.Cut(rest, "\n")
	text, err := os.ReadFile("docker/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	if version == "" || !strings.Contains(string(text), "/golang:"+version+"-") {
		t.Errorf("go.mod asks for Go %q, deploy/docker/Dockerfile for another", version)
	}
}
