// Package report is how every component speaks of itself: logs, metrics and
// health.
package report

import (
	"context"
	"io"
	"log/slog"
	"sort"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Reporter hands out a component's logger and metrics and collects its health.
type Reporter struct {
	log      *slog.Logger
	registry *prometheus.Registry
	health   *health
}

// New returns a reporter that writes text logs to w.
func New(w io.Writer, level slog.Level) *Reporter {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Reporter{
		log:      slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level})),
		registry: registry,
		health:   &health{checks: map[string]Check{}},
	}
}

// Discard returns a reporter that keeps metrics and health but writes no log:
// for tests and one-shot commands.
func Discard() *Reporter { return New(io.Discard, slog.LevelError) }

// Log returns the logger of a component.
func (r *Reporter) Log(component string) *slog.Logger { return r.log.With("component", component) }

// Registry is where components register metrics. Names start with
// egressor_COMPONENT_.
func (r *Reporter) Registry() *prometheus.Registry { return r.registry }

// Check tells whether a part works; its error says what is wrong and what to do.
type Check func(ctx context.Context) error

// Health registers a readiness check under a name; a later one replaces it.
func (r *Reporter) Health(name string, check Check) { r.health.set(name, check) }

// HealthState is one check's result, Err nil when healthy.
type HealthState struct {
	Name string
	Err  error
}

// Ready runs every check and returns the results by name.
func (r *Reporter) Ready(ctx context.Context) []HealthState { return r.health.run(ctx) }

type health struct {
	mu     sync.Mutex
	checks map[string]Check
}

func (h *health) set(name string, check Check) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.checks[name] = check
}

func (h *health) run(ctx context.Context) []HealthState {
	h.mu.Lock()
	names := make([]string, 0, len(h.checks))
	for name := range h.checks {
		names = append(names, name)
	}
	sort.Strings(names)
	checks := make([]Check, len(names))
	for i, name := range names {
		checks[i] = h.checks[name]
	}
	h.mu.Unlock()
	states := make([]HealthState, len(names))
	for i, check := range checks {
		states[i] = HealthState{Name: names[i], Err: check(ctx)}
	}
	return states
}
