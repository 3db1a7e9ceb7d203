package graphstore_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

const day = 24 * hour

// daysOfPast are so many days of two minutes each, folded, one of them again,
// and compacted.
func daysOfPast(t *testing.T, days model.Minute) *past {
	t.Helper()
	s, db := store(t)
	p := &past{seed: testkit.Rand(t), store: s, db: db, now: map[model.Minute][]model.PricedEdge{}, next: dayStart + days*day}
	for d := range days {
		for _, at := range []model.Minute{10, 100, 10} {
			m := dayStart + d*day + at
			e := edge(m, workload("web"), workload("cart"), 1000+p.chain.number)
			p.now[m] = []model.PricedEdge{e}
			p.commit(t, p.chain.next(m, e))
		}
		p.compact(t, pieces.Hour)
		p.compact(t, pieces.Day)
	}
	return p
}

// prune drops minutes, hours and days that end before a minute.
func (p *past) prune(t *testing.T, before model.Minute) (forgotten int) {
	t.Helper()
	for _, tier := range []pieces.Tier{pieces.Hour, pieces.Day} {
		if _, err := p.store.Prune(t.Context(), lease, tier, before, 100); err != nil {
			t.Fatal(err)
		}
	}
	forgotten, err := p.store.Forget(t.Context(), lease, before, 100)
	if err != nil {
		t.Fatal(err)
	}
	return forgotten
}

// Days past their time go with everything that only speaks of them; who asks about
// them is refused and not told of nothing, late data of them is refused too, and what
// is pinned answers as it did.
func TestOldDaysGoAndPinnedOnesStay(t *testing.T) {
	p := daysOfPast(t, 4)
	s, asOf := p.store, p.chain.number
	newest := question{Window: window(dayStart+3*day, dayStart+4*day, asOf)}
	told := p.ask(t, newest)
	pin := graphstore.Pin{Version: asOf/2 - 1, From: dayStart + day + 5, To: dayStart + day + 15, By: "ticket 1"}
	pinned := question{Window: window(pin.From, pin.To, pin.Version)}
	before := p.ask(t, pinned)
	if err := s.Pin(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 2 {
		t.Errorf("%d days were forgotten, want the two that nothing pins", days)
	}
	for d, want := range []bool{true, false, true, false} {
		got, err := graphstore.New(p.db).Transfers(t.Context(), window(dayStart+model.Minute(d)*day, dayStart+model.Minute(d+1)*day, asOf), "")
		if errors.Is(err, graphstore.ErrPruned) != want || len(got) == 0 != want {
			t.Errorf("day %d: %d transfers, %v; forgotten %v is wanted", d, len(got), err, want)
		}
	}
	if got := p.ask(t, pinned); len(before) == 0 || !slices.Equal(got, before) {
		t.Errorf("what is pinned answers %+v, was %+v", got, before)
	}
	if got := p.ask(t, newest); !slices.Equal(got, told) {
		t.Errorf("the newest day answers %+v, was %+v", got, told)
	}
	late := p.chain
	if err := s.Publish(t.Context(), late.next(dayStart+20, edge(dayStart+20, workload("web"), workload("cart"), 7))); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("late data of a forgotten day: %v, want it refused", err)
	}
	p.expectLeft(t, asOf, pin.Version)
	if err := s.Unpin(t.Context(), pin.By); err != nil {
		t.Fatal(err)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 1 {
		t.Errorf("%d days were forgotten after the pin was let go of, want 1", days)
	}
	if days := p.prune(t, dayStart+3*day+1); days != 0 {
		t.Errorf("%d days were forgotten twice", days)
	}
	if through, err := s.Forgotten(t.Context()); err != nil || through != dayStart+3*day {
		t.Errorf("forgotten through %s (%v), want %s", through, err, dayStart+3*day)
	}
}

// expectLeft expects the headers of the newest day and the pinned one, the
// relationships of days that are there, and a sign of those that are not.
func (p *past) expectLeft(t *testing.T, head, pinned uint64) {
	t.Helper()
	for statement, want := range map[string]int64{
		"MATCH (p:Piece {tier: 'day'}) WHERE p.forgotten AND p.columns IS NULL RETURN count(p)": 2,
		"MATCH ()-[r:TRANSFERRED {tier: 'day'}]->() RETURN count(r)":                            2,
		"MATCH ()-[r:TRANSFERRED {tier: 'hour'}]->() RETURN count(r)":                           2,
	} {
		if got := count(t, p.db, statement); got != want {
			t.Errorf("%s: %d, want %d", statement, got, want)
		}
	}
	for number, want := range map[uint64]bool{1: false, pinned - 1: false, pinned: true, pinned + 1: false, head - 1: true, head: true} {
		version, there, err := p.store.Version(t.Context(), number)
		if err != nil || there != want {
			t.Errorf("version %d is there: %v (%v), want %v", number, there, err, want)
		}
		if !there || number == head {
			continue
		}
		at, there, err := p.store.VersionAt(t.Context(), version.CommittedAt.Add(time.Millisecond))
		if err != nil || there != (number != pinned) {
			t.Errorf("right after version %d was committed it is %d, %v (%v): what followed the pinned one is gone, so that nobody knows", number, at.Number, there, err)
		}
	}
}
