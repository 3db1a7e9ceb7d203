package lifetimes

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Rules are what a tracker goes by.
type Rules struct {
	// Tolerance is how far the clocks of nodes, API server and observer may differ.
	Tolerance time.Duration
	// Lag is how long a node may take to tell the API what happened on it.
	Lag time.Duration
	// Memory is how long an ended life is remembered, so that who follows on its
	// addresses can still cut it.
	Memory time.Duration
}

// DefaultRules suit clocks kept by NTP.
func DefaultRules() Rules {
	return Rules{Tolerance: 250 * time.Millisecond, Lag: 5 * time.Second, Memory: 10 * time.Minute}
}

// Tracker keeps the lives of the objects of one resource of one cluster. Its
// methods return the facts that are new or say something new; a fact with the
// kind, key and From of an earlier one replaces it. It is not safe for concurrent
// use.
type Tracker struct {
	rules Rules
	lives map[string]*life
	held  map[netip.Addr][]*life
	seen  int
	ended []*life // in order of over
	// complete is since when nothing was missed, zero where nothing ever was; sure
	// is the last instant before that gap.
	complete, sure time.Time
	// late is after when what is told until lateUntil happened: a watch that broke
	// off and goes on tells first what came to pass meanwhile.
	late, lateUntil time.Time
}

// New returns a tracker that knows nothing.
func New(rules Rules) *Tracker {
	return &Tracker{rules: rules, lives: map[string]*life{}, held: map[netip.Addr][]*life{}}
}

// Restore takes over what an earlier tracker stated, the facts that are open or ended
// lately. What had ended stays ended.
func (t *Tracker) Restore(facts []model.Fact, at time.Time) {
	facts = slices.Clone(facts)
	slices.SortFunc(facts, func(a, b model.Fact) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), strings.Compare(a.Key, b.Key))
	})
	for _, fact := range facts {
		l := t.lives[fact.Key]
		if l == nil {
			l = t.begin(fact.Key)
		}
		bare := fact
		bare.Period, bare.Recorded = model.Period{}, time.Time{}
		l.pieces = append(l.pieces, t.restored(fact, bare))
		l.stated[fact.Period.From] = fact
		t.hold(l, bare)
	}
	for _, l := range t.lives {
		if last := l.pieces[len(l.pieces)-1]; !last.until.IsZero() {
			l.ended, l.possible, l.over = last.until, last.until.Add(t.rules.Lag), at
			t.ended = append(t.ended, l)
		}
	}
}

// restored is the piece that a fact was stated of. Where the fact began at its
// sure beginning, that was up to doubt after its earliest: the order of owners
// goes by the earliest.
func (t *Tracker) restored(fact, bare model.Fact) piece {
	doubt := second + 2*t.rules.Tolerance
	return piece{
		Bounds: Bounds{From: fact.Period.From.Add(-doubt), Sure: fact.Period.From.Add(doubt)},
		stated: fact.Period.From, fact: bare, until: fact.Period.To,
	}
}

// See takes a sighting made at an instant.
func (t *Tracker) See(s Sighting, at time.Time) []model.Fact {
	t.forget(at)
	l := t.lives[s.Fact.Key]
	if l == nil {
		l = t.begin(s.Fact.Key)
	}
	first := piece{Bounds: s.Times.Began(at, t.rules.Tolerance), fact: s.Fact}
	first.lone = len(addrs(s.Fact)) > 0 && first.From.Before(t.complete)
	l.take(s, first, at)
	t.hold(l, s.Fact)
	if ended := s.Times.Ended(at, t.rules.Tolerance); ended.Sure.IsZero() {
		l.alive = t.told(at)
	} else {
		t.end(l, ended, at)
	}
	return t.state(l)
}

// Resumed says that a watch goes on, from an instant on, where it was when it last
// was complete. Nothing is missed; but what it tells at first may have happened at
// any time since then.
func (t *Tracker) Resumed(sure, at time.Time) {
	t.late, t.lateUntil = earliest(sure, at).Add(-t.rules.Lag), at.Add(t.rules.Lag)
}

// told is after when something happened that was told at an instant.
func (t *Tracker) told(at time.Time) time.Time {
	told := at.Add(-t.rules.Lag)
	if at.Before(t.lateUntil) {
		return earliest(told, t.late)
	}
	return told
}

// Gone says that an object was deleted, as was seen at an instant.
func (t *Tracker) Gone(key string, at time.Time) []model.Fact {
	l := t.lives[key]
	if l == nil {
		return nil
	}
	t.end(l, Bounds{Sure: at}, at)
	return t.state(l)
}

// Relist says that a list taken at an instant has these objects and no other.
// What is known and not among them ended at an unknown instant after sure, the
// last at which the watch was complete; whoever came after it was not seen, so
// nothing is said of the time after sure, nor of what nodes had yet to tell then:
// who began just before it may have followed somebody who was not told of.
// The sightings of the list come after it.
func (t *Tracker) Relist(present map[string]bool, sure, at time.Time) []model.Fact {
	t.complete, t.sure = at, earliest(sure, at).Add(-t.rules.Lag)
	var facts []model.Fact
	for _, l := range t.sorted() {
		missing := l.over.IsZero() && !present[l.key]
		ending := missing || l.ended.After(t.sure)
		if begun := l.lone(t.sure); !begun && !ending {
			continue
		}
		if missing {
			t.ended = append(t.ended, l)
		}
		if ending {
			l.end(Bounds{From: l.endedFrom, Sure: latest(t.sure, l.endedFrom)}, earliest(l.possible, at), at)
			l.missed = missing
		}
		facts = append(facts, t.state(l)...)
	}
	return facts
}

// sorted are all lives, by key.
func (t *Tracker) sorted() []*life {
	lives := make([]*life, 0, len(t.lives))
	for _, l := range t.lives {
		lives = append(lives, l)
	}
	slices.SortFunc(lives, func(a, b *life) int { return strings.Compare(a.key, b.key) })
	return lives
}

// Open is how many lives have not ended.
func (t *Tracker) Open() int {
	open := 0
	for _, l := range t.lives {
		if l.ended.IsZero() {
			open++
		}
	}
	return open
}

func (t *Tracker) begin(key string) *life {
	t.seen++
	l := &life{key: key, order: t.seen, stated: map[time.Time]model.Fact{}}
	t.lives[key] = l
	return l
}

// end ends a life. Where something was missed since it can have ended, its
// successor may have been: only the time up to the earliest end is its own.
func (t *Tracker) end(l *life, ended Bounds, at time.Time) {
	told := t.told(at)
	ended.From = latest(ended.From, l.alive)
	possible := ended.Sure
	if ended.From.Before(t.complete) && told.Before(t.complete) {
		ended.Sure = earliest(ended.Sure, latest(ended.From, t.sure))
	} else {
		ended.From = latest(ended.From, earliest(told, ended.Sure))
	}
	if l.over.IsZero() {
		t.ended = append(t.ended, l)
	}
	l.end(ended, possible, at)
}

// hold notes that a life claims the addresses of its fact.
func (t *Tracker) hold(l *life, fact model.Fact) {
	for _, addr := range addrs(fact) {
		if !slices.Contains(t.held[addr], l) {
			t.held[addr] = append(t.held[addr], l)
		}
	}
}

// state cuts the life and those that share an address with it, and returns what
// they say that they did not say before.
func (t *Tracker) state(l *life) []model.Fact {
	touched := []*life{l}
	for i := range l.pieces {
		for _, addr := range addrs(l.pieces[i].fact) {
			settle(t.held[addr], addr)
			for _, other := range t.held[addr] {
				if other != l && !slices.Contains(touched, other) {
					touched = append(touched, other)
				}
			}
		}
	}
	var facts []model.Fact
	for _, each := range touched {
		facts = append(facts, each.news()...)
	}
	return facts
}

// news returns the facts that differ from what was stated.
func (l *life) news() []model.Fact {
	var news []model.Fact
	facts := l.facts()
	for from, fact := range facts {
		if was, stated := l.stated[from]; stated && equal(was, fact) {
			continue
		}
		l.stated[from] = fact
		news = append(news, fact)
	}
	for from, fact := range l.stated {
		if _, holds := facts[from]; !holds && !fact.Period.To.Equal(from) {
			fact.Period.To = from // taken back: it held for no time at all
			l.stated[from] = fact
			news = append(news, fact)
		}
	}
	slices.SortFunc(news, func(a, b model.Fact) int { return a.Period.From.Compare(b.Period.From) })
	return news
}

// forget drops the lives that ended long ago.
func (t *Tracker) forget(at time.Time) {
	for len(t.ended) > 0 && at.Sub(t.ended[0].over) > t.rules.Memory {
		l := t.ended[0]
		t.ended = t.ended[1:]
		if l.over.IsZero() { // it was seen again
			continue
		}
		delete(t.lives, l.key)
		for i := range l.pieces {
			for _, addr := range addrs(l.pieces[i].fact) {
				t.held[addr] = slices.DeleteFunc(t.held[addr], func(other *life) bool { return other == l })
				if len(t.held[addr]) == 0 {
					delete(t.held, addr)
				}
			}
		}
	}
}

// Knows reports whether anything was seen of an object that is not forgotten.
func (t *Tracker) Knows(key string) bool { return t.lives[key] != nil }
