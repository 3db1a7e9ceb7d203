package rollup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
)

// settle brings head and pending in line with the stores, where they may not be.
func (l *Loop) settle(ctx context.Context) error {
	if !l.recovered {
		return l.recover(ctx)
	}
	if !l.doubtful {
		return nil
	}
	head, err := l.committed(ctx)
	if err != nil {
		return err
	}
	if head.Number != l.head.Number || head.Digest != l.head.Digest {
		return l.recover(ctx)
	}
	// Nothing was committed: what is known of the ledger still holds.
	if err := l.dropAfter(ctx, head.Number); err != nil {
		return err
	}
	l.doubtful = false
	return nil
}

// recover reads what was committed, drops what was not, and learns what is
// still to be folded.
func (l *Loop) recover(ctx context.Context) error {
	l.recovered = false
	head, err := l.committed(ctx)
	if err != nil {
		return err
	}
	if err := l.dropAfter(ctx, head.Number); err != nil {
		return err
	}
	now := l.clock.Now()
	l.head, l.pending = head, NewPending(l.rules)
	l.read, l.readWide = now.Add(-horizon), now
	l.factsRead, l.factsAt = now.Add(-l.rules.RefoldHorizon), time.Time{}
	if head.Number > 0 {
		if err := l.repair(ctx); err != nil {
			return err
		}
		if head.Kind != model.VersionCompact {
			l.pending.Folded(head.From, nil, head.FactsRecordedThrough)
		}
	}
	if err := l.readLedger(ctx, l.read); err != nil {
		return err
	}
	if err := l.learnFolded(ctx); err != nil {
		return err
	}
	if err := l.findStale(ctx); err != nil {
		return err
	}
	l.recovered, l.doubtful = true, false
	return nil
}

// committed is the graph's newest version, the zero version before the first.
func (l *Loop) committed(ctx context.Context) (model.GraphVersion, error) {
	head, _, err := l.graph.Head(ctx)
	if err != nil {
		return head, fmt.Errorf("reading the newest version from the graph: %w", err)
	}
	return head, nil
}

// learnFolded tells the tracker what the minutes that it knows were folded from.
func (l *Loop) learnFolded(ctx context.Context) error {
	from, to, ok := l.pending.Span()
	if !ok {
		return nil
	}
	versions, err := l.flows.Versions(ctx, from, to, l.head.Number)
	if err != nil {
		return err
	}
	for _, version := range versions {
		l.pending.Folded(version.From, version.Inputs, version.FactsRecordedThrough)
	}
	l.factsRead = factsKnown(versions, l.clock.Now().Add(-l.rules.RefoldHorizon))
	return nil
}

// repair makes sure that the series of the newest version is the one that the
// graph holds. It may not be: a commit that came through after its outcome was
// given up leaves a series that was dropped meanwhile or written anew from later
// data, and a service that lost the lease in the middle of a write may leave one beside it.
func (l *Loop) repair(ctx context.Context) error {
	if l.head.Kind == model.VersionCompact {
		return l.repairCompaction(ctx)
	}
	whole, err := l.seriesIsWhole(ctx)
	if err != nil || whole {
		return err
	}
	l.log.Warn("the series of the newest version is not the graph's and is written again", "version", l.head.Number)
	if err := l.dropAfter(ctx, l.head.Number-1); err != nil {
		return err
	}
	computed, err := l.again(ctx, l.head)
	if err == nil {
		version := computed.Version(l.head.Previous, l.head.Number, l.head.Kind, l.head.CodeVersion)
		if version.Digest == l.head.Digest {
			return l.write(ctx, func(ctx context.Context) error {
				return l.flows.WriteVersion(ctx, l.head, computed.Edges, computed.Statement)
			})
		}
	}
	if err != nil && !errors.As(err, new(uncomputable)) && !errors.Is(err, terms.ErrUnknown) {
		return err
	}
	// Other code, or raw rows past their time: the minute has batches that no version in
	// the series holds now, and is folded again as the next version.
	l.log.Error("the series of the newest version cannot be written again; its minute will be folded anew", "version", l.head.Number,
		"minute", l.head.From.String(), "error", err)
	return nil
}

// repairCompaction is repair of a version of kind compact: its header is all
// that the series has of it.
func (l *Loop) repairCompaction(ctx context.Context) error {
	headers, err := l.flows.Compactions(ctx, l.head.From, l.head.From+1, l.head.Number)
	if err != nil || l.listedOnce(headers) {
		return err
	}
	l.log.Warn("the header of the newest version is not the graph's and is written again", "version", l.head.Number)
	if err := l.dropAfter(ctx, l.head.Number-1); err != nil {
		return err
	}
	return l.write(ctx, func(ctx context.Context) error { return l.flows.WriteVersion(ctx, l.head, nil, pricing.Statement{}) })
}

// again computes a version as it was made.
func (l *Loop) again(ctx context.Context, version model.GraphVersion) (minute.Computed, error) {
	prices, err := l.terms.Of(ctx, version)
	if err != nil {
		return minute.Computed{}, err
	}
	if version.Kind == model.VersionReprice {
		return l.repriced(ctx, version.From, version.Number-1, prices)
	}
	input, err := ReadVersion(ctx, l.flows, version)
	if err != nil {
		return minute.Computed{}, err
	}
	computed, err := minute.Compute(input, prices)
	if err != nil {
		return computed, uncomputable{err}
	}
	return computed, nil
}

// listedOnce reports whether headers have the newest version's, as the graph
// has it and once.
func (l *Loop) listedOnce(headers []model.GraphVersion) bool {
	found := 0
	for i := range headers {
		if headers[i].Number == l.head.Number && headers[i].Digest == l.head.Digest {
			found++
		} else if headers[i].Number == l.head.Number {
			return false
		}
	}
	return found == 1
}

func (l *Loop) seriesIsWhole(ctx context.Context) (bool, error) {
	versions, err := l.flows.Versions(ctx, l.head.From, l.head.To, l.head.Number)
	if err != nil {
		return false, err
	}
	edges, wireBytes, cost, err := l.flows.StoredSum(ctx, l.head.Number)
	if err != nil {
		return false, err
	}
	t := l.head.Totals
	return l.listedOnce(versions) && edges == t.Edges && wireBytes == t.Sent.WireBytes && cost == t.Cost, nil
}

// readNew reads what came since the last reading, and a little more.
func (l *Loop) readNew(ctx context.Context) error {
	now, back := l.clock.Now(), overlap
	wide := !now.Before(l.readWide.Add(wideEvery))
	if wide {
		back = wideOverlap
	}
	if err := l.readLedger(ctx, later(l.read.Add(-back), now.Add(-horizon))); err != nil {
		return err
	}
	if wide {
		l.readWide = now
	}
	return nil
}

func (l *Loop) readLedger(ctx context.Context, since time.Time) error {
	found, err := l.flows.RunsSince(ctx, since)
	if err != nil {
		return err
	}
	for i := range found {
		l.pending.Arrived(found[i])
		l.read = later(l.read, found[i].ReceivedAt)
	}
	return nil
}
