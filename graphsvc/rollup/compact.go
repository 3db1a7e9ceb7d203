package rollup

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/compact"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
)

// compactEvery is how often the loop looks for spans to compact.
const compactEvery = time.Minute

// compaction is what the loop knows of spans to compact.
type compaction struct {
	// looked is when they were looked for last.
	looked time.Time
	// from is, per tier, before which nothing is left to compact.
	from map[pieces.Tier]model.Minute
	// broken are spans that cannot be compacted, which the log was told of.
	broken map[model.Minute]bool
}

// folded notes that the span a minute lies in may need to be compacted.
func (c *compaction) folded(minute model.Minute) {
	for tier, from := range c.from {
		c.from[tier] = min(from, tier.Start(minute))
	}
}

// compactOld keeps hours, and later days, that are over as one span, one span
// and one version a call, while nothing waits to be folded.
func (l *Loop) compactOld(ctx context.Context) error {
	now := l.clock.Now()
	if l.head.Number == 0 || l.rules.HoursAfter == 0 || now.Before(l.compacted.looked.Add(compactEvery)) {
		return nil
	}
	for _, due := range []struct {
		tier  pieces.Tier
		after time.Duration
	}{{pieces.Hour, l.rules.HoursAfter}, {pieces.Day, l.rules.DaysAfter}} {
		var done bool
		err := l.patiently(ctx, func(ctx context.Context) (err error) {
			done, err = l.compactTier(ctx, due.tier, model.MinuteOf(now.Add(-due.after)))
			return err
		})
		if err != nil {
			l.doubtful = true
			return fmt.Errorf("compacting a %s: %w", due.tier.Name, err)
		}
		if done {
			return nil // perhaps more at the next step
		}
	}
	if err := l.prune(ctx, now); err != nil {
		return err
	}
	l.compacted.looked = now
	return nil
}

// mostPruned bounds how many hours, days and forgotten days one look at what is
// past its time drops, each in transactions of its own: an hour of 30,000 edges has
// 50 MB of minutes, of which a transaction holds what was and what will be.
const mostPruned = 24

// prune drops from the graph what is past its time.
func (l *Loop) prune(ctx context.Context, now time.Time) error {
	released, err := l.graph.ReleasePins(ctx)
	if err != nil {
		return err
	}
	if len(released) > 0 {
		l.log.Info("versions are not pinned any more", "pins", released)
	}
	for _, past := range []struct {
		tier pieces.Tier
		keep time.Duration
	}{{pieces.Hour, l.rules.KeepMinutes}, {pieces.Day, l.rules.KeepHours}} {
		if past.keep <= 0 {
			continue
		}
		before := model.MinuteOf(now.Add(-past.keep))
		err := l.dropOld(ctx, "old history is kept as a whole only", past.tier.Name, func(ctx context.Context) (int, error) {
			return l.graph.Prune(ctx, l.hold.lease, past.tier, before, 1)
		})
		if err != nil {
			return err
		}
	}
	if l.rules.KeepDays <= 0 {
		return nil
	}
	return l.dropOld(ctx, "old history is not kept any more", pieces.Day.Name, func(ctx context.Context) (int, error) {
		return l.graph.Forget(ctx, l.hold.lease, model.MinuteOf(now.Add(-l.rules.KeepDays)), 1)
	})
}

// dropOld drops one span after the other, as long as there are some.
func (l *Loop) dropOld(ctx context.Context, what, tier string, drop func(context.Context) (int, error)) error {
	spans := 0
	for range mostPruned {
		n := 0
		err := l.patiently(ctx, func(ctx context.Context) (err error) {
			n, err = drop(ctx)
			return err
		})
		if err != nil {
			return err
		}
		if spans += n; n == 0 {
			break
		}
	}
	if spans > 0 {
		l.log.Info(what, "tier", tier, "spans", spans)
	}
	return nil
}

// compactTier compacts the oldest span of a tier that ends by a minute, if there is one.
func (l *Loop) compactTier(ctx context.Context, tier pieces.Tier, by model.Minute) (done bool, err error) {
	begins, err := l.graph.ToCompact(ctx, tier, l.compacted.from[tier], by, 1+len(l.compacted.broken))
	if err != nil {
		return false, err
	}
	for _, begin := range begins {
		if !l.compacted.broken[begin] {
			return true, l.compact(ctx, tier, begin)
		}
	}
	if l.compacted.from == nil {
		l.compacted.from = map[pieces.Tier]model.Minute{}
	}
	l.compacted.from[tier] = tier.Start(by)
	return false, nil
}

// compact makes one version of kind compact.
func (l *Loop) compact(ctx context.Context, tier pieces.Tier, begin model.Minute) error {
	started := l.clock.Now()
	input, err := ReadSpan(ctx, l.flows, l.graph, tier, begin, l.head.Number)
	if err != nil {
		return err
	}
	computed, err := compact.Compact(input)
	if err != nil {
		l.metrics.failures.Inc()
		l.log.Error("a span is not compacted and stays as it is", "tier", tier.Name, "from", begin.String(), "error", err)
		if l.compacted.broken == nil {
			l.compacted.broken = map[model.Minute]bool{}
		}
		l.compacted.broken[begin] = true
		return nil
	}
	version := computed.Version(l.head.Digest, l.head.Number+1, l.code)
	version.CommittedAt = started
	err = l.write(ctx, func(ctx context.Context) error { return l.flows.WriteVersion(ctx, version, nil, pricing.Statement{}) })
	if err != nil {
		return err
	}
	err = l.graph.Publish(ctx, graphstore.Publication{Version: version, Lease: l.hold.lease, Tier: tier, Spans: computed.Spans})
	if err != nil {
		return err
	}
	l.head = version
	l.metrics.versions.WithLabelValues(string(version.Kind)).Inc()
	l.log.Info("version committed", "version", version.Number, "kind", version.Kind, "tier", tier.Name, "from", version.From.String(),
		"transfers", version.Totals.Edges, "took", l.clock.Now().Sub(started).Round(time.Millisecond))
	return nil
}

// Spans is where the parts of a span are read from.
type Spans interface {
	Parts(ctx context.Context, tier pieces.Tier, from model.Minute, asOf uint64) (parts []pieces.Part, nodes uint64, err error)
}

// MinuteVersions lists the versions of minutes.
type MinuteVersions interface {
	Versions(ctx context.Context, from, to model.Minute, through uint64) ([]model.GraphVersion, error)
}

// ReadSpan reads what a span is compacted from, as true in a version: the parts,
// and the newest version of each minute up to it.
func ReadSpan(ctx context.Context, series MinuteVersions, graph Spans, tier pieces.Tier, begin model.Minute, through uint64) (compact.Input, error) {
	input := compact.Input{Tier: tier, From: begin}
	var err error
	if input.Parts, input.Nodes, err = graph.Parts(ctx, tier, begin, through); err != nil {
		return input, err
	}
	versions, err := series.Versions(ctx, begin, begin+tier.Minutes, through)
	if err != nil {
		return input, err
	}
	newest := make(map[model.Minute]int, tier.Minutes)
	for i := range versions { // they come oldest first
		newest[versions[i].From] = i
	}
	for minute := begin; minute < begin+tier.Minutes; minute++ {
		if at, folded := newest[minute]; folded {
			input.Minutes = append(input.Minutes, versions[at])
		}
	}
	return input, nil
}
