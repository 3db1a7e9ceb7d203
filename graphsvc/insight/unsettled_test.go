package insight

import (
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// TestSavingsSayWhatIsUnsettled: a saving is warned of where an open incident is among
// its transfers, and not where one only touches an end of them or falls.
func TestSavingsSayWhatIsUnsettled(t *testing.T) {
	workload := func(name string) model.Identity {
		return model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: name}
	}
	r := &model.Recommendation{Entities: []string{workload("a").ID(), workload("b").ID()}}
	for _, test := range []struct {
		to     string
		kind   baseline.Kind
		warned bool
	}{{"b", baseline.KindStep, true}, {"c", baseline.KindStep, false}, {"b", baseline.KindFall, false}} {
		open := []baseline.Incident{{ID: "i1", Deviations: []baseline.Deviation{{
			Kind: test.kind, Scope: baseline.Scope{Kind: baseline.ScopeFlow, Flow: baseline.Flow{Source: workload("a"), Destination: workload(test.to)}},
		}}}}
		got := unsettled(r, open)
		if (len(got) == 1) != test.warned || test.warned && !strings.Contains(got[0], "i1") {
			t.Errorf("a to %s, %s: %q", test.to, test.kind, got)
		}
	}
}
