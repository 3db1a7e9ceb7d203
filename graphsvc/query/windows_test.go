package query_test

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

// slowGraphs answers a read of transfers when it is told to.
type slowGraphs struct {
	*doubles.Graphs
	begun  chan struct{}
	answer chan struct{}
}

func (g slowGraphs) Transfers(ctx context.Context, window query.Window, entity string) ([]query.Transfer, error) {
	g.begun <- struct{}{}
	select {
	case <-g.answer:
		return g.Graphs.Transfers(ctx, window, entity)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// TestAWindowIsReadOnce: however many ask for it at once, and where the one who
// reads goes away, the next reads it.
func TestAWindowIsReadOnce(t *testing.T) {
	_, graphs, series := newExplorer()
	slow := slowGraphs{graphs, make(chan struct{}), make(chan struct{})}
	explorer := query.New(query.Dependencies{Graphs: slow, Series: series, Layout: &doubles.Layout{}, Clock: doubles.Clock(doubles.Epoch)})

	leaving, leave := context.WithCancel(t.Context())
	var asked sync.WaitGroup
	asked.Go(func() {
		if _, err := explorer.Transfers(leaving, query.Ask{}, "", query.ByCost); err == nil {
			t.Error("a cancelled question was answered")
		}
	})
	<-slow.begun
	const askers = 10
	for range askers {
		asked.Go(func() {
			graph, err := explorer.Transfers(t.Context(), query.Ask{}, "", query.ByCost)
			if err != nil || len(graph.Transfers) != 4 {
				t.Errorf("%d transfers, %v", len(graph.Transfers), err)
			}
		})
	}
	leave()
	<-slow.begun
	slow.answer <- struct{}{}
	asked.Wait()
	if got := graphs.Counts()["Transfers"]; got != 1 {
		t.Errorf("the window was read %d times", got)
	}
}

// TestKeptWindowsKeepTheirOrder: whoever asks for another order, or for a part.
func TestKeptWindowsKeepTheirOrder(t *testing.T) {
	explorer, _, _ := newExplorer()
	ask := func(entity, filter string, order query.Order) []query.Transfer {
		t.Helper()
		graph, err := explorer.Transfers(t.Context(), query.Ask{Filter: filter}, entity, order)
		if err != nil || len(graph.Transfers) == 0 {
			t.Fatalf("%d transfers, %v", len(graph.Transfers), err)
		}
		return graph.Transfers
	}
	first := slices.Clone(ask("", "", query.ByCost))
	for _, part := range [][]query.Transfer{ask("", "", query.ByBytes), ask("", "bytes>0B", query.ByBytes)} {
		if !slices.IsSortedFunc(part, func(a, b query.Transfer) int { return cmp.Compare(b.Sent.WireBytes, a.Sent.WireBytes) }) {
			t.Errorf("not in order of bytes: %v", part)
		}
	}
	for _, part := range [][]query.Transfer{first, ask(first[0].Key.Source.ID(), "", query.ByCost), ask("", "bytes>0B", query.ByCost)} {
		if !slices.IsSortedFunc(part, func(a, b query.Transfer) int { return b.Cost.Cmp(a.Cost) }) {
			t.Errorf("not in order of cost: %v", part)
		}
	}
	if again := ask("", "", query.ByCost); !slices.Equal(first, again) {
		t.Errorf("first %v, then %v", first, again)
	}
}
