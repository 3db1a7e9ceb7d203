package flowstore_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestAnEdgeIsItsSeriesAddedUp, as of each version.
func TestAnEdgeIsItsSeriesAddedUp(t *testing.T) {
	store := openStore(t)
	writeVersion(t, store, 1, minute, map[string]uint64{"cart": 100, "catalog": 40})
	writeVersion(t, store, 2, minute+1, map[string]uint64{"cart": 7})
	writeVersion(t, store, 3, minute, map[string]uint64{"cart": 110}) // refold: catalog's bytes are gone
	for _, row := range []struct {
		name    string
		through uint64
		want    uint64
	}{{"cart", 1, 100}, {"cart", 2, 107}, {"cart", 3, 117}, {"catalog", 2, 40}, {"catalog", 3, 0}, {"nobody", 3, 0}} {
		key := edgeTo(row.name)
		window := flowstore.Window{From: minute - 1, To: minute + 5, Version: row.through}
		got, ok, err := store.Edge(t.Context(), window, key.ID())
		if err != nil || ok != (row.want > 0) {
			t.Fatalf("%s as of %d: %v, %v", row.name, row.through, ok, err)
		}
		if ok && (got.Key != key || got.Sent.WireBytes != row.want || got.Cost != money.FromNano(int64(row.want)) || got.Checked) {
			t.Errorf("%s as of %d: %+v, want %d", row.name, row.through, got, row.want)
		}
	}
	totals, err := store.Totals(t.Context(), flowstore.Window{From: minute, To: minute + 2, Version: 2}, flowstore.Subject{Edges: []model.EdgeID{edgeTo("catalog").ID(), edgeTo("nobody").ID()}})
	if err != nil || len(totals) != 2 || totals[0].Bytes != 40 || totals[1].Bytes != 0 {
		t.Errorf("the series of some edges: %+v, %v", totals, err)
	}
	if totals, err = store.Totals(t.Context(), flowstore.Window{From: minute, To: minute + 2, Version: 2}, flowstore.Subject{Edges: []model.EdgeID{}}); err != nil || len(totals) != 2 || totals[0].Bytes != 0 {
		t.Errorf("the series of no edge: %+v, %v", totals, err)
	}
}

// TestLabelFacts: those that held in the window, as known by then, and that can
// have one of the keys.
func TestLabelFacts(t *testing.T) {
	store := openStore(t)
	pod := func(key, label, value string, from, to time.Time) model.Fact {
		return model.Fact{Kind: model.FactPod, Key: key, Source: "kubernetes/lab", Period: model.Period{From: from, To: to}, Pod: &model.PodFact{
			Cluster: "lab", Namespace: "shop", Name: key, Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: key}, Labels: map[string]string{label: value},
		}}
	}
	hour := start.Add(time.Hour)
	if err := store.RecordFacts(t.Context(), []model.Fact{pod("web", "app", "web", start, time.Time{}), pod("db", "tier", "data", start, time.Time{}), pod("old", "app", "old", start.Add(-time.Hour), start)}, start); err != nil {
		t.Fatal(err)
	}
	if err := store.RecordFacts(t.Context(), []model.Fact{pod("web", "app", "web-2", start, time.Time{})}, hour); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		keys    []string
		through time.Time
		want    []string
	}{{[]string{"app"}, start.Add(time.Minute), []string{"web"}}, {[]string{"app"}, time.Time{}, []string{"web-2"}}, {[]string{"app", "tier"}, time.Time{}, []string{"data", "web-2"}}, {[]string{"x"}, time.Time{}, nil}} {
		facts, err := store.LabelFacts(t.Context(), start, hour, row.keys, row.through)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, fact := range facts {
			for _, value := range fact.Pod.Labels {
				got = append(got, value)
			}
		}
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%v by %s: %s", row.keys, row.through, diff)
		}
	}
}
