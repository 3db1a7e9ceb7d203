package rollup

import (
	"context"
	"net/netip"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

const (
	// factsEvery is how often the loop looks for facts that became known late.
	factsEvery = 5 * time.Second
	// mostAddrs is how many addresses are looked for in the rows. Where more changed
	// at once, every minute that they may concern is computed again.
	mostAddrs = 5000
)

// readFacts has minutes folded again of which a fact became known after they
// were folded: the end of a pod that was missed, an agent's sight that came late.
// A minute is concerned if the fact's change lies in it, its newest version did
// not know the fact, and a row of it names the pod or one of the addresses.
func (l *Loop) readFacts(ctx context.Context) error {
	now := l.clock.Now()
	if l.rules.RefoldHorizon <= 0 || now.Before(l.factsAt.Add(factsEvery)) {
		return nil
	}
	changes, err := l.flows.FactsSince(ctx, l.factsRead)
	if err != nil {
		return err
	}
	concerned := lateness{pending: l.pending, from: model.MinuteOf(now.Add(-l.rules.RefoldHorizon)), to: model.MinuteOf(now) + 1}
	for i := range changes {
		concerned.add(&changes[i])
	}
	if err := concerned.mark(ctx, l.flows); err != nil {
		return err
	}
	for i := range changes {
		l.factsRead = later(l.factsRead, changes[i].After.Recorded)
	}
	l.factsAt = now
	return nil
}

// lateness gathers which folded minutes late facts may concern.
type lateness struct {
	pending *Pending
	// from and to bound the horizon, half open.
	from, to model.Minute
	// newest is, per minute to look for rows in, when the newest fact was recorded.
	newest map[model.Minute]time.Time
	addrs  []netip.Addr
	pods   []string
}

func (c *lateness) add(change *flowstore.FactChange) {
	period, ok := attribution.Affected(change.Before, change.After)
	if !ok {
		return
	}
	from, to := c.from, c.to
	if !period.From.IsZero() {
		from = max(from, model.MinuteOf(period.From))
	}
	if !period.To.IsZero() {
		to = min(to, model.MinuteOf(period.To.Add(-1))+1)
	}
	recorded := change.After.Recorded
	unaware := c.pending.Unaware(from, to, recorded)
	if len(unaware) == 0 {
		return
	}
	everywhere := false
	for _, fact := range []*model.Fact{change.Before, &change.After} {
		if fact == nil {
			continue
		}
		addrs, pod, all := attribution.Named(*fact)
		everywhere = everywhere || all
		c.addrs = append(c.addrs, addrs...)
		if pod != "" {
			c.pods = append(c.pods, pod)
		}
	}
	for _, minute := range unaware {
		if everywhere {
			c.pending.Learnt(minute, recorded)
			continue
		}
		if c.newest == nil {
			c.newest = map[model.Minute]time.Time{}
		}
		c.newest[minute] = later(c.newest[minute], recorded)
	}
}

// mark tells the tracker of the minutes that have rows of what changed.
func (c *lateness) mark(ctx context.Context, flows Flows) error {
	if len(c.newest) == 0 {
		return nil
	}
	if len(c.addrs)+len(c.pods) > mostAddrs {
		for minute, recorded := range c.newest {
			c.pending.Learnt(minute, recorded)
		}
		return nil
	}
	from, to := c.to, c.from
	for minute := range c.newest {
		from, to = min(from, minute), max(to, minute+1)
	}
	with, err := flows.MinutesWith(ctx, from, to, c.addrs, c.pods)
	if err != nil {
		return err
	}
	for _, minute := range with {
		if recorded, ok := c.newest[minute]; ok {
			c.pending.Learnt(minute, recorded)
		}
	}
	return nil
}

// unchanged reports whether facts were all that was new of a minute, and changed
// nothing: such a minute needs no version.
func (l *Loop) unchanged(ctx context.Context, due Due, computed *minute.Computed) (bool, error) {
	if !due.FactsOnly {
		return false, nil
	}
	versions, err := l.flows.Versions(ctx, due.Minute, due.Minute+1, l.head.Number)
	if err != nil || len(versions) == 0 {
		return false, err
	}
	again := computed.Version(l.head.Digest, l.head.Number+1, model.VersionRefold, l.code)
	if newest := versions[len(versions)-1]; newest.ContentDigest != again.ContentDigest {
		return false, nil
	}
	l.pending.Folded(due.Minute, again.Inputs, again.FactsRecordedThrough)
	l.metrics.unchanged.Inc()
	return true, nil
}

// factsKnown is the newest moment up to which the newest version of every minute
// since another moment knew the facts, that moment itself where there is none.
func factsKnown(versions []model.GraphVersion, since time.Time) time.Time {
	newest := map[model.Minute]time.Time{}
	for i := range versions {
		if !versions[i].To.Start().Before(since) {
			newest[versions[i].From] = later(newest[versions[i].From], versions[i].FactsRecordedThrough)
		}
	}
	known, found := since, false
	for _, through := range newest {
		if !found || through.Before(known) {
			known, found = through, true
		}
	}
	return known
}
