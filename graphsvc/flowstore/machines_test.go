package flowstore_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/internal/model"
)

// TestAgentsOfAMonthAreThoseThatReportedInIt, and their machines are known by the
// facts that held then; what was imported ran nowhere.
func TestAgentsOfAMonthAreThoseThatReportedInIt(t *testing.T) {
	store := openStore(t)
	nodeB, file := model.AgentID{Cluster: "lab", Node: "node-b"}, model.AgentID{Cluster: "imported", Node: "eni-1"}
	imported := batchOf(file, 1, 1)
	imported.Mode = model.CaptureImport
	later := batchOf(nodeB, 1, 0)
	later.CoveredFrom, later.CoveredThrough = start.Add(time.Hour), start.Add(time.Hour+time.Minute)
	for _, batch := range []model.Batch{batchOf(nodeA, 1, 1), batchOf(nodeA, 2, 1), imported, later} {
		if err := store.Append(t.Context(), batch, "d", start); err != nil {
			t.Fatal(err)
		}
	}
	first := model.MinuteOf(start)
	for _, test := range []struct {
		from, to model.Minute
		want     []model.AgentID
	}{
		{first, first + 10, []model.AgentID{nodeA}},
		{first, first + 61, []model.AgentID{nodeA, nodeB}},
		{first + 61, first + 90, nil},
	} {
		got, err := store.AgentsIn(t.Context(), test.from, test.to)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s to %s: %v (-want +got):\n%s", test.from, test.to, err, diff)
		}
	}
}

func TestNodeFactsAreThoseThatHeld(t *testing.T) {
	store := openStore(t)
	node := func(key, id string, from, to time.Time) model.Fact {
		return model.Fact{
			Kind: model.FactNode, Key: key, Source: "kubernetes/lab", Period: model.Period{From: from, To: to},
			Node: &model.NodeFact{Cluster: "lab", Name: key, ProviderID: id},
		}
	}
	facts := []model.Fact{
		node("old", "aws:///z/i-1", start.Add(-2*time.Hour), start.Add(-time.Hour)),
		node("a", "aws:///z/i-2", start.Add(-time.Hour), start.Add(time.Minute)),
		node("a", "aws:///z/i-3", start.Add(time.Minute), time.Time{}),
		{Kind: model.FactService, Key: "s", Source: "kubernetes/lab", Period: model.Period{From: start}, Service: &model.ServiceFact{Cluster: "lab", Name: "s"}},
	}
	if err := store.RecordFacts(t.Context(), facts, start); err != nil {
		t.Fatal(err)
	}
	got, err := store.NodeFacts(t.Context(), model.MinuteOf(start), model.MinuteOf(start)+60)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, fact := range got {
		ids = append(ids, fact.Node.ProviderID)
	}
	if diff := cmp.Diff([]string{"aws:///z/i-2", "aws:///z/i-3"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
