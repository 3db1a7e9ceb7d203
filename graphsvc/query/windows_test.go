package query_test

import (
	"context"
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

// TestKeptWindowsAreNotShared: an answer that is sorted or changed is the asker's own.
func TestKeptWindowsAreNotShared(t *testing.T) {
	explorer, _, _ := newExplorer()
	first, err := explorer.Transfers(t.Context(), query.Ask{}, "", query.ByCost)
	if err != nil {
		t.Fatal(err)
	}
	first.Transfers[0].Sent.WireBytes = 1 << 60
	second, err := explorer.Transfers(t.Context(), query.Ask{}, "", query.ByBytes)
	if err != nil || second.Transfers[0].Sent.WireBytes == 1<<60 {
		t.Errorf("the second answer has the first asker's figures: %+v, %v", second.Transfers[0], err)
	}
}
