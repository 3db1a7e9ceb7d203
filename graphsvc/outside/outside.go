// Package outside names public addresses when ingest first sees them: what
// published ranges or an ASN file say of an address is recorded as a fact, with the
// batch that named it and before its acknowledgement. A minute is folded from facts
// alone (docs/adr/0014).
package outside

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Finder names an address by a fact whose endpoint has one prefix around it.
type Finder interface {
	Fact(addr netip.Addr) (model.Fact, bool)
}

// Store is what ingest stores batches in, and facts.
type Store interface {
	Append(ctx context.Context, batch model.Batch, digest string, receivedAt time.Time) error
	Lookup(ctx context.Context, key model.BatchKey) (digest string, found bool, err error)
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
	Facts(ctx context.Context, from, to time.Time, through time.Time) ([]model.Fact, time.Time, error)
}

// Recorder is a Store that adds names to what it stores.
type Recorder struct {
	Store
	finders  []Finder
	standing []model.Fact
	clock    clock.Clock

	mu sync.Mutex
	// since is from when each fact's key was recorded.
	since map[string]time.Time
	// settled are addresses that need no fact for windows from a time on: looked
	// up before, or not public.
	settled map[netip.Addr]time.Time
}

// maxSettled bounds what is remembered of addresses: about 60 MB.
const maxSettled = 1_000_000

// New returns a recorder that asks finders in their order. Standing facts hold
// whatever is seen.
func New(store Store, now clock.Clock, standing []model.Fact, finders ...Finder) *Recorder {
	return &Recorder{
		Store: store, finders: finders, standing: standing, clock: now,
		since: map[string]time.Time{}, settled: map[netip.Addr]time.Time{},
	}
}

// Start ends the facts of earlier ranges that the ones at hand do not state, and
// learns what is recorded already.
func (r *Recorder) Start(ctx context.Context) error {
	now := r.clock.Now()
	held, _, err := r.Facts(ctx, now, now.Add(1), time.Time{})
	if err != nil {
		return fmt.Errorf("reading which published ranges are recorded: %w", err)
	}
	var changes []model.Fact
	for _, fact := range held {
		if !isOurs(fact) || !fact.Period.To.IsZero() {
			continue
		}
		if r.stillSaid(fact) {
			r.remember(fact)
			continue
		}
		fact.Period.To = now
		changes = append(changes, fact)
	}
	return r.RecordFacts(ctx, append(changes, r.standing...), now)
}

// Stop has nothing to end.
func (*Recorder) Stop(context.Context) error { return nil }

// sourceKinds begin the Source of facts that finders state.
var sourceKinds = []string{"ranges/", "geo/"}

func isOurs(fact model.Fact) bool {
	return fact.Endpoint != nil && slices.ContainsFunc(sourceKinds, func(kind string) bool { return strings.HasPrefix(fact.Source, kind) })
}

// stillSaid reports whether the finders say of a fact's prefix what it says.
func (r *Recorder) stillSaid(fact model.Fact) bool {
	for _, standing := range r.standing {
		if standing.Key == fact.Key {
			return standing.Source == fact.Source
		}
	}
	if len(fact.Endpoint.CIDRs) != 1 {
		return false
	}
	now, found := r.find(fact.Endpoint.CIDRs[0].Addr())
	return found && now.Key == fact.Key && now.Source == fact.Source &&
		now.Endpoint.Class == fact.Endpoint.Class && now.Endpoint.Name == fact.Endpoint.Name && now.Endpoint.Place == fact.Endpoint.Place
}

func (r *Recorder) find(addr netip.Addr) (model.Fact, bool) {
	for _, finder := range r.finders {
		if fact, ok := finder.Fact(addr); ok {
			return fact, true
		}
	}
	return model.Fact{}, false
}

// remember keeps the earliest time from which a fact is recorded.
func (r *Recorder) remember(fact model.Fact) {
	if since, known := r.since[fact.Key]; !known || fact.Period.From.Before(since) {
		r.since[fact.Key] = fact.Period.From
	}
}

// Append stores the batch with the facts that name its outside addresses. What
// was named is remembered once it is stored.
func (r *Recorder) Append(ctx context.Context, batch model.Batch, digest string, receivedAt time.Time) error {
	named, asked := r.name(batch.Flows)
	batch.Facts = append(slices.Clip(batch.Facts), named...)
	if err := r.Store.Append(ctx, batch, digest, receivedAt); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range named {
		r.remember(named[i])
	}
	if len(r.settled)+len(asked) > maxSettled {
		clear(r.settled)
	}
	maps.Copy(r.settled, asked)
	return nil
}

// name returns facts for the addresses of flows that need one, and the addresses
// that were asked for with the earliest minute that names them. A fact begins with
// that minute: minutes before it have nothing to learn from it.
func (r *Recorder) name(flows []model.FlowRow) (facts []model.Fact, asked map[netip.Addr]time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked = map[netip.Addr]time.Time{}
	for i := range flows {
		addr, at := flows[i].RemoteAddr.Unmap(), flows[i].Minute().Start()
		if settled, known := r.settled[addr]; known && !at.Before(settled) {
			continue
		}
		if earliest, known := asked[addr]; !known || at.Before(earliest) {
			asked[addr] = at
		}
	}
	begun := map[string]model.Fact{}
	for addr, at := range asked {
		if !isPublic(addr) {
			asked[addr] = time.Time{} // never asked for again
			continue
		}
		fact, found := r.find(addr)
		if since, known := r.since[fact.Key]; !found || known && !at.Before(since) {
			continue
		}
		if other, twice := begun[fact.Key]; twice && other.Period.From.Before(at) {
			continue
		}
		fact.Period.From = at
		begun[fact.Key] = fact
	}
	for _, key := range slices.Sorted(maps.Keys(begun)) {
		facts = append(facts, begun[key])
	}
	return facts, asked
}

// shared is RFC 6598.
var shared = netip.MustParsePrefix("100.64.0.0/10")

func isPublic(addr netip.Addr) bool {
	return addr.IsValid() && addr.IsGlobalUnicast() && !addr.IsPrivate() && !shared.Contains(addr)
}
