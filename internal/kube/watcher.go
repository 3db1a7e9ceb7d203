package kube

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/kube/lifetimes"
)

// Dependencies are what a watcher is given.
type Dependencies struct {
	Recorder Recorder
	Clock    clock.Clock
	Log      *slog.Logger
	Registry *prometheus.Registry
}

// Watcher watches clusters and records what it sees as facts.
type Watcher struct {
	watches []*clusterWatch
	cancel  context.CancelFunc
	done    sync.WaitGroup
}

// New returns an inert watcher. It fails where the settings name a context or a
// service account that does not exist: a cluster that does not answer is a gap,
// a cluster that nobody can name is a mistake.
func New(config Config, deps Dependencies) (*Watcher, error) {
	accesses, err := config.accesses()
	if err != nil {
		return nil, err
	}
	rules := lifetimes.DefaultRules()
	rules.Tolerance = config.ClockTolerance
	w, m := &Watcher{}, newMetrics(deps.Registry)
	for _, to := range accesses {
		w.watches = append(w.watches, newClusterWatch(to, &config.Mapping, rules, deps, m))
	}
	return w, nil
}

// Start begins to watch. What the API servers answer is told by Status.
func (w *Watcher) Start(ctx context.Context) error {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	w.cancel = cancel
	for _, one := range w.watches {
		w.done.Go(func() { one.run(run) })
	}
	return nil
}

// Stop ends the watches and records what they saw.
func (w *Watcher) Stop(context.Context) error {
	if w.cancel != nil {
		w.cancel()
		w.done.Wait()
	}
	return nil
}

// Status tells how the watch of each cluster fares.
func (w *Watcher) Status() []ClusterStatus {
	var all []ClusterStatus
	for _, one := range w.watches {
		all = append(all, one.status())
	}
	return all
}

// lookAgain is how often a resource that a cluster may lack is looked for.
const lookAgain = 5 * time.Minute
