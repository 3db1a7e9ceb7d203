package rollup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
)

// What a holder that was frozen in the middle of a write had begun may reach the
// series after another took over, and no fence is there to refuse it. So whoever
// takes over reads back what it has committed since, twice: after the lease time,
// in which a holder that lives notices, and after what a store waits for the
// rest of an insert. Of the first term there is nobody to take over from.
var recheckAfter = [...]time.Duration{leaseTime, 90 * time.Second}

// recheck is what is to be read back after a take-over.
type recheck struct {
	// begins says that the next recovery is the first of a reign.
	begins bool
	// from is the newest version that another committed.
	from uint64
	due  []time.Time
}

// recovered begins to count, at the first recovery of a reign, which found a head.
func (r *recheck) recovered(head uint64, now time.Time) {
	if !r.begins {
		return
	}
	*r = recheck{from: head}
	for _, after := range recheckAfter {
		r.due = append(r.due, now.Add(after))
	}
}

// readBack holds the series of what was committed since the take-over, and of
// what stood before it, against the graph's headers, when that is due, and writes
// again what is not the same.
func (l *Loop) readBack(ctx context.Context) error {
	now, due := l.clock.Now(), l.recheck.due
	if len(due) == 0 || now.Before(due[0]) {
		return nil
	}
	for number := max(1, l.recheck.from); number <= l.head.Number; number++ {
		version, there, err := l.graph.Version(ctx, number)
		if err == nil && there {
			err = l.rewrite(ctx, version)
		}
		if err != nil {
			return fmt.Errorf("reading version %d back after a change of hands: %w", number, err)
		}
	}
	l.recheck.due = slices.DeleteFunc(due, func(at time.Time) bool { return !now.Before(at) })
	return nil
}

// rewrite makes sure that the series of a committed version is the one that the
// graph holds, and there once.
func (l *Loop) rewrite(ctx context.Context, version model.GraphVersion) error {
	whole, err := l.seriesIsWhole(ctx, version)
	if err != nil || whole {
		return err
	}
	l.log.Warn("the series of a version is not the graph's and is written again", "version", version.Number)
	if err := l.write(ctx, func(ctx context.Context) error { return l.flows.DropVersion(ctx, version.Number) }); err != nil {
		return err
	}
	if version.Kind == model.VersionCompact { // its header is all that the series has of it
		return l.write(ctx, func(ctx context.Context) error { return l.flows.WriteVersion(ctx, version, nil, pricing.Statement{}) })
	}
	computed, err := l.again(ctx, version)
	if err == nil && computed.Version(version.Previous, version.Number, version.Kind, version.CodeVersion).Digest == version.Digest {
		return l.write(ctx, func(ctx context.Context) error {
			return l.flows.WriteVersion(ctx, version, computed.Edges, computed.Statement)
		})
	}
	if err != nil && !errors.As(err, new(uncomputable)) && !errors.Is(err, terms.ErrUnknown) {
		return err
	}
	// Other code, or raw rows past their time: the minute has batches that no version in
	// the series holds now, and is folded again as the next version.
	l.log.Error("the series of a version cannot be written again; its minute will be folded anew", "version", version.Number,
		"minute", version.From.String(), "error", err)
	l.recovered = false
	return nil
}

// seriesIsWhole reports whether the series has a version as its header says, once.
func (l *Loop) seriesIsWhole(ctx context.Context, version model.GraphVersion) (bool, error) {
	list := l.flows.Versions
	if version.Kind == model.VersionCompact {
		list = l.flows.Compactions
	}
	headers, err := list(ctx, version.From, version.From+1, version.Number)
	if err != nil || !listedOnce(headers, version) || version.Kind == model.VersionCompact {
		return err == nil && listedOnce(headers, version), err
	}
	edges, wireBytes, cost, err := l.flows.StoredSum(ctx, version.Number)
	t := version.Totals
	if err != nil || edges != t.Edges || wireBytes != t.Sent.WireBytes || cost != t.Cost {
		return false, err
	}
	charged, err := l.flows.ChargedSum(ctx, version)
	if err != nil || charged != t.Cost {
		return false, err
	}
	uses, err := l.flows.Uses(ctx, version)
	if err != nil {
		return false, err
	}
	pools := map[pricing.Pool]bool{}
	for i := range uses {
		pools[uses[i].Pool] = true
	}
	return len(pools) == len(uses), nil
}

// listedOnce reports whether headers have a version's, as the graph has it and once.
func listedOnce(headers []model.GraphVersion, version model.GraphVersion) bool {
	found := 0
	for i := range headers {
		if headers[i].Number != version.Number {
			continue
		}
		if headers[i].Digest != version.Digest {
			return false
		}
		found++
	}
	return found == 1
}
