package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/component"
)

// mostReadAhead is how long a start waits for the newest hour: who asks first reads
// what was not read by then.
const mostReadAhead = 5 * time.Second

// readAhead reads, before the API listens, what is asked of it first.
type readAhead struct {
	explorer *query.Explorer
	log      *slog.Logger
}

var _ component.Component = readAhead{}

// Start reads the newest hour. That it cannot be read ends no start: a store that
// does not answer is told by /readyz.
func (r readAhead) Start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, mostReadAhead)
	defer cancel()
	if err := r.explorer.Prepare(ctx); err != nil {
		r.log.Warn("the newest hour is not read ahead: the first question reads it", "error", err)
	}
	return nil
}

// Stop does nothing: nothing is left running.
func (readAhead) Stop(context.Context) error { return nil }
