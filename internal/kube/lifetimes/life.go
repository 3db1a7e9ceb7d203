package lifetimes

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Sighting is what one look at an object shows.
type Sighting struct {
	// Fact is what it is: kind, key, source and body, without a period. The key is
	// the object's UID, or another name that is never used for a second object.
	Fact  model.Fact
	Times Times
}

// addrs are the addresses that nobody else can hold at once. A pod in its node's
// network shares the node's.
func addrs(fact model.Fact) []netip.Addr {
	if fact.Pod == nil || fact.Pod.HostNetwork {
		return nil
	}
	return fact.Pod.Addrs
}

// piece is a part of a life in which its fact did not change.
type piece struct {
	Bounds
	// lone says that somebody unseen may have held the addresses while this piece
	// may have begun. That time is then said of nobody.
	lone bool
	// mute says that the whole piece is as doubtful as its beginning.
	mute bool
	// stated is where a piece begins that was restored; From is then the earliest
	// that this can have stood for.
	stated time.Time
	fact   model.Fact
	// until is the latest instant at which the piece can have held its addresses,
	// because from then on somebody else did; zero while nobody does.
	until time.Time
}

// begins is where the piece's fact begins, ends where the facts end of those who
// held its addresses before.
func (p *piece) begins() time.Time {
	if p.lone {
		return p.Sure
	}
	return p.first()
}

func (p *piece) ends() time.Time {
	if p.lone {
		return p.first()
	}
	return p.Sure
}

func (p *piece) first() time.Time {
	if p.stated.IsZero() {
		return p.From
	}
	return p.stated
}

// life is what is known of one object.
type life struct {
	key string
	// order is that of the first sight with a fact, among all lives.
	order  int
	pieces []piece
	// ended is the latest instant at which it is stated to have been there, zero
	// while it is; endedFrom is the earliest at which it can have ended.
	ended, endedFrom time.Time
	// possible is the latest instant at which it can have been there, later than
	// ended where somebody unseen may have followed before that.
	possible time.Time
	// alive is after when it last was running, for all that was told.
	alive time.Time
	// missed says that it ended because a list lacked it. Seen again, it has not.
	missed bool
	// over is when the end became known.
	over time.Time
	// stated are the facts as last given out, by their beginning.
	stated map[time.Time]model.Fact
}

// take adds what a sighting shows to the life.
func (l *life) take(s Sighting, first piece, at time.Time) {
	if l.missed {
		l.ended, l.possible, l.missed, l.over = time.Time{}, time.Time{}, false, time.Time{}
	}
	if len(l.pieces) == 0 {
		l.pieces = []piece{first}
		return
	}
	last := &l.pieces[len(l.pieces)-1]
	switch {
	case corrects(s.Fact, last.fact) || !at.After(last.begins()):
		last.fact = s.Fact
	case l.ended.IsZero():
		l.pieces = append(l.pieces, last.next(first, at))
	}
	for i := range l.pieces {
		correct(&l.pieces[i].fact, s.Fact)
	}
}

// next is the piece that follows where a fact changed: with the same addresses
// when that was seen, with others when it has them.
func (p *piece) next(seen piece, at time.Time) piece {
	changed := piece{Bounds: Bounds{From: at, Sure: at}, fact: seen.fact}
	switch {
	case sameAddrs(p.fact, seen.fact):
		changed.until = p.until
	case seen.fact.Pod != nil && seen.From.After(p.begins()):
		return seen
	case seen.fact.Revision != nil: // rolled out again under another number
		revision := *seen.fact.Revision
		revision.RolledOut = at
		changed.fact.Revision = &revision
	}
	return changed
}

// end says that the life was over at an instant, as became known at another. The
// earliest end is believed.
func (l *life) end(ended Bounds, possible, at time.Time) {
	until := latest(ended.Sure, l.pieces[0].begins())
	if l.ended.IsZero() || l.missed || until.Before(l.ended) {
		l.ended, l.endedFrom = until, ended.From
	}
	l.possible = earliest(l.possible, latest(possible, until))
	if l.over.IsZero() {
		l.over = at
	}
	l.missed = false
}

// lone marks the pieces with addresses that began after an instant.
func (l *life) lone(since time.Time) bool {
	marked := false
	for i := range l.pieces {
		p := &l.pieces[i]
		if len(addrs(p.fact)) > 0 && p.From.After(since) && !p.lone {
			p.lone, marked = true, true
		}
	}
	return marked
}

// facts are the life's facts as they are known now, by beginning.
func (l *life) facts() map[time.Time]model.Fact {
	facts := make(map[time.Time]model.Fact, len(l.pieces))
	for i := range l.pieces {
		p := &l.pieces[i]
		from, to := p.begins(), earliest(p.until, l.ended)
		if i+1 < len(l.pieces) {
			to = earliest(to, l.pieces[i+1].begins())
		}
		if p.mute || !to.IsZero() && to.Before(from) {
			to = from // held for no time at all
		}
		fact := p.fact
		fact.Period = model.Period{From: from, To: to}
		facts[from] = fact
	}
	return facts
}
