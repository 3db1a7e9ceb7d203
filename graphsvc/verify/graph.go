package verify

import (
	"context"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// GraphOf is the graph store as verify asks it.
func GraphOf(store *graphstore.Store) Graph { return graph{store} }

type graph struct{ *graphstore.Store }

// Sum adds up a minute's transfers as of a version.
func (g graph) Sum(ctx context.Context, of model.Minute, asOf uint64) (edges, wireBytes uint64, cost money.Amount, err error) {
	found, err := g.Transfers(ctx, graphstore.Window{From: of, To: of + 1, AsOf: asOf}, "")
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
