package rollup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// uncomputable is a failure that lies in the minute's data, not in a store:
// trying again soon gives the same.
type uncomputable struct{ error }

func (u uncomputable) Unwrap() error { return u.error }

// fold makes one version of one minute: the series first, then the graph, whose
// transaction is the commit.
func (l *Loop) fold(ctx context.Context, due Due) error {
	begin := l.clock.Now()
	kind, err := l.kindOf(ctx, due)
	if err != nil {
		return err
	}
	if kind == model.VersionRefold {
		if err := l.whole(ctx, due.Minute); err != nil {
			return err
		}
	}
	input, err := ReadMinute(ctx, l.flows, due.Minute)
	if err != nil {
		return err
	}
	prices, err := l.terms.Now(ctx, due.Minute, l.head.Number)
	if err != nil {
		return err
	}
	computed, err := minute.Compute(input, prices)
	if err != nil {
		return uncomputable{err}
	}
	if same, err := l.unchanged(ctx, due, &computed); err != nil || same {
		return err
	}
	version, err := l.commit(ctx, kind, computed, begin)
	if err != nil {
		return err
	}
	l.pending.Folded(due.Minute, version.Inputs, version.FactsRecordedThrough)
	return nil
}

// commit makes what was computed the next version and tells of it.
func (l *Loop) commit(ctx context.Context, kind model.VersionKind, computed minute.Computed, begin time.Time) (model.GraphVersion, error) {
	version := computed.Version(l.head.Digest, l.head.Number+1, kind, l.code)
	version.CommittedAt = l.clock.Now()
	if err := l.terms.Keep(ctx); err != nil {
		return version, err
	}
	err := l.write(ctx, func(ctx context.Context) error {
		return l.flows.WriteVersion(ctx, version, computed.Edges, computed.Statement)
	})
	if err != nil {
		return version, err
	}
	if err := l.publish(ctx, version, computed); err != nil {
		return version, err
	}
	l.head = version
	l.stale.committed(version)
	l.compacted.folded(version.From)
	l.hub.Publish(version)
	l.counted(version, &computed, l.clock.Now().Sub(begin), l.clock.Now().Sub(version.To.Start()))
	l.log.Info("version committed", "version", version.Number, "kind", version.Kind, "minute", version.From.String(),
		"transfers", version.Totals.Edges, "bytes", version.Totals.Sent.WireBytes, "took", l.clock.Now().Sub(begin).Round(time.Millisecond))
	return version, nil
}

// kindOf is refold where the minute has a version. Of minutes before the
// horizon the tracker may have forgotten that.
func (l *Loop) kindOf(ctx context.Context, due Due) (model.VersionKind, error) {
	if due.Again {
		return model.VersionRefold, nil
	}
	if due.Minute >= model.MinuteOf(l.clock.Now().Add(-horizon)) {
		return model.VersionFold, nil
	}
	versions, err := l.flows.Versions(ctx, due.Minute, due.Minute+1, l.head.Number)
	if err != nil || len(versions) == 0 {
		return model.VersionFold, err
	}
	return model.VersionRefold, nil
}

// whole fails where the raw rows that a minute was folded from are not all there any
// more: folded again with what came late, it would lose them. What came late stays
// in the ledger and among the raw rows.
func (l *Loop) whole(ctx context.Context, of model.Minute) error {
	if l.clock.Now().Sub(of.End()) < flowstore.LeastFlows {
		return nil
	}
	versions, err := l.flows.Versions(ctx, of, of+1, l.head.Number)
	if err != nil {
		return err
	}
	for _, version := range slices.Backward(versions) {
		if version.Kind != model.VersionFold && version.Kind != model.VersionRefold {
			continue
		}
		input, err := ReadVersion(ctx, l.flows, version)
		if err != nil {
			return err
		}
		if minute.InputDigest(input) != version.InputDigest {
			return uncomputable{fmt.Errorf("raw rows that version %d was folded from are gone; "+
				"what came late for the minute is not added to it: keep raw rows for longer than agents may be cut off (--keep-flows)", version.Number)}
		}
		return nil
	}
	return nil
}

func (l *Loop) publish(ctx context.Context, version model.GraphVersion, computed minute.Computed) error {
	err := l.graph.Publish(ctx, graphstore.Publication{
		Version: version, Lease: l.hold.lease, Edges: computed.Edges, IDs: computed.IDs, Revisions: computed.Revisions,
	})
	if errors.Is(err, graphstore.ErrPruned) {
		// The series has it already, under the number that the next version gets too.
		if failed := l.dropAfter(ctx, version.Number-1); failed != nil {
			return errors.Join(err, failed)
		}
		return uncomputable{err}
	}
	if errors.Is(err, graphstore.ErrVersionConflict) && !errors.Is(err, graphstore.ErrLostLease) {
		return fmt.Errorf("this graph was written by something that does not hold the lease, or was put back to an older state: %w", err)
	}
	return err
}
