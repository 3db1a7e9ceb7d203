package app

import (
	"context"
	"fmt"
	"sync"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/internal/model"
)

const (
	// maxEdgeTotals bounds the series of single edges that are kept, in minutes.
	maxEdgeTotals = 200_000
	// maxEdgesApart is of up to how many edges a series is put together edge by edge.
	maxEdgesApart = 100
	// maxEdgesTogether is how many are read at once.
	maxEdgesTogether = 300
)

// edges reads series and charges of single edges: many screens that look at one each
// cost a few statements.
type edges struct {
	flows *flowstore.Store
	// whole is the window's own series, which has all its minutes.
	whole   *kept.Answers[flowstore.Window, []flowstore.MinuteTotal]
	series  *kept.Answers[edgeAsk, []flowstore.MinuteTotal]
	read    *kept.Together[edgeAsk, []flowstore.MinuteTotal]
	charges *kept.Together[edgeAsk, []pricing.Line]
}

type edgeAsk struct {
	window flowstore.Window
	edge   model.EdgeID
}

func newEdges(flows *flowstore.Store) edges {
	minutes := func(t []flowstore.MinuteTotal) int { return 1 + len(t) }
	return edges{
		flows:   flows,
		whole:   kept.New[flowstore.Window](maxEdgeTotals, minutes),
		series:  kept.New[edgeAsk](maxEdgeTotals, minutes),
		read:    kept.NewTogether(maxEdgesTogether, byWindow(flows.TotalsOfEach)),
		charges: kept.NewTogether(maxEdgesTogether, byWindow(flows.Charges)),
	}
}

// byWindow reads the edges of each window with one statement.
func byWindow[V any](read func(context.Context, flowstore.Window, []model.EdgeID) (map[model.EdgeID]V, error)) func(context.Context, []edgeAsk) (map[edgeAsk]V, error) {
	return func(ctx context.Context, asks []edgeAsk) (map[edgeAsk]V, error) {
		of := map[flowstore.Window][]model.EdgeID{}
		for _, ask := range asks {
			of[ask.window] = append(of[ask.window], ask.edge)
		}
		answers := make(map[edgeAsk]V, len(asks))
		for window, ids := range of {
			found, err := read(ctx, window, ids)
			if err != nil {
				return nil, err
			}
			for id, answer := range found {
				answers[edgeAsk{window, id}] = answer
			}
		}
		return answers, nil
	}
}

// totals add edges up: every minute of the window that was folded is there.
func (e edges) totals(ctx context.Context, w flowstore.Window, ids []model.EdgeID) ([]flowstore.MinuteTotal, error) {
	whole, err := e.whole.Of(ctx, w, func(ctx context.Context) ([]flowstore.MinuteTotal, error) {
		return e.flows.Totals(ctx, w, flowstore.Subject{})
	})
	if err != nil {
		return nil, err
	}
	at := make(map[model.Minute]int, len(whole))
	totals := make([]flowstore.MinuteTotal, len(whole))
	for i := range whole {
		totals[i].Minute = whole[i].Minute
		at[whole[i].Minute] = i
	}
	of, err := e.each(ctx, w, ids)
	if err != nil {
		return nil, err
	}
	for _, minutes := range of {
		for _, m := range minutes {
			place, folded := at[m.Minute]
			if !folded {
				return nil, fmt.Errorf("the series has edges in %s, which no version folded", m.Minute)
			}
			total := &totals[place]
			total.Bytes += m.Bytes
			if total.Cost, err = total.Cost.Add(m.Cost); err != nil {
				return nil, err
			}
		}
	}
	return totals, nil
}

// each are the series of edges, asked for at once.
func (e edges) each(ctx context.Context, w flowstore.Window, ids []model.EdgeID) ([][]flowstore.MinuteTotal, error) {
	found, errs := make([][]flowstore.MinuteTotal, len(ids)), make([]error, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() {
			ask := edgeAsk{w, id}
			found[i], errs[i] = e.series.Of(ctx, ask, func(ctx context.Context) ([]flowstore.MinuteTotal, error) { return e.read.Of(ctx, ask) })
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
