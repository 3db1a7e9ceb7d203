package insight

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
)

// A minute is judged only where everybody who counts had a part in all of it.
func TestPartialMinutes(t *testing.T) {
	w := &Watcher{agents: map[model.AgentID]model.Minute{}}
	a, b := model.AgentID{Cluster: "lab", Node: "node-a"}, model.AgentID{Cluster: "lab", Node: "node-b"}
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
	} {
		version := model.GraphVersion{From: test.minute, To: test.minute + 1}
		for _, agent := range test.agents {
			version.Inputs = append(version.Inputs, model.InputRange{Agent: agent})
		}
		if got := w.partial(version); got != test.want {
			t.Errorf("%s: partial %v, want %v", test.name, got, test.want)
		}
	}
}
