package query

import (
	"context"
	"time"

	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/internal/clock"
)

// moments keeps for a moment what is asked as of now and is the same for everybody:
// many screens that look at it at a time ask a store once.
type moments struct {
	clock clock.Clock
	// last is how long a moment is; 0 asks each time.
	last time.Duration
	kept *kept.Answers[moment, any]
}

type moment struct {
	what string
	at   int64
}

func newMoments(now clock.Clock, last time.Duration) moments {
	const most = 100 // answers, of this moment and of past ones
	return moments{now, last, kept.New[moment](most, func(any) int { return 1 })}
}

// momentary is an answer of this moment.
func momentary[V any](ctx context.Context, m moments, what string, read func(ctx context.Context) (V, error)) (V, error) {
	if m.last <= 0 {
		return read(ctx)
	}
	at := moment{what, m.clock.Now().UnixNano() / int64(m.last)}
	answer, err := m.kept.Of(ctx, at, func(ctx context.Context) (any, error) { return read(ctx) })
	of, _ := answer.(V)
	return of, err
}
