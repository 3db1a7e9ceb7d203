package rollup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Flows is what the loop needs of the flow store.
type Flows interface {
	HeadsSince(ctx context.Context, receivedAt time.Time) ([]model.BatchHead, error)
	Minute(ctx context.Context, minute model.Minute, inputs []model.InputRange) ([]model.BatchHead, []flowstore.Row, error)
	Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error)
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
	WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, charges []pricing.Line) error
	DropAfter(ctx context.Context, number uint64) error
}

// Graph is what the loop needs of the graph store.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
	Publish(ctx context.Context, publication graphstore.Publication) error
}

var (
	_ Flows = (*flowstore.Store)(nil)
	_ Graph = (*graphstore.Store)(nil)
)

const (
	// tick is how often the loop looks for work.
	tick = time.Second
	// horizon is how late data may be to be folded in.
	horizon = 48 * time.Hour
	// overlap re-reads a little of the ledger, for rows that became visible
	// after others received later.
	overlap = 2 * time.Minute
)

// Loop folds minutes into graph versions, one after another, and publishes
// them. It holds no arithmetic: what a version says is package minute's, which minute
// is next is Pending's.
type Loop struct {
	flows   Flows
	graph   Graph
	book    *pricing.Book
	clock   clock.Clock
	rules   Rules
	hub     *Hub
	log     *slog.Logger
	code    string
	metrics metrics

	pending   *Pending
	head      model.GraphVersion // the zero version before the first
	read      time.Time          // the ledger is read up to here
	recovered bool

	cancel context.CancelFunc
	done   chan struct{}
}

// Dependencies are what a loop needs.
type Dependencies struct {
	Flows Flows
	Graph Graph
	// Book prices every edge.
	Book     *pricing.Book
	Clock    clock.Clock
	Rules    Rules
	Hub      *Hub
	Log      *slog.Logger
	Registry *prometheus.Registry
	// CodeVersion is recorded in every version.
	CodeVersion string
}

// New returns an inert loop.
func New(d Dependencies) *Loop {
	return &Loop{
		flows: d.Flows, graph: d.Graph, book: d.Book, clock: d.Clock, rules: d.Rules, hub: d.Hub, log: d.Log,
		code: d.CodeVersion, metrics: newMetrics(d.Registry),
	}
}

// Start begins to fold. It fails where the stores cannot be read.
func (l *Loop) Start(ctx context.Context) error {
	if err := l.recover(ctx); err != nil {
		return err
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l.cancel, l.done = cancel, make(chan struct{})
	go l.run(run)
	return nil
}

// Stop ends the loop after the version in hand is published or given up.
func (l *Loop) Stop(ctx context.Context) error {
	if l.cancel == nil {
		return nil
	}
	l.cancel()
	select {
	case <-l.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("the fold did not end in time: %w", ctx.Err())
	}
}

func (l *Loop) run(ctx context.Context) {
	defer close(l.done)
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

// Step folds every minute that is due now. After a failure the next step reads
// anew what was committed, so that a failure at any point leaves neither a gap
// nor a double.
func (l *Loop) Step(ctx context.Context) error {
	if !l.recovered {
		if err := l.recover(ctx); err != nil {
			return err
		}
	}
	if err := l.readLedger(ctx, l.read.Add(-overlap)); err != nil {
		return err
	}
	now := l.clock.Now()
	l.pending.Forget(model.MinuteOf(now.Add(-horizon)))
	for _, due := range l.pending.Ready(now) {
		if err := l.fold(ctx, due); err != nil {
			l.recovered = false
			return fmt.Errorf("folding minute %s: %w", due.Minute, err)
		}
	}
	return nil
}

// recover reads what was committed, drops what was not, and learns what is
// still to be folded.
func (l *Loop) recover(ctx context.Context) error {
	head, _, err := l.graph.Head(ctx)
	if err != nil {
		return fmt.Errorf("reading the newest version from the graph: %w", err)
	}
	if err := l.flows.DropAfter(ctx, head.Number); err != nil {
		return err
	}
	now := l.clock.Now()
	l.head, l.pending, l.read = head, NewPending(l.rules), now.Add(-horizon)
	if err := l.readLedger(ctx, now.Add(-horizon)); err != nil {
		return err
	}
	first := model.MinuteOf(now.Add(-horizon))
	versions, err := l.flows.Versions(ctx, first, model.MinuteOf(now)+1, head.Number)
	if err != nil {
		return err
	}
	for _, version := range versions {
		l.pending.Folded(version.From, version.Inputs)
	}
	l.recovered = true
	return nil
}

func (l *Loop) readLedger(ctx context.Context, since time.Time) error {
	heads, err := l.flows.HeadsSince(ctx, since)
	if err != nil {
		return err
	}
	for _, head := range heads {
		l.pending.Arrived(head)
		if head.ReceivedAt.After(l.read) {
			l.read = head.ReceivedAt
		}
	}
	return nil
}

// fold makes one version of one minute: the series first, then the graph, whose
// transaction is the commit.
func (l *Loop) fold(ctx context.Context, due Due) error {
	begin := l.clock.Now()
	input, err := ReadMinute(ctx, l.flows, due.Minute)
	if err != nil {
		return err
	}
	computed, err := minute.Compute(input, l.book)
	if err != nil {
		return err
	}
	version := computed.Version(l.head.Digest, l.head.Number+1, kindOf(due), l.code)
	version.CommittedAt = l.clock.Now()
	if err := l.flows.WriteVersion(ctx, version, computed.Edges, computed.Statement.Lines); err != nil {
		return err
	}
	if err := l.publish(ctx, version, computed); err != nil {
		return err
	}
	l.head = version
	l.pending.Folded(due.Minute, version.Inputs)
	l.hub.Publish(version)
	l.metrics.folded(version, l.clock.Now().Sub(begin), l.clock.Now().Sub(due.Minute.End()))
	l.log.Info("version committed", "version", version.Number, "kind", version.Kind, "minute", due.Minute.String(),
		"transfers", version.Totals.Edges, "bytes", version.Totals.Sent.WireBytes, "took", l.clock.Now().Sub(begin).Round(time.Millisecond))
	return nil
}

func kindOf(due Due) model.VersionKind {
	if due.Again {
		return model.VersionRefold
	}
	return model.VersionFold
}

func (l *Loop) publish(ctx context.Context, version model.GraphVersion, computed minute.Computed) error {
	err := l.graph.Publish(ctx, graphstore.Publication{Version: version, Edges: computed.Edges, Revisions: computed.Revisions})
	if errors.Is(err, graphstore.ErrVersionConflict) {
		return fmt.Errorf("another service folds into this graph; stop one of them, or give each a graph of its own: %w", err)
	}
	return err
}
