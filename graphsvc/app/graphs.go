package app

import (
	"context"
	"errors"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/query"
)

// graphs answers the explorer's questions about the graph from the graph store.
type graphs struct{ *graphstore.Store }

var _ query.Graphs = graphs{}

// Transfers are the edges of a window.
func (g graphs) Transfers(ctx context.Context, w query.Window, entity string) ([]query.Transfer, error) {
	found, err := g.Store.Transfers(ctx, graphstore.Window{From: w.From, To: w.To, AsOf: w.Version}, entity)
	if errors.Is(err, graphstore.ErrPruned) {
		return nil, gone(err)
	}
	if err != nil {
		return nil, err
	}
	transfers := make([]query.Transfer, len(found))
	for i := range found {
		transfers[i] = query.Transfer(found[i])
	}
	return transfers, nil
}

// gone tells people that finer history is past its time.
func gone(err error) error {
	return &query.Error{
		Code: query.CodeVersionExpired, Message: err.Error(),
		Hint: "ask for whole hours or days as of a newer version; --graph-keep-minutes, --graph-keep-hours and --graph-keep-days say what is kept", Cause: err,
	}
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
