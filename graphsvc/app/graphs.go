package app

import (
	"context"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/verify"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// graphs answers the explorer's and verify's questions about the graph from
// the graph store.
type graphs struct{ *graphstore.Store }

var (
	_ query.Graphs = graphs{}
	_ verify.Graph = graphs{}
)

// Transfers are the edges of a window.
func (g graphs) Transfers(ctx context.Context, w query.Window, entity string) ([]query.Transfer, error) {
	found, err := g.Store.Transfers(ctx, graphstore.Window{From: w.From, To: w.To, AsOf: w.Version}, entity)
	if err != nil {
		return nil, err
	}
	transfers := make([]query.Transfer, len(found))
	for i := range found {
		transfers[i] = query.Transfer(found[i])
	}
	return transfers, nil
}

// Sum adds up a minute's transfers as of a version.
func (g graphs) Sum(ctx context.Context, of model.Minute, asOf uint64) (edges, wireBytes uint64, cost money.Amount, err error) {
	found, err := g.Store.Transfers(ctx, graphstore.Window{From: of, To: of + 1, AsOf: asOf}, "")
	if err != nil {
		return 0, 0, cost, err
	}
	for i := range found {
		wireBytes += found[i].Sent.WireBytes
		if cost, err = cost.Add(found[i].Cost); err != nil {
			return 0, 0, cost, err
		}
	}
	return uint64(len(found)), wireBytes, cost, nil
}
