package graphstore_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
)

// What is past its time goes in whole spans: whole hours answer as before,
// minutes of them are refused and not answered with less, and what is pinned
// stays.
func TestOldMinutesGoAndPinnedOnesStay(t *testing.T) {
	s, db := store(t)
	p := &past{seed: testkit.Rand(t), store: s, db: db, now: map[model.Minute][]model.PricedEdge{}}
	web, cart := workload("web"), workload("cart")
	for m := dayStart; m < dayStart+3*hour; m += 20 {
		e := edge(m, web, cart, 1000+uint64(m-dayStart))
		p.now[m] = []model.PricedEdge{e}
		p.commit(t, p.chain.next(m, e))
	}
	p.next = dayStart + 3*hour
	p.compact(t, pieces.Hour)
	asOf := p.chain.number
	first, second, third := window(dayStart, dayStart+hour, asOf), window(dayStart+hour, dayStart+2*hour, asOf), window(dayStart+2*hour, dayStart+3*hour, asOf)
	before := [][]graphstore.Transfer{p.ask(t, question{Window: first}), p.ask(t, question{Window: second}), p.ask(t, question{Window: third})}

	pin := graphstore.Pin{Version: 4, From: dayStart + hour, To: dayStart + hour + 1, By: "investigation 1"}
	pinned := window(dayStart+hour, dayStart+hour+30, pin.Version)
	told := p.ask(t, question{Window: pinned})
	if err := s.Pin(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{2, 0} {
		if spans, err := s.Prune(t.Context(), lease, pieces.Hour, dayStart+3*hour, 10); err != nil || spans != want {
			t.Fatalf("%d hours pruned (%v), want %d", spans, err, want)
		}
	}
	for i, w := range []graphstore.Window{first, second, third} {
		if got := p.ask(t, question{Window: w}); len(got) != 1 || got[0] != before[i][0] {
			t.Errorf("hour %d is %+v, was %+v", i, got, before[i])
		}
	}
	again := graphstore.New(db)
	for name, w := range map[string]graphstore.Window{"a minute of it": window(dayStart, dayStart+30, asOf), "as of before it was compacted": window(dayStart, dayStart+hour, 3)} {
		if got, err := again.Transfers(t.Context(), w, ""); !errors.Is(err, graphstore.ErrPruned) {
			t.Errorf("%s: %v, %v, want it refused", name, got, err)
		}
	}
	expect(t, again, window(dayStart+2*hour, dayStart+2*hour+1, asOf), "", p.now[dayStart+2*hour]...)
	if got := count(t, db, "MATCH (p:Piece {tier: 'minute'}) WHERE p.from < "+strconv.Itoa(int(dayStart+2*hour))+" RETURN count(p)"); got != 1 {
		t.Errorf("%d minutes of the first two hours are left, want the pinned one", got)
	}
	late := p.chain.next(dayStart+20, edge(dayStart+20, web, cart, 7))
	if err := s.Publish(t.Context(), late); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("a fold of a minute that is gone: %v, want it refused", err)
	}
	if got, err := again.Transfers(t.Context(), pinned, ""); err != nil || len(told) == 0 || !slices.Equal(got, told) {
		t.Errorf("what is pinned answers %+v (%v), was %+v", got, err, told)
	}
	if got, err := again.Transfers(t.Context(), window(dayStart+hour, dayStart+hour+30, asOf), ""); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("as of another version: %v, %v, want it refused", got, err)
	}
	if parts, _, err := again.Parts(t.Context(), pieces.Hour, dayStart+hour, asOf); err != nil || len(parts) != 0 {
		t.Errorf("%d parts of an hour of which only what is pinned is left (%v), want none", len(parts), err)
	}
	if err := s.Pin(t.Context(), graphstore.Pin{Version: 3, From: dayStart, To: dayStart + 30, By: "too late"}); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("a pin of what is gone: %v", err)
	}
	if err := s.Unpin(t.Context(), pin.By); err != nil {
		t.Fatal(err)
	}
	if spans, err := s.Prune(t.Context(), lease, pieces.Hour, dayStart+3*hour, 10); err != nil || spans != 1 {
		t.Errorf("%d hours pruned (%v) after the pin was let go of, want 1", spans, err)
	}
	if got, err := again.Transfers(t.Context(), pinned, ""); !errors.Is(err, graphstore.ErrPruned) {
		t.Errorf("what was pinned: %v, %v, want it gone", got, err)
	}
}
