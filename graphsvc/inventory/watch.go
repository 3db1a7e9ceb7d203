// Package inventory keeps the stored facts in step with the files that people
// and the lab write.
package inventory

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// poll is how often the files are looked at.
const poll = 2 * time.Second

// Recorder stores facts.
type Recorder interface {
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
}

// Watcher records the facts of files, at start and whenever one changes. A
// file that breaks while running is reported, and what it said before holds.
type Watcher struct {
	paths    []string
	recorder Recorder
	clock    clock.Clock
	log      *slog.Logger
	failures prometheus.Counter

	seen   map[string]time.Time             // modification time, by path
	stated map[string]map[string]model.Fact // what each path said, by kind and key
	component.Background
}

// New returns an inert watcher of the paths that are not empty.
func New(paths []string, recorder Recorder, now clock.Clock, log *slog.Logger, registry *prometheus.Registry) *Watcher {
	w := &Watcher{
		recorder: recorder, clock: now, log: log,
		seen: map[string]time.Time{}, stated: map[string]map[string]model.Fact{},
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "egressor_inventory_failures_total", Help: "Times an inventory file could not be read or recorded.",
		}),
	}
	for _, path := range paths {
		if path != "" {
			w.paths = append(w.paths, path)
		}
	}
	registry.MustRegister(w.failures)
	return w
}

// Start records what the files say now; a broken file is an error.
func (w *Watcher) Start(ctx context.Context) error {
	if err := w.Look(ctx); err != nil {
		return err
	}
	w.Every(ctx, poll, w.clock, w.lookAgain)
	return nil
}

// lookAgain looks, and reports what failed.
func (w *Watcher) lookAgain(ctx context.Context) {
	if err := w.Look(ctx); err != nil && ctx.Err() == nil {
		w.failures.Inc()
		w.log.Error("an inventory file was not taken; what it said before holds", "error", err)
	}
}

// Look reads every file that changed since the last look.
func (w *Watcher) Look(ctx context.Context) error {
	var failed error
	for _, path := range w.paths {
		failed = errors.Join(failed, w.look(ctx, path))
	}
	return failed
}

func (w *Watcher) look(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.ModTime().Equal(w.seen[path]) {
		return nil
	}
	facts, err := inventory.Load(path)
	if err != nil {
		return err
	}
	now := w.clock.Now()
	if err := w.recorder.RecordFacts(ctx, append(facts, w.gone(path, facts, now)...), now); err != nil {
		return err
	}
	for _, overlap := range inventory.Overlaps(facts) {
		w.log.Warn("two endpoints claim one range", "file", path, "overlap", overlap)
	}
	w.seen[path] = info.ModTime()
	w.stated[path] = byID(facts)
	return nil
}

// gone are the open facts that a file no longer states: they end now.
func (w *Watcher) gone(path string, facts []model.Fact, now time.Time) []model.Fact {
	still := byID(facts)
	var ended []model.Fact
	for id, fact := range w.stated[path] {
		if _, stated := still[id]; !stated && fact.Period.To.IsZero() {
			fact.Period.To = now
			ended = append(ended, fact)
		}
	}
	return ended
}

func byID(facts []model.Fact) map[string]model.Fact {
	ids := make(map[string]model.Fact, len(facts))
	for _, fact := range facts {
		ids[string(fact.Kind)+"\x00"+fact.Key+"\x00"+fact.Period.From.UTC().Format(time.RFC3339Nano)] = fact
	}
	return ids
}
