package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
)

// every is how often the directory is measured.
const every = 30 * time.Second

// Watch measures a directory and raises the alarm: in the log, as metrics and,
// when hardly anything is left, as a health check that fails.
type Watch struct {
	dir     string
	budget  uint64
	clock   clock.Clock
	log     *slog.Logger
	used    prometheus.Gauge
	most    prometheus.Gauge
	alarm   prometheus.Gauge
	mu      sync.Mutex
	usage   Usage
	level   Level
	failure error

	component.Background
}

var _ component.Component = (*Watch)(nil)

// New returns an inert watch of a directory that may take so many bytes, 0 for
// all that its volume has.
func New(dir string, budgetBytes uint64, now clock.Clock, log *slog.Logger, registry *prometheus.Registry) *Watch {
	w := &Watch{
		dir: dir, budget: budgetBytes, clock: now, log: log,
		used:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_disk_used_bytes", Help: "What the files of the data directory take."}),
		most:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_disk_budget_bytes", Help: "What they may take: the setting, or what their volume has."}),
		alarm: prometheus.NewGauge(prometheus.GaugeOpts{Name: "egressor_disk_alarm", Help: "0 enough is left, 1 over 80 % of the budget is used, 2 over 97 %."}),
	}
	registry.MustRegister(w.used, w.most, w.alarm)
	return w
}

// Start measures once and begins to watch.
func (w *Watch) Start(ctx context.Context) error {
	w.Measure()
	w.Every(ctx, every, w.clock, func(context.Context) { w.Measure() })
	return nil
}

// Measure measures now and tells of a change of level.
func (w *Watch) Measure() Usage {
	usage, err := measure(w.dir, w.budget)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failure = err; err != nil {
		return w.usage
	}
	before := w.level
	w.usage, w.level = usage, usage.Level()
	w.used.Set(float64(usage.Used))
	w.most.Set(float64(usage.Budget))
	w.alarm.Set(float64(w.level))
	switch {
	case w.level > before:
		w.log.Warn("the disk is getting full: shorten --keep-flows or --keep-minutes, raise --disk-budget or give the volume more room", "dir", w.dir, "usage", usage.String())
	case w.level < before:
		w.log.Info("the disk has more room again", "dir", w.dir, "usage", usage.String())
	}
	return usage
}

// Check fails while hardly anything is left.
func (w *Watch) Check(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failure != nil {
		return w.failure
	}
	if w.level == Out {
		return fmt.Errorf("%s: shorten --keep-flows, raise --disk-budget or give the volume more room; agents keep what cannot be stored", w.usage)
	}
	return nil
}

// measure adds up what files take. A file that goes meanwhile counts as gone.
func measure(dir string, budget uint64) (Usage, error) {
	var volume syscall.Statfs_t
	if err := syscall.Statfs(dir, &volume); err != nil {
		return Usage{}, fmt.Errorf("measuring the volume of %s: %w", dir, err)
	}
	var used uint64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if stat, ok := info.Sys().(*syscall.Stat_t); ok {
			used += uint64(stat.Blocks) * 512
		}
		return nil
	})
	if err != nil {
		return Usage{}, fmt.Errorf("measuring %s: %w", dir, err)
	}
	return usageOf(used, volume.Bavail*uint64(volume.Bsize), budget), nil
}
