package graphstore_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/internal/neo4j"
)

// runOut lets the lease run out without waiting for it.
func runOut(t *testing.T, db *neo4j.DB) {
	t.Helper()
	err := db.ExecuteWrite(t.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(t.Context(), "MATCH (l:FoldLease) SET l.until = timestamp() - 1", nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheLeaseHasOneHolderAtATime(t *testing.T) {
	s, db := store(t)
	other := graphstore.New(db)
	acquire(t, other, "other", lease) // is refused
	acquire(t, s, "test", lease)      // prolongs
	runOut(t, db)
	acquire(t, s, "test", lease) // nobody wanted it: it is the same reign
	runOut(t, db)
	second := graphstore.Lease{Holder: "other", Term: 2}
	acquire(t, other, "other", second)
	acquire(t, s, "test", second)
	if err := s.RenewLease(t.Context(), lease, time.Hour); !errors.Is(err, graphstore.ErrLostLease) {
		t.Errorf("the first holder renewed what it lost: %v", err)
	}
	if err := s.ReleaseLease(t.Context(), lease); err != nil {
		t.Errorf("releasing a lost lease: %v", err)
	}
	acquire(t, s, "test", second) // the release was not another's to make
	if err := other.RenewLease(t.Context(), second, time.Hour); err != nil {
		t.Error(err)
	}
	if err := other.ReleaseLease(t.Context(), second); err != nil {
		t.Error(err)
	}
	acquire(t, s, "test", graphstore.Lease{Holder: "test", Term: 3}) // at once
	if err := other.RenewLease(t.Context(), second, time.Hour); !errors.Is(err, graphstore.ErrLostLease) {
		t.Errorf("a released lease was renewed: %v", err)
	}
}

func TestOfManyWhoAskOneGetsTheLease(t *testing.T) {
	s, db := store(t)
	for round := range 5 {
		runOut(t, db)
		const askers = 8
		var together sync.WaitGroup
		var got [askers]graphstore.Lease
		var failures [askers]error
		for i := range askers {
			together.Go(func() {
				got[i], failures[i] = s.AcquireLease(t.Context(), fmt.Sprintf("%d of round %d", i, round), time.Hour)
			})
		}
		together.Wait()
		for i := range askers {
			if failures[i] != nil || got[i] != got[0] || got[i].Term != lease.Term+uint64(round)+1 {
				t.Fatalf("round %d: asker %d was told %+v (%v), the first %+v", round, i, got[i], failures[i], got[0])
			}
		}
	}
}

func TestWhoLostTheLeaseCommitsNothing(t *testing.T) {
	s, db := store(t)
	web, cart := workload("web"), workload("cart")
	var c chain
	first := c.next(firstMinute, edge(firstMinute, web, cart, 5))
	publish(t, s, first)
	next := c.next(firstMinute+1, edge(firstMinute+1, web, cart, 7))
	runOut(t, db)
	taken := graphstore.Lease{Holder: "other", Term: 2}
	acquire(t, s, "other", taken)
	nobodys, conflicting := next, first
	nobodys.Lease = graphstore.Lease{}
	conflicting.Version.Digest = "another"
	for name, p := range map[string]graphstore.Publication{
		"the next version": next, "one that is there": first, "one that conflicts": conflicting, "without a lease": nobodys,
	} {
		if err := s.Publish(t.Context(), p); !errors.Is(err, graphstore.ErrLostLease) {
			t.Errorf("%s: %v, want that the lease is lost", name, err)
		}
	}
	expect(t, s, window(firstMinute, firstMinute+hour, 9), "", first.Edges...)
	next.Lease = taken
	publish(t, s, next)
	expect(t, s, window(firstMinute, firstMinute+hour, 9), "", first.Edges[0], next.Edges[0])
}
