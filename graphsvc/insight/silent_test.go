package insight

import (
	"context"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// nodes are facts of nodes, and nothing else.
type nodes struct {
	Flows
	facts []model.Fact
}

func (n nodes) Facts(_ context.Context, from, to, _ time.Time) (found []model.Fact, _ time.Time, _ error) {
	for _, fact := range n.facts {
		if fact.Period.Overlaps(model.Period{From: from, To: to}) {
			found = append(found, fact)
		}
	}
	return found, time.Time{}, nil
}

func nodeFact(name string, from, to model.Minute) model.Fact {
	fact := model.Fact{Kind: model.FactNode, Key: name, Period: model.Period{From: from.Start()}, Node: &model.NodeFact{Cluster: "lab", Name: name}}
	if to != 0 {
		fact.Period.To = to.Start().Add(-time.Second)
	}
	return fact
}

// TestPartialMinutes: a minute is judged only where everybody who counts had a part in
// all of it, and who has left counts no more.
func TestPartialMinutes(t *testing.T) {
	a, b, c, d, e := agentOn("node-a"), agentOn("node-b"), agentOn("node-c"), agentOn("node-d"), agentOn("node-e")
	w := &Watcher{agents: map[model.AgentID]model.Minute{}, d: Dependencies{Clock: &shop{}, Flows: nodes{facts: []model.Fact{
		nodeFact("node-a", 1, 0), nodeFact("node-b", 1, 0), nodeFact("node-c", 1, 118), // it leaves within minute 117
		nodeFact("node-d", 1, 121), nodeFact("node-d", 121, 0), // replaced within minute 120
		nodeFact("node-e", 1, 125), // leaves within minute 124, of which it reported nothing
	}}}}
	for _, test := range []struct {
		name   string
		minute model.Minute
		agents []model.AgentID
		want   bool
	}{
		{"the first of all: the agents began within it", 100, []model.AgentID{a, b}, true},
		{"both report", 101, []model.AgentID{a, b}, false},
		{"one is silent", 102, []model.AgentID{a}, true},
		{"it is back", 103, []model.AgentID{a, b}, false},
		{"silent for ten minutes", 113, []model.AgentID{a}, true},
		{"gone after that", 114, []model.AgentID{a}, false},
		{"and forgotten", 115, []model.AgentID{a}, false},
		{"another comes", 116, []model.AgentID{a, c}, false},
		{"its node leaves", 117, []model.AgentID{a, c}, false},
		{"nothing of it is missing", 118, []model.AgentID{a}, false},
		{"one more comes", 119, []model.AgentID{a, d}, false},
		{"its node is replaced by one of its name", 120, []model.AgentID{a, d}, false},
		{"whose agent is silent", 121, []model.AgentID{a}, true},
		{"and reports", 122, []model.AgentID{a, d}, false},
		{"a last one comes", 123, []model.AgentID{a, d, e}, false},
		{"and leaves within a minute of which it reported nothing", 124, []model.AgentID{a, d}, true},
		{"nothing of it is missing then", 125, []model.AgentID{a, d}, false},
	} {
		version := model.GraphVersion{From: test.minute, To: test.minute + 1}
		for _, agent := range test.agents {
			version.Inputs = append(version.Inputs, model.InputRange{Agent: agent})
		}
		if got, err := w.partial(t.Context(), version); err != nil || got != test.want {
			t.Errorf("%s: partial %v (%v), want %v", test.name, got, err, test.want)
		}
	}
}

func agentOn(node string) model.AgentID { return model.AgentID{Cluster: "lab", Node: node} }
