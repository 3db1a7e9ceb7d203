package api_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

var (
	named   = query.AgentMachine{Agent: model.AgentID{Cluster: "lab", Node: "a"}, Provider: "aws", ProviderIDs: []string{"aws:///us-east-1a/i-0a"}}
	nowhere = query.AgentMachine{Agent: model.AgentID{Cluster: "lab", Node: "b"}}
	foreign = query.AgentMachine{Agent: model.AgentID{Cluster: "gke", Node: "c"}, Provider: "gcp", ProviderIDs: []string{"gce://p/z/c"}}
)

// TestABillsMachineWithoutAnAgentIsNamed where every machine with one is known, and
// none is where one is not: that could be it.
func TestABillsMachineWithoutAnAgentIsNamed(t *testing.T) {
	for name, test := range map[string]struct {
		machines []query.AgentMachine
		missing  bool
		known    int
		unnamed  string
	}{
		"all known":            {[]query.AgentMachine{named, foreign}, true, 1, "[]"},
		"one of them is not":   {[]query.AgentMachine{named, nowhere}, false, 1, "[lab/b]"},
		"none has an agent":    {nil, false, 0, "[]"},
		"the clouds are other": {[]query.AgentMachine{foreign}, false, 0, "[]"},
	} {
		s := withBills(t)
		s.series.Machines = test.machines
		got := s.must(t, `{ reconciliations { machines unnamed unnamedCount findings { kind name } } }`, nil).at("reconciliations", 0).(map[string]any)
		missing := strings.Contains(fmt.Sprint(got["findings"]), "missing-host")
		if missing != test.missing || fmt.Sprint(got["machines"]) != fmt.Sprint(test.known) || fmt.Sprint(got["unnamed"]) != test.unnamed {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAgentMachinesAreForWhoSeesAll(t *testing.T) {
	s := withBills(t)
	s.series.Machines = []query.AgentMachine{named, nowhere}
	const asked = `{ agentMachines { cluster node provider providerIds } }`
	got := s.must(t, asked, nil)
	if got.at("agentMachines", 0, "providerIds", 0) != "aws:///us-east-1a/i-0a" || fmt.Sprint(got.at("agentMachines", 1, "providerIds")) != "[]" {
		t.Errorf("%v", got)
	}
	bob := access.Principal{Name: "bob", Method: "token", Role: access.Analyst, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	if answered := answerAs(t, s.Server, s.hub, bob, s.Schema().Query, asked); !strings.Contains(answered, `"agentMachines":[]`) {
		t.Errorf("%s", answered)
	}
}

// TestAgentsTellTheirVersion, and how it stands to the service's.
func TestAgentsTellTheirVersion(t *testing.T) {
	s := newService()
	for _, agent := range []struct {
		build string
		mode  model.CaptureMode
	}{{"v1.5.0", model.CaptureSockets}, {"v1.4.0", model.CapturePackets}, {"v1.5.0-2-gabc1234", model.CaptureSockets}, {"0a1b2c3", model.CaptureSockets}, {"", model.CaptureSockets}, {"", model.CaptureImport}} {
		s.series.Reporting = append(s.series.Reporting, query.Agent{ID: model.AgentID{Cluster: "lab", Node: "a"}, Mode: agent.mode, Build: agent.build})
	}
	s.Server = api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour))}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.NewTextHandler(s.log, nil)), Version: "v1.5.0",
	})
	got := s.must(t, `{ serviceVersion agents { version build } }`, nil)
	var builds []string
	for i := range s.series.Reporting {
		builds = append(builds, fmt.Sprint(got.at("agents", i, "build")))
	}
	if want := "[SAME OLDER NEWER OTHER OLDER UNKNOWN]"; fmt.Sprint(builds) != want || got.at("serviceVersion") != "v1.5.0" || got.at("agents", 1, "version") != "v1.4.0" {
		t.Errorf("%v: %v, want %s", got, builds, want)
	}
}
