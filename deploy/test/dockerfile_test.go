package deploytest

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const dockerfile = "../docker/Dockerfile"

// file is the Dockerfile, parsed as BuildKit does.
type file struct {
	stages []instructions.Stage
	// args are the defaults of the arguments before the first stage.
	args map[string]string
}

func parseDockerfile(t *testing.T) file {
	t.Helper()
	text, err := os.ReadFile(dockerfile)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, warning := range parsed.Warnings {
		t.Errorf("Dockerfile: %s", warning.Short)
	}
	stages, arguments, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := file{stages: stages, args: map[string]string{}}
	for _, command := range arguments {
		for _, arg := range command.Args {
			found.args[arg.Key] = arg.ValueString()
		}
	}
	return found
}

func (f file) stage(name string) (instructions.Stage, bool) {
	for _, stage := range f.stages {
		if stage.Name == name {
			return stage, true
		}
	}
	return instructions.Stage{}, false
}

// images are the targets, in the words of deploy/docker/bake.json.
func images(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../docker/bake.json")
	if err != nil {
		t.Fatal(err)
	}
	var bake struct {
		Variable map[string]struct{ Default string }
		Group    map[string]struct{ Targets []string }
		Target   map[string]struct {
			Context, Dockerfile, Target string
			Inherits, Tags              []string
			Args                        map[string]string
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&bake); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range bake.Group["default"].Targets {
		target := bake.Target[name]
		if target.Target != name || !slices.Equal(target.Inherits, []string{"base"}) || len(target.Tags) != 1 {
			t.Fatalf("bake.json: target %s is %+v", name, target)
		}
		tag := target.Tags[0]
		for variable, value := range bake.Variable {
			tag = strings.ReplaceAll(tag, "${"+variable+"}", value.Default)
		}
		found[name] = tag
	}
	return found
}

// Every image is a stage that runs as nobody and starts its own program.
func TestImagesRunAsNobody(t *testing.T) {
	parsed := parseDockerfile(t)
	for target, tag := range images(t) {
		stage, ok := parsed.stage(target)
		if !ok {
			t.Fatalf("the Dockerfile has no stage %s", target)
		}
		user, program := "", ""
		for _, command := range stage.Commands {
			switch c := command.(type) {
			case *instructions.UserCommand:
				user = c.User
			case *instructions.EntrypointCommand:
				program = strings.Join(c.CmdLine, " ")
			}
		}
		repository, _, _ := strings.Cut(tag, ":")
		if want := "/usr/bin/" + repository[strings.LastIndex(repository, "/")+1:]; program != want {
			t.Errorf("image %s starts %q, want %s", target, program, want)
		}
		if user != "65534:65534" {
			t.Errorf("image %s runs as %q, want 65534:65534", target, user)
		}
	}
}

// Base images are pinned by tag, and can be pinned by digest.
func TestBaseImages(t *testing.T) {
	parsed := parseDockerfile(t)
	for _, stage := range parsed.stages {
		if _, ok := parsed.stage(stage.BaseName); ok || stage.BaseName == "scratch" {
			continue
		}
		name := strings.TrimPrefix(strings.SplitN(stage.BaseName, "}", 2)[0], "${")
		if stage.BaseName != "${"+name+"}${"+strings.TrimSuffix(name, "_IMAGE")+"_DIGEST}" {
			t.Errorf("stage %s is from %s, want ${X_IMAGE}${X_DIGEST}", stage.Name, stage.BaseName)
			continue
		}
		checkImage(t, "stage "+stage.Name, parsed.args[name])
	}
}

// What is copied exists: a renamed folder must not wait for the next image build
// to be noticed.
func TestCopiedFilesExist(t *testing.T) {
	for _, stage := range parseDockerfile(t).stages {
		for _, command := range stage.Commands {
			copied, ok := command.(*instructions.CopyCommand)
			if !ok || copied.From != "" {
				continue
			}
			for _, path := range copied.SourcePaths {
				if _, err := os.Stat("../../" + path); err != nil {
					t.Errorf("stage %s: %v", stage.Name, err)
				}
			}
		}
	}
}

// The agent's file has the capabilities that the DaemonSet allows, no other. A
// copy that changes the owner would lose them.
func TestAgentFileCapabilities(t *testing.T) {
	parsed := parseDockerfile(t)
	build, _ := parsed.stage("agent-build")
	set := ""
	for _, command := range build.Commands {
		if run, ok := command.(*instructions.RunCommand); ok && strings.HasPrefix(strings.Join(run.CmdLine, " "), "setcap ") {
			set = strings.Fields(strings.Join(run.CmdLine, " "))[1]
		}
	}
	var want []string
	for _, capability := range capabilities["agent"] {
		want = append(want, "cap_"+strings.ToLower(string(capability)))
	}
	if set != strings.Join(want, ",")+"+ep" {
		t.Errorf("the agent's file gets %q, the DaemonSet allows %v", set, want)
	}
	image, _ := parsed.stage("agent")
	for _, command := range image.Commands {
		if copied, ok := command.(*instructions.CopyCommand); ok && (copied.Chown != "" || copied.Chmod != "") {
			t.Errorf("COPY %v changes owner or mode, and drops the capabilities", copied.SourcePaths)
		}
	}
}

// The chart installs the images that are built, at the version that is built.
func TestChartUsesTheseImages(t *testing.T) {
	built := map[string]bool{}
	for _, tag := range images(t) {
		built[tag] = false
	}
	eachInstallation(t, func(t *testing.T, found objects) {
		for _, p := range found.pods {
			for _, container := range p.spec.Containers {
				tag, digest, _ := strings.Cut(container.Image, "@")
				if digest != "" {
					tag += ":" + loadChart(t).AppVersion()
				}
				if _, ok := built[tag]; ok {
					built[tag] = true
				} else if p.kind != "Pod" {
					t.Errorf("%s/%s runs %s, which deploy/docker/bake.json does not build", p.name, container.Name, container.Image)
				}
			}
		}
	})
	for tag, used := range built {
		if !used {
			t.Errorf("no installation uses %s", tag)
		}
	}
}
