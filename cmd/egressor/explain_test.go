package main

import (
	"bytes"
	"testing"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/replayed"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/scenario"
	"github.com/egressor/egressor/internal/testkit"
)

// still puts no node anywhere: nothing here is drawn.
type still struct{ query.Layout }

// TestAnExplanationInEachFormat prints that of scenario 11's costliest transfer,
// which a client dialled by a Service's address.
func TestAnExplanationInEachFormat(t *testing.T) {
	told, err := scenario.Load("../../docs/scenarios/11-clusterip-service.txtar")
	if err != nil {
		t.Fatal(err)
	}
	book, err := told.LoadBook()
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := told.Run(book)
	if err != nil {
		t.Fatal(err)
	}
	var minutes []replayed.Minute
	for i := range outcome.Minutes {
		m := &outcome.Minutes[i]
		minutes = append(minutes, replayed.Minute{Version: m.Version, Input: m.Input, Computed: m.Computed})
	}
	store := replayed.New(minutes, told.Batches(), told.Facts)
	explorer := query.New(query.Dependencies{Graphs: store, Series: store, Layout: still{}, Clock: clock.System{}})
	graph, err := explorer.Transfers(t.Context(), query.Ask{}, "", query.ByCost)
	if err != nil {
		t.Fatal(err)
	}
	explained, err := explorer.Explain(t.Context(), graph.Transfers[0].ID, query.Ask{}, 1)
	if err != nil || explained == nil {
		t.Fatalf("explained %v, %v", explained, err)
	}
	for _, format := range []string{"table", "json", "csv"} {
		var out bytes.Buffer
		if err := printExplanation(&out, format, explained); err != nil {
			t.Fatal(err)
		}
		testkit.Golden(t, "testdata/explain-"+format+".golden", out.Bytes())
	}
}
