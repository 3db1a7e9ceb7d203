package deploytest

import (
	"os"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

const (
	composeFile = "../docker-compose.dev.yml"
	composeEnv  = "../docker/dev.env.example"
)

func loadCompose(t *testing.T, environment map[string]string) (*types.Project, error) {
	t.Helper()
	text, err := os.ReadFile(composeFile)
	if err != nil {
		t.Fatal(err)
	}
	return loader.LoadWithContext(t.Context(), types.ConfigDetails{
		ConfigFiles: []types.ConfigFile{{Filename: composeFile, Content: text}},
		Environment: environment,
	})
}

// The development servers listen on loopback alone, on the ports that graphsvc
// expects, say when they are ready, and take their passwords from the env file.
func TestCompose(t *testing.T) {
	environment, err := dotenv.Read(composeEnv)
	if err != nil {
		t.Fatal(err)
	}
	project, err := loadCompose(t, environment)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]uint32{"clickhouse": {9000, 8123}, "neo4j": {7687, 7474}}
	if len(project.Services) != len(want) {
		t.Errorf("%d services, want %d", len(project.Services), len(want))
	}
	for name, ports := range want {
		service, ok := project.Services[name]
		if !ok {
			t.Fatalf("there is no service %s", name)
		}
		checkImage(t, name, service.Image)
		if service.HealthCheck == nil || len(service.HealthCheck.Test) < 2 {
			t.Errorf("%s has no health check", name)
		}
		if len(service.Ports) != len(ports) {
			t.Fatalf("%s publishes %d ports, want %d", name, len(service.Ports), len(ports))
		}
		for i, port := range service.Ports {
			if port.HostIP != "127.0.0.1" || port.Target != ports[i] {
				t.Errorf("%s publishes %d on %q, want %d on loopback", name, port.Target, port.HostIP, ports[i])
			}
		}
	}
}

// Without the env file nothing starts with an empty password.
func TestComposeNeedsPasswords(t *testing.T) {
	_, err := loadCompose(t, nil)
	if err == nil || !strings.Contains(err.Error(), "dev.env.example") {
		t.Fatalf("error %v, want one that names dev.env.example", err)
	}
}

// The embedded Neo4j and the development server are of one version.
func TestNeo4jVersion(t *testing.T) {
	script, err := os.ReadFile("../deps/neo4j.sh")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(script), "\nversion=")
	version, _, _ := strings.Cut(rest, "\n")
	compose, err := os.ReadFile(composeFile)
	if err != nil {
		t.Fatal(err)
	}
	if !found || !strings.Contains(string(compose), "/neo4j:"+version+"-community") {
		t.Errorf("deploy/deps/neo4j.sh has version %q, %s another", version, composeFile)
	}
}
