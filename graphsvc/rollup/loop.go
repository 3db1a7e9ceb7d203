// Package rollup runs the fold: it watches the ledger of received batches,
// chooses the minute to compute next, stores the GraphVersion in both stores and
// announces it.
package rollup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/report"
)

// Flows is what the loop needs of the flow store.
type Flows interface {
	RunsSince(ctx context.Context, receivedAt time.Time) ([]model.BatchRun, error)
	FactsSince(ctx context.Context, recorded time.Time) ([]flowstore.FactChange, error)
	MinutesWith(ctx context.Context, from, to model.Minute, addrs []netip.Addr, pods []string) ([]model.Minute, error)
	Minute(ctx context.Context, minute model.Minute, inputs []model.InputRange) ([]model.BatchHead, []model.ReportedRow, error)
	Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error)
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	Compactions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error
	DropAfter(ctx context.Context, number uint64) error
	DropVersion(ctx context.Context, number uint64) error
	ChargedSum(ctx context.Context, version model.GraphVersion) (cost money.Amount, err error)
	Uses(ctx context.Context, version model.GraphVersion) ([]pricing.MeterUse, error)
	StoredSum(ctx context.Context, version uint64) (edges, wireBytes uint64, cost money.Amount, err error)
	Prices
	terms.Store
}

// Graph is what the loop needs of the graph store.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
	Version(ctx context.Context, number uint64) (model.GraphVersion, bool, error)
	Publish(ctx context.Context, publication graphstore.Publication) error
	Prune(ctx context.Context, lease graphstore.Lease, tier pieces.Tier, before model.Minute, limit int) (spans int, err error)
	Forget(ctx context.Context, lease graphstore.Lease, before model.Minute, limit int) (days int, err error)
	ReleasePins(ctx context.Context) (released []string, err error)
	ToCompact(ctx context.Context, tier pieces.Tier, from, to model.Minute, limit int) ([]model.Minute, error)
	Spans
	AcquireLease(ctx context.Context, holder string, last time.Duration) (graphstore.Lease, error)
	RenewLease(ctx context.Context, lease graphstore.Lease, last time.Duration) error
	ReleaseLease(ctx context.Context, lease graphstore.Lease) error
}

var (
	_ Flows = (*flowstore.Store)(nil)
	_ Graph = (*graphstore.Store)(nil)
)

const (
	// tick is how often the loop looks for work.
	tick = time.Second
	// horizon is how far back the ledger is read at start. What was received
	// before was folded, or is folded when its minute's next batch comes.
	horizon = 48 * time.Hour
	// overlap re-reads a little of the ledger, for rows that became visible
	// after others received later.
	overlap = 2 * time.Minute
	// A batch is stamped when it comes and visible once it is stored, after the
	// batches of its agent that wait before it, each for at most ingest's
	// AppendTimeout of a minute. What took longer than overlap is found by a wide
	// re-reading, now and then.
	wideOverlap = 20 * time.Minute
	wideEvery   = time.Minute
	// postponement is how long a minute that cannot be computed is left alone, so
	// that it does not hold up the others.
	postponement = time.Minute
)

// Loop folds minutes into graph versions, one after another, and publishes
// them. It holds no arithmetic: what a version says is package minute's, which minute
// is next is Pending's.
type Loop struct {
	flows   Flows
	graph   Graph
	terms   *terms.Terms
	clock   clock.Clock
	rules   Rules
	hub     *Hub
	log     *slog.Logger
	code    string
	metrics metrics
	health  *health
	hold    hold
	stale   stale
	recheck recheck

	pending   *Pending
	head      model.GraphVersion // the zero version before the first
	read      time.Time          // the ledger is read up to here
	readWide  time.Time          // when it was last re-read widely
	factsRead time.Time          // facts recorded up to here are accounted for
	factsAt   time.Time          // when they were last read
	compacted compaction
	recovered bool // pending and head are those of the stores
	doubtful  bool // a version may or may not have been committed

	work component.Background
}

// Dependencies are what a loop needs.
type Dependencies struct {
	Flows Flows
	Graph Graph
	// Terms are by what every edge is priced.
	Terms *terms.Terms
	// KeepPrices leaves the minutes of the current month as they were priced when
	// the terms have changed.
	KeepPrices bool
	Clock      clock.Clock
	Rules      Rules
	Hub        *Hub
	Log        *slog.Logger
	Registry   *prometheus.Registry
	// CodeVersion is recorded in every version.
	CodeVersion string
	// Health takes the check of whether the newest step went well; nil where nobody asks.
	Health func(check report.Check)
}

// New returns an inert loop.
func New(d Dependencies) *Loop {
	l := &Loop{
		flows: d.Flows, graph: d.Graph, terms: d.Terms, clock: d.Clock, rules: d.Rules, hub: d.Hub, log: d.Log,
		code: d.CodeVersion, metrics: newMetrics(d.Registry), health: &health{clock: d.Clock}, hold: hold{holder: newHolder()},
		stale: stale{keepPrices: d.KeepPrices},
	}
	if d.Health != nil {
		d.Health(l.health.check)
	}
	return l
}

// Start begins to fold, or to stand by while another service does. It fails
// where the stores cannot be read.
func (l *Loop) Start(ctx context.Context) error {
	if err := l.leading(ctx, l.recover); err != nil {
		return err
	}
	l.work.Go(ctx, l.run)
	return nil
}

// Stop ends the loop after the version in hand is published or given up, and
// lets another service fold.
func (l *Loop) Stop(ctx context.Context) error {
	if err := l.work.Stop(ctx); err != nil {
		return err
	}
	l.release(ctx)
	return nil
}

func (l *Loop) run(ctx context.Context) {
	for {
		if err := l.Step(ctx); err != nil && ctx.Err() == nil {
			l.metrics.failures.Inc()
			l.log.Error("the fold failed and will be tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-l.clock.After(tick):
		}
	}
}

// Step folds minutes that are due now, if this process holds the lease or gets
// it. After a failure the next step reads anew what was committed, so that a
// failure at any point leaves neither a gap nor a double.
func (l *Loop) Step(ctx context.Context) error {
	err := l.leading(ctx, l.foldDue)
	if ctx.Err() == nil {
		l.health.ended(err)
	}
	return err
}

func (l *Loop) foldDue(ctx context.Context) error {
	if err := l.settle(ctx); err != nil { // which may rewrite parts of a large table
		return err
	}
	if err := l.patiently(ctx, l.readBack, l.readNew, l.readFacts); err != nil {
		return err
	}
	now := l.clock.Now()
	l.pending.Forget(now.Add(-horizon))
	ready := l.pending.Ready(now)
	if len(ready) == 0 {
		if err := l.repriceStale(ctx); err != nil { // each minute of which has its own patience
			return err
		}
		return l.compactOld(ctx) // and each span
	}
	var failures []error
	for _, due := range ready {
		err := l.patiently(ctx, func(ctx context.Context) error { return l.fold(ctx, due) })
		if err == nil {
			continue
		}
		failures = append(failures, fmt.Errorf("folding minute %s: %w", due.Minute, err))
		if !errors.As(err, new(uncomputable)) {
			l.doubtful = true
			break
		}
		l.pending.Postpone(due.Minute, now.Add(postponement))
	}
	return errors.Join(failures...)
}

// patiently does one piece of work after the other, each within the patience.
func (l *Loop) patiently(ctx context.Context, work ...func(context.Context) error) error {
	for _, do := range work {
		bounded, cancel := ctx, context.CancelFunc(func() {})
		if l.rules.Patience > 0 {
			bounded, cancel = context.WithTimeoutCause(ctx, l.rules.Patience, fmt.Errorf("no end within %s: a store does not answer", l.rules.Patience))
		}
		err := do(bounded)
		if cause := context.Cause(bounded); err != nil && cause != nil && ctx.Err() == nil {
			err = fmt.Errorf("%w: %w", cause, err)
		}
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}
