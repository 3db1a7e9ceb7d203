package kube

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Recorder stores facts, and tells those of a source that are open or ended
// after an instant.
type Recorder interface {
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
	FactsOf(ctx context.Context, source string, since time.Time) ([]model.Fact, error)
}

const (
	// gather is how long facts are gathered: many small inserts cost more than one.
	gather = 200 * time.Millisecond
	// again is how long a store that failed is left alone.
	again = time.Second
)

// factID is what a later fact replaces an earlier one by.
type factID struct {
	kind model.FactKind
	key  string
	from int64
}

// outbox hands facts to the recorder, and keeps them until it has them: at most
// one per piece of a life, the newest.
type outbox struct {
	cluster  string
	recorder Recorder
	clock    clock.Clock
	log      *slog.Logger
	metrics  *metrics

	mu      sync.Mutex
	waiting map[factID]model.Fact
	wake    chan struct{}
}

func (o *outbox) put(facts []model.Fact) {
	o.mu.Lock()
	for _, fact := range facts {
		o.waiting[factID{fact.Kind, fact.Key, fact.Period.From.UnixNano()}] = fact
	}
	o.mu.Unlock()
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// run records until ctx ends, and then once more what is left.
func (o *outbox) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			o.flush(context.WithoutCancel(ctx))
			return
		case <-o.wake:
		}
		pause := gather
		for o.flush(ctx) != nil && ctx.Err() == nil {
			pause = again
			select {
			case <-ctx.Done():
			case <-o.clock.After(again):
			}
		}
		select {
		case <-ctx.Done():
		case <-o.clock.After(pause):
		}
	}
}

func (o *outbox) flush(ctx context.Context) error {
	o.mu.Lock()
	taken := o.waiting
	o.waiting = map[factID]model.Fact{}
	o.mu.Unlock()
	facts := make([]model.Fact, 0, len(taken))
	for _, fact := range taken {
		facts = append(facts, fact)
	}
	err := o.recorder.RecordFacts(ctx, facts, o.clock.Now())
	if err == nil {
		o.metrics.facts.WithLabelValues(o.cluster).Add(float64(len(facts)))
		return nil
	}
	o.metrics.notRecorded.WithLabelValues(o.cluster).Inc()
	o.log.Error("facts could not be recorded; they are kept and tried again", "cluster", o.cluster, "facts", len(facts), "error", err)
	o.mu.Lock()
	defer o.mu.Unlock()
	for id, fact := range taken {
		if _, newer := o.waiting[id]; !newer {
			o.waiting[id] = fact
		}
	}
	return err
}
