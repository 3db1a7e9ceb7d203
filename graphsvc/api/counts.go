package api

import (
	"context"

	"github.com/egressor/egressor/graphsvc/query"
)

// behind is how many of a list lie behind a place; a page without one is the last.
func behind[P comparable](ctx context.Context, place P, count func(context.Context, P) (int, error)) (int, error) {
	var none P
	if place == none {
		return 0, nil
	}
	return count(ctx, place)
}

func (r *Resolver) flowCounts(ctx context.Context, page *query.FlowPage) (total, rest *int, err error) {
	all, left, counted, err := r.explorer.CountFlows(ctx, page)
	if err != nil || !counted {
		return nil, nil, err
	}
	return &all, &left, nil
}
