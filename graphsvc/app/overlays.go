package app

import (
	"context"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// overlays changes prices while the service runs.
type overlays struct {
	*terms.Terms
	flows *flowstore.Store
}

var _ query.Overlays = overlays{}

// RequestReprice asks the service that folds for the minutes from one on.
func (o overlays) RequestReprice(ctx context.Context, from model.Minute) error {
	now := clock.System{}.Now()
	to := model.MinuteOf(now) + 1
	if from >= to {
		return nil // nothing is priced yet
	}
	return o.flows.RequestReprice(ctx, flowstore.RepriceRequest{RequestedAt: now, From: from, To: to})
}
