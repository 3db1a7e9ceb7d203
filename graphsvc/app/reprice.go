package app

import (
	"context"
	"errors"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

const (
	// look is how often progress is looked at, and stuck how long there may be none.
	look  = time.Second
	stuck = 2 * time.Minute
)

// ErrOtherTerms says that the service which folds does not reprice as asked.
var ErrOtherTerms = errors.New("the service that folds into these stores makes no progress: it prices by other settings, or some minutes cannot be priced again: see its log, and give it the same price book, overlay and mode")

// Reprice asks that the minutes [from, to) are priced by the terms in force, and
// waits until they are. The service that folds does it; where none runs, it is
// done here. It tells how many minutes are left, first of all how many there are.
func (s *Stores) Reprice(ctx context.Context, config Config, prices *terms.Terms, from, to model.Minute, reporter *report.Reporter, tell func(left int)) error {
	request := flowstore.RepriceRequest{RequestedAt: clock.System{}.Now(), From: from, To: to}
	left, err := s.toReprice(ctx, prices, request)
	if err != nil {
		return err
	}
	tell(left)
	if left == 0 {
		return nil
	}
	if err := s.Flows.RequestReprice(ctx, request); err != nil {
		return err
	}
	loop := newLoop(config, s, rollup.NewHub(), prices, reporter)
	err = s.repriced(ctx, loop, prices, request, left, tell)
	return errors.Join(err, loop.Stop(context.WithoutCancel(ctx)))
}

func (s *Stores) repriced(ctx context.Context, loop *rollup.Loop, prices *terms.Terms, request flowstore.RepriceRequest, left int, tell func(left int)) error {
	moved := clock.System{}.Now()
	for {
		if err := loop.Step(ctx); err != nil {
			return err
		}
		now, err := s.toReprice(ctx, prices, request)
		if err != nil {
			return err
		}
		if now != left {
			left, moved = now, clock.System{}.Now()
			tell(left)
		}
		switch {
		case left == 0:
			return nil
		case clock.System{}.Now().Sub(moved) > stuck:
			return ErrOtherTerms
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-clock.System{}.After(look):
		}
	}
}

// toReprice counts the minutes of a request that are not priced as they should be.
func (s *Stores) toReprice(ctx context.Context, prices *terms.Terms, request flowstore.RepriceRequest) (int, error) {
	head, _, err := s.Graph.Head(ctx)
	if err != nil {
		return 0, err
	}
	priced, err := s.Flows.PricedBy(ctx, flowstore.Window{From: request.From, To: request.To, Version: head.Number})
	if err != nil {
		return 0, err
	}
	left := 0
	for _, p := range priced {
		book, mode := prices.At(p.Minute)
		if p.PriceBookDigest != model.Digest(book.Digest) || terms.ModeOf(p.PricingMode) != mode {
			left++
		}
	}
	return left, nil
}
