package rollup

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/minute"
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
	l.recheck.recovered(head.Number, now)
	return nil
}

// committed is the graph's newest version, the zero version before the first.
func (l *Loop) committed(ctx context.Context) (model.GraphVersion, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseTime/2)
	defer cancel()
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
func (l *Loop) repair(ctx context.Context) error { return l.rewrite(ctx, l.head) }

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
