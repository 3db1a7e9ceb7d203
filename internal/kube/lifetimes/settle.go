package lifetimes

import (
	"net/netip"
	"slices"
	"time"
)

// settle makes the lives that claim one address agree on it: who came before ends
// where who came after surely had it, and where somebody unseen may have had it,
// nobody is said to.
func settle(lives []*life, addr netip.Addr) {
	for changed := true; changed; {
		changed = false
		for _, l := range lives {
			for _, other := range lives {
				if l != other {
					changed = doubt(l, other, addr) || changed
				}
			}
		}
	}
	for _, l := range lives {
		for _, other := range lives {
			if l != other {
				cut(l, other, addr)
			}
		}
	}
}

// doubt passes on from one life to another that somebody unseen may have held
// the address: a piece may not claim alone what another may not claim at all.
func doubt(l, other *life, addr netip.Addr) bool {
	changed := false
	for i := range l.pieces {
		p := &l.pieces[i]
		if !slices.Contains(addrs(p.fact), addr) {
			continue
		}
		zone := l.unclaimed(p)
		p.lone = p.lone || zone.tail.From.Equal(p.first()) && !zone.tail.Sure.IsZero()
		for j := range other.pieces {
			q := &other.pieces[j]
			if slices.Contains(addrs(q.fact), addr) && (zone.overlaps(q.first(), q.Sure) || zone.real() && tied(p, q)) {
				changed = other.withhold(q, tied(p, q)) || changed
			}
		}
	}
	return changed
}

// withhold takes the time in which a piece may have begun out of what it says; of
// two that began in one second, where one may be wrong, a short one says nothing.
func (l *life) withhold(p *piece, tied bool) bool {
	mute := tied && !l.possible.IsZero() && !l.endedFrom.After(p.Sure)
	changed := !p.lone || mute && !p.mute
	p.lone, p.mute = true, p.mute || mute
	return changed
}

// tied reports whether nobody knows which of two began first.
func tied(p, q *piece) bool {
	if p.stated.IsZero() && q.stated.IsZero() {
		return p.From.Sub(q.From).Abs() < second
	}
	return p.From.Before(q.Sure) && q.From.Before(p.Sure)
}

// zone is a time in which a life may have held its addresses and is not said to:
// at its beginning, at its end, or all of it.
type zone struct{ head, tail Bounds }

func (z zone) overlaps(from, to time.Time) bool {
	within := func(b Bounds) bool { return from.Before(b.Sure) && b.From.Before(to) }
	return within(z.head) || within(z.tail)
}

func (z zone) real() bool { return z != zone{} }

func (l *life) unclaimed(p *piece) zone {
	var z zone
	if p.lone {
		z.head = Bounds{From: p.first(), Sure: p.Sure}
	}
	if p.mute {
		z.head.Sure = latest(p.Sure, l.possible)
	}
	if l.possible.After(l.ended) {
		z.tail = Bounds{From: l.ended, Sure: l.possible}
		if l.ended.Before(p.Sure) {
			z.tail.From = p.first()
		}
	}
	return z
}

// cut ends a life's hold of an address where a later life surely holds it. Of two
// that began within one second nobody knows which came first: each keeps its hold
// until its own end is told.
func cut(l, later *life, addr netip.Addr) {
	for i := range l.pieces {
		p := &l.pieces[i]
		if !slices.Contains(addrs(p.fact), addr) {
			continue
		}
		for j := range later.pieces {
			q := &later.pieces[j]
			if q.From.After(p.From) && !tied(p, q) && slices.Contains(addrs(q.fact), addr) {
				p.until = earliest(p.until, latest(q.ends(), p.begins()))
			}
		}
	}
}
