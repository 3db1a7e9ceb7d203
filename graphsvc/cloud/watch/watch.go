// Package watch keeps the stored facts in step with cloud inventories: it reads
// each source at an interval and records what began and what ended. It holds no
// arithmetic; cloud.Facts and cloud.Changes do.
package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/cloud"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
)

// Source is one account and region, or a saved inventory.
type Source interface {
	Name() string
	Read(ctx context.Context) (*cloud.Inventory, error)
}

// Store keeps facts.
type Store interface {
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
	Facts(ctx context.Context, from, to time.Time, through time.Time) ([]model.Fact, time.Time, error)
}

// readTimeout bounds one reading of one source: an account has hundreds of pages.
const readTimeout = 2 * time.Minute

// Watcher reads sources. What a source said last holds until it says otherwise:
// one that cannot be read ends nothing.
type Watcher struct {
	sources  []Source
	store    Store
	clock    clock.Clock
	interval time.Duration
	log      *slog.Logger
	metrics  *metrics

	last map[string]*cloud.Inventory // by source
	gaps []cloud.Gap
	// open is what the store holds of openOf since openAt: reading it takes as long
	// as reading all facts.
	open   []model.Fact
	openOf map[string]bool
	openAt time.Time
	component.Background
}

// New returns an inert watcher.
func New(sources []Source, store Store, now clock.Clock, interval time.Duration, log *slog.Logger, registry *prometheus.Registry) *Watcher {
	return &Watcher{
		sources: sources, store: store, clock: now, interval: interval, log: log,
		metrics: newMetrics(registry), last: map[string]*cloud.Inventory{},
	}
}

// Start reads once, so that the first minute has paths, and goes on at the
// interval. A source that cannot be read is reported and does not keep the service
// from starting.
func (w *Watcher) Start(ctx context.Context) error {
	if len(w.sources) == 0 {
		return nil
	}
	w.look(ctx)
	w.Every(ctx, w.interval, w.clock, w.look)
	return nil
}

// look reads and records, and reports what failed.
func (w *Watcher) look(ctx context.Context) {
	if err := w.Look(ctx); err != nil && ctx.Err() == nil {
		w.log.Error("a cloud inventory was not taken; what it said before holds", "error", err)
	}
}

// Look reads every source once and records what changed. The error joins those of
// the sources that could not be read; the others are recorded all the same.
func (w *Watcher) Look(ctx context.Context) error {
	var failed error
	for _, source := range w.sources {
		failed = errors.Join(failed, w.read(ctx, source))
	}
	return errors.Join(failed, w.record(ctx))
}

func (w *Watcher) read(ctx context.Context, source Source) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	inventory, err := source.Read(ctx)
	if err != nil {
		w.metrics.failures.WithLabelValues(source.Name()).Inc()
		return err
	}
	w.last[source.Name()] = inventory
	w.metrics.read.WithLabelValues(source.Name()).Set(float64(w.clock.Now().Unix()))
	w.metrics.objects.WithLabelValues(source.Name()).Set(float64(inventory.Count()))
	return nil
}

// record brings the store to what the inventories read last say.
func (w *Watcher) record(ctx context.Context) error {
	var inventories []*cloud.Inventory
	read := map[string]bool{}
	for _, source := range w.sources { // in their order: facts do not depend on it, logs do
		if inventory := w.last[source.Name()]; inventory != nil {
			inventories = append(inventories, inventory)
			read[inventory.Scope.Source()] = true
		}
	}
	if len(inventories) == 0 {
		return nil
	}
	stated, gaps := cloud.Facts(inventories...)
	w.report(gaps)
	now := w.clock.Now()
	if !maps.Equal(w.openOf, read) || now.Sub(w.openAt) >= rereadAfter {
		open, err := Open(ctx, w.store, now, read)
		if err != nil {
			return err
		}
		w.open, w.openOf, w.openAt = open, read, now
	}
	changes := cloud.Changes(w.open, stated, now)
	if err := w.store.RecordFacts(ctx, changes, now); err != nil {
		w.openOf = nil // what was stored of it is read again
		return err
	}
	w.open = cloud.Apply(w.open, changes)
	return nil
}

// rereadAfter is when what the store holds is read again, since an import may have
// recorded beside the service.
const rereadAfter = time.Hour

// Open are the facts of some sources that hold at a moment and are not ended.
func Open(ctx context.Context, store Store, at time.Time, sources map[string]bool) ([]model.Fact, error) {
	held, _, err := store.Facts(ctx, at, at.Add(1), time.Time{})
	if err != nil {
		return nil, fmt.Errorf("reading what the cloud inventory said before: %w", err)
	}
	return slices.DeleteFunc(held, func(f model.Fact) bool { return !sources[f.Source] || !f.Period.To.IsZero() }), nil
}

// report logs gaps when they change, not at every reading.
func (w *Watcher) report(gaps []cloud.Gap) {
	w.metrics.gaps.Set(float64(len(gaps)))
	if slices.Equal(gaps, w.gaps) {
		return
	}
	w.gaps = gaps
	const shown = 5
	var texts []string
	for _, gap := range gaps[:min(shown, len(gaps))] {
		texts = append(texts, gap.String())
	}
	if len(gaps) > 0 {
		w.log.Warn("the cloud inventory has gaps: paths that need what is missing are assumed, and say so",
			"gaps", len(gaps), "first", strings.Join(texts, "; "))
	}
}
