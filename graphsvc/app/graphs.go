package app

import (
	"context"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/query"
)

// graphs answers the explorer's questions about the graph from the graph store.
type graphs struct{ *graphstore.Store }

var _ query.Graphs = graphs{}

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

// Ownerships are the teams of all rollout revisions.
func (g graphs) Ownerships(ctx context.Context) ([]query.Ownership, error) {
	found, err := g.Store.Ownerships(ctx)
	if err != nil {
		return nil, err
	}
	owned := make([]query.Ownership, len(found))
	for i := range found {
		owned[i] = query.Ownership(found[i])
	}
	return owned, nil
}
