package rolluptest

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/model"
)

// State is what both stores answer about the story's minutes. Moments of commit
// are left out: a retry is later.
type State struct {
	InSeries, InGraph []model.GraphVersion
	// Totals and Transfers are as of version 1, 2 and so on.
	Totals    [][]flowstore.MinuteTotal
	Transfers [][]graphstore.Transfer
	// Problems is what verify finds.
	Problems []string
}

// Read asks the stores everything.
func (s *Stores) Read(tb testing.TB) State {
	tb.Helper()
	var state State
	state.InGraph = must(s.Graph.Versions(tb.Context(), 0, 100))(tb)
	slices.Reverse(state.InGraph)
	state.InSeries = must(s.Flows.Versions(tb.Context(), First-60, First+60, 1000))(tb)
	for _, versions := range [][]model.GraphVersion{state.InGraph, state.InSeries} {
		for i := range versions {
			versions[i].CommittedAt = time.Time{}
		}
	}
	for i := range state.InGraph {
		state.Totals = append(state.Totals, s.Totals(tb, state.InGraph[i].Number))
		state.Transfers = append(state.Transfers, s.Transfers(tb, state.InGraph[i].Number))
	}
	state.Problems = s.Verify(tb)
	return state
}

// Totals is the series of the story's minutes as of a version.
func (s *Stores) Totals(tb testing.TB, asOf uint64) []flowstore.MinuteTotal {
	tb.Helper()
	return must(s.Flows.Totals(tb.Context(), flowstore.Window{From: First - 60, To: First + 60, Version: asOf}, flowstore.Subject{}))(tb)
}

// Transfers is the graph of the story's minutes as of a version.
func (s *Stores) Transfers(tb testing.TB, asOf uint64) []graphstore.Transfer {
	tb.Helper()
	found := must(s.Graph.Transfers(tb.Context(), graphstore.Window{From: First - 60, To: First + 60, AsOf: asOf}, ""))(tb)
	slices.SortFunc(found, func(a, b graphstore.Transfer) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// Verify returns the problems of every version of the story.
func (s *Stores) Verify(tb testing.TB) []string {
	tb.Helper()
	verifier := verify.Verifier{Flows: s.Flows, Graph: s.Graph, Terms: ListPrices(tb, s.Flows)}
	var problems []string
	err := verifier.Run(tb.Context(), First-60, First+60, func(checked verify.Checked) {
		problems = append(problems, checked.Problems...)
	})
	if err != nil {
		tb.Fatal(err)
	}
	return problems
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(tb testing.TB) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return value
	}
}
