package audit

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/clock"
)

const (
	every        = time.Second
	queueEntries = 10_000
	patience     = time.Second
	writeTimeout = 20 * time.Second
)

// Sink stores entries.
type Sink interface {
	AppendAudit(ctx context.Context, entries []Entry) error
}

// Trail takes entries and writes them to a sink.
type Trail struct {
	sink  Sink
	clock clock.Clock
	log   *slog.Logger
	lost  prometheus.Counter

	queue chan Entry
	stop  chan struct{}
	done  chan struct{}
	once  sync.Once
}

// New returns an inert trail.
func New(sink Sink, now clock.Clock, log *slog.Logger, registry *prometheus.Registry) *Trail {
	t := &Trail{
		sink: sink, clock: now, log: log, queue: make(chan Entry, queueEntries), stop: make(chan struct{}), done: make(chan struct{}),
		lost: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "egressor_audit_lost_total", Help: "Entries of the audit log that could not be kept.",
		}),
	}
	registry.MustRegister(t.lost)
	return t
}

// Start begins to write.
func (t *Trail) Start(context.Context) error {
	go t.run()
	return nil
}

// Stop writes what waits.
func (t *Trail) Stop(ctx context.Context) error {
	t.once.Do(func() { close(t.stop) })
	select {
	case <-t.done:
	case <-ctx.Done():
	}
	return nil
}

// Record takes an entry. Where the queue is full it waits a moment for room.
func (t *Trail) Record(ctx context.Context, entry Entry) {
	entry.Detail = Cut(entry.Detail)
	select {
	case t.queue <- entry:
		return
	default:
	}
	select {
	case t.queue <- entry:
	case <-t.clock.After(patience):
		t.forget(1, "the queue is full")
	case <-ctx.Done():
		t.forget(1, "the queue is full and the asker has gone")
	}
}

func (t *Trail) forget(entries int, why string) {
	t.lost.Add(float64(entries))
	t.log.Error("entries of the audit log are lost", "entries", entries, "reason", why)
}

func (t *Trail) run() {
	defer close(t.done)
	var waiting []Entry
	for stopping := false; !stopping; {
		select {
		case <-t.stop:
			stopping = true
		case <-t.clock.After(every):
		}
		waiting = t.write(t.drain(waiting))
	}
	if len(waiting) > 0 {
		t.forget(len(waiting), "the service stops and the store does not take them")
	}
}

// drain adds what is in the queue to what waits, up to as much as the queue holds.
func (t *Trail) drain(waiting []Entry) []Entry {
	for len(waiting) < queueEntries {
		select {
		case entry := <-t.queue:
			waiting = append(waiting, entry)
		default:
			return waiting
		}
	}
	return waiting
}

// write stores entries and returns those that must be tried again.
func (t *Trail) write(entries []Entry) []Entry {
	if len(entries) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	if err := t.sink.AppendAudit(ctx, entries); err != nil {
		t.log.Warn("the audit log was not written, it is tried again", "entries", len(entries), "error", err)
		return entries
	}
	return nil
}
