package graphstore_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

// A reprice of a minute of a compacted hour and day writes the relationships of the
// edges whose money it changes, and no other.
func TestARepriceWritesWhatItChanges(t *testing.T) {
	s, db := store(t)
	p := &past{seed: testkit.Rand(t), store: s, db: db, now: map[model.Minute][]model.PricedEdge{}, next: dayStart + day}
	var edges []model.PricedEdge
	for _, name := range []string{"cart", "mail", "pay"} {
		edges = append(edges, edge(dayStart+7, workload("web"), workload(name), 5000))
	}
	p.now[dayStart+7] = edges
	p.commit(t, p.chain.next(dayStart+7, edges...))
	p.compact(t, pieces.Hour)
	p.compact(t, pieces.Day)
	priced := append([]model.PricedEdge{}, edges...)
	var err error
	if priced[1].Cost, err = priced[1].Cost.Add(edges[0].Cost); err != nil {
		t.Fatal(err)
	}
	p.now[dayStart+7] = priced
	publication := p.chain.next(dayStart+7, priced...)
	publication.Version.Kind = model.VersionReprice
	p.commit(t, publication)
	for statement, want := range map[string]int64{
		"MATCH ()-[r:TRANSFERRED]->() WHERE r.until IS NULL RETURN count(r)":     6,
		"MATCH ()-[r:TRANSFERRED]->() WHERE r.until IS NOT NULL RETURN count(r)": 2, // mail's hour and day
	} {
		if got := count(t, db, statement); got != want {
			t.Errorf("%s: %d, want %d", statement, got, want)
		}
	}
	p.ask(t, question{Window: window(dayStart, dayStart+day, p.chain.number)})
}
