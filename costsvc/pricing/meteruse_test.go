package pricing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
)

// What a minute says of its meters is what became of them.
func TestUsesAreWhatBecameOfTheMeters(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		meters := metersOf(t)
		statement, after := mustPrice(t, book, pricing.Marginal, edgesOf(t), meters)
		used := map[pricing.Pool]bool{}
		for _, use := range statement.Meters {
			used[use.Pool] = true
			if use.BeforeBytes != meters[use.Pool] || use.BeforeBytes+use.Bytes != after[use.Pool] {
				t.Fatalf("%+v, but the meter went from %d to %d", use, meters[use.Pool], after[use.Pool])
			}
			if !use.HoldsAt(use.BeforeBytes) {
				t.Fatalf("%+v does not hold where it was made", use)
			}
		}
		for pool, position := range after {
			if position != meters[pool] && !used[pool] {
				t.Fatalf("meter %+v moved to %d and no use says so", pool, position)
			}
		}
	})
}

// Wherever within the stated range a minute's meter begins, the lines are the same.
func TestAMinuteIsTheSameWhereverItsUsesHold(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		edges, meters := edgesOf(t), metersOf(t)
		want, _ := mustPrice(t, book, pricing.Marginal, edges, meters)
		moved := pricing.Meters{}
		for pool, position := range meters {
			moved[pool] = position
		}
		for _, use := range want.Meters {
			moved[use.Pool] = rapid.Uint64Range(use.SameFromBytes, use.SameThroughBytes).Draw(t, "moved to")
		}
		got, _ := mustPrice(t, book, pricing.Marginal, edges, moved)
		if diff := cmp.Diff(want.Lines, got.Lines, compareStatements); diff != "" {
			t.Fatalf("the uses hold, but the lines differ:\n%s", diff)
		}
	})
}

func TestListModeHasNoMeters(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		statement, _ := mustPrice(t, book, pricing.List, edgesOf(t), metersOf(t))
		if diff := cmp.Diff([]pricing.MeterUse(nil), statement.Meters, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}
