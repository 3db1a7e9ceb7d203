package attribution

import (
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// skew is how far apart in time two nodes may count one packet: their clocks
// differ by a little, and it takes a moment to arrive.
const skew = time.Second

// refine lets one side's reports name what the other side's could not, or named
// otherwise: each agent knows its own end best, and may see an owner of an address
// of whom no fact speaks. It changes the transfers in place, and returns them with
// those in parts that went to several owners of one address.
func (r *resolver) refine(side, other []transfer) []transfer {
	initiator, oneInitiator := onlyInitiator(other)
	var parts []transfer
	for i := range side {
		t := &side[i]
		if t.initiator == model.InitiatorUnknown && oneInitiator {
			t.initiator = initiator
		}
		disputed := !t.far.vague && r.disputed(t, other)
		if !t.far.vague && !disputed {
			continue
		}
		if peer, ok := r.peerOf(t, side, other); ok {
			t.far = r.named(peer, t)
		} else if more, ok := r.apart(t, side, other); ok {
			parts = append(parts, more...)
		} else if disputed {
			t.far = r.intern(contested(t.far.addr))
		}
	}
	return append(side, parts...)
}

// disputed reports whether an agent reported an end of its own under the address of
// a transfer, in its window, that is not the one that the facts name.
func (r *resolver) disputed(t *transfer, other []transfer) bool {
	for i := range other {
		o := &other[i]
		if o.near == t.far || o.nearIsFrom == t.nearIsFrom || o.near.vague {
			continue
		}
		same := o.near.identity == t.far.identity && o.near.revision == t.far.revision
		if !same && r.window(o).overlaps(r.window(t)) {
			return true
		}
	}
	return false
}

// named is the far end of a transfer where the other side's report knows it.
func (r *resolver) named(peer *end, t *transfer) *end {
	known := *peer
	known.addr = t.far.addr
	return r.intern(known)
}

// peerOf finds the end that a transfer was with by the other side's reports: of an
// address that singles nobody out, the only one that reported in the minute; else the only one that reported about the
// transfer's window, where all who had the address in the minute were covered; else
// the only one that reported in the window, where both sides counted the same in it.
func (r *resolver) peerOf(t *transfer, side, other []transfer) (*end, bool) {
	if peer, ok := onlyNear(other, t, func(*transfer) bool { return true }); ok && t.far.vague {
		return peer, true
	}
	window := r.window(t)
	about := span{window.from - skew.Microseconds(), window.to + skew.Microseconds()}
	peer, ok := onlyNear(other, t, func(o *transfer) bool { return r.window(o).overlaps(about) })
	if ok && allCovered(other, r.coverage, r.rows[t.row].Row.Minute()) { // nobody's report is missing
		return peer, true
	}
	within := func(o *transfer) bool { return r.window(o) == window }
	peer, ok = onlyNear(other, t, within)
	return peer, ok && tallyOf(side, t.nearIsFrom, within) == tallyOf(other, !t.nearIsFrom, within)
}

// apart splits a transfer with an address that had several owners in one window,
// where each of them reported its part and the parts are the whole, to the byte and
// the packet. It keeps the first part in place and returns the others.
func (r *resolver) apart(t *transfer, side, other []transfer) ([]transfer, bool) {
	window := r.window(t)
	within := func(o *transfer) bool { return r.window(o) == window }
	whole := tally{t.counts, t.connections}
	if tallyOf(side, t.nearIsFrom, within) != whole || tallyOf(other, !t.nearIsFrom, within) != whole {
		return nil, false
	}
	var owners []*end
	for i := range other {
		if o := &other[i]; o.nearIsFrom != t.nearIsFrom && within(o) && !slices.Contains(owners, o.near) {
			owners = append(owners, o.near)
		}
	}
	if len(owners) == 0 || slices.ContainsFunc(owners, func(e *end) bool { return e.vague }) {
		return nil, false
	}
	parts := make([]transfer, len(owners))
	for i, owner := range owners {
		share := tallyOf(other, !t.nearIsFrom, func(o *transfer) bool { return within(o) && o.near == owner })
		parts[i] = *t
		parts[i].far, parts[i].counts, parts[i].connections = r.named(owner, t), share.counts, share.connections
	}
	*t = parts[0]
	return parts[1:], true
}

func (r *resolver) window(t *transfer) span {
	row := &r.rows[t.row].Row
	return windowSpan(row.WindowStart, row.WindowLength)
}

// tally is what reports counted together.
type tally struct {
	counts      model.Counts
	connections uint64
}

// tallyOf adds up the reports of one kind (by senders or by receivers).
func tallyOf(side []transfer, bySender bool, which func(*transfer) bool) tally {
	var sum tally
	for i := range side {
		if t := &side[i]; t.nearIsFrom == bySender && which(t) {
			sum.counts = sum.counts.Add(t.counts)
			sum.connections += t.connections
		}
	}
	return sum
}

// onlyNear returns the near end that all reports by the other end of a transfer
// share, of those that are asked for, if it is known for sure.
func onlyNear(side []transfer, of *transfer, which func(*transfer) bool) (*end, bool) {
	var found *end
	for i := range side {
		switch near := side[i].near; {
		case side[i].nearIsFrom == of.nearIsFrom || !which(&side[i]):
		case near.vague || found != nil && near != found:
			return nil, false
		default:
			found = near
		}
	}
	return found, found != nil
}

// onlyInitiator returns the initiator that all transfers of a side which know
// one agree on.
func onlyInitiator(side []transfer) (model.Initiator, bool) {
	found := model.InitiatorUnknown
	for i := range side {
		switch known := side[i].initiator; {
		case known == model.InitiatorUnknown:
		case found == model.InitiatorUnknown:
			found = known
		case found != known:
			return model.InitiatorUnknown, false
		}
	}
	return found, found != model.InitiatorUnknown
}
