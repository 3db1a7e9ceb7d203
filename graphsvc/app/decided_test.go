package app

import (
	"encoding/json"
	"testing"

	"github.com/egressor/egressor/internal/report"
)

// What people decide over a served scenario stands for as long as it is served;
// who opens it anew finds it as the file tells it.
func TestAServedScenarioKeepsDecisionsUntilItsEnd(t *testing.T) {
	const file = "../../docs/scenarios/31-volume-in-another-zone.txtar"
	type incident struct {
		ID, State string
		Decisions []struct{ Action, By, Note string }
	}
	var listed struct{ Edges []struct{ Node incident } }
	first := func(do string) incident {
		t.Helper()
		routes, err := scenarioRoutes(DefaultConfig(), doors{}, file, report.Discard())
		if err != nil {
			t.Fatal(err)
		}
		ask(t, routes, `{ incidents { edges { node { id state decisions { action by note } } } } }`, "incidents", &listed)
		if len(listed.Edges) == 0 {
			t.Fatalf("%s has no incident", file)
		}
		if do != "" {
			var done json.RawMessage
			id, err := json.Marshal(listed.Edges[0].Node.ID)
			if err != nil {
				t.Fatal(err)
			}
			ask(t, routes, `mutation { `+do+`(id: `+string(id)+`, note: "looking") { id } }`, do, &done)
			ask(t, routes, `{ incidents { edges { node { id state decisions { action by note } } } } }`, "incidents", &listed)
		}
		return listed.Edges[0].Node
	}
	if got := first("acknowledgeIncident"); got.State != "ACKNOWLEDGED" || len(got.Decisions) != 1 || got.Decisions[0].Note != "looking" {
		t.Errorf("after it was acknowledged: %+v", got)
	}
	if got := first(""); got.State != "OPEN" || len(got.Decisions) != 0 {
		t.Errorf("served anew: %+v, want it as the file tells it", got)
	}
}
