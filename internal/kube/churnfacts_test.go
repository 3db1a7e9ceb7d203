package kube_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/kube/kubetest"
	"github.com/egressor/egressor/internal/model"
)

// factsAreRight asks the facts alone who held each address at each instant at
// which bytes moved. Where they name one owner, it must be the owner.
func factsAreRight(t *testing.T, store *flowstore.Store, churn *kubetest.Churn) {
	t.Helper()
	facts, err := store.FactsOf(t.Context(), "kubernetes/lab", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	held := map[netip.Addr][]model.Fact{}
	for _, fact := range facts {
		if fact.Pod != nil {
			for _, addr := range fact.Pod.Addrs {
				held[addr] = append(held[addr], fact)
			}
		}
	}
	var sure, doubtful, nobody, wrong int
	for _, moved := range churn.Transfers {
		for _, end := range []*kubetest.Life{moved.From, moved.To} {
			var holders []string
			for _, fact := range held[netip.MustParseAddr(end.Addr)] {
				if fact.Period.Contains(moved.At) && !slices.Contains(holders, fact.Key) {
					holders = append(holders, fact.Key)
				}
			}
			switch {
			case len(holders) == 0:
				nobody++
			case len(holders) > 1:
				doubtful++
			case holders[0] == end.UID:
				sure++
			default:
				wrong++
				if wrong <= 5 {
					t.Errorf("at %s %s was %s's (%s to %s), the facts say %s: %v", moved.At, end.Addr, end.UID, end.Start, end.End, holders[0], held[netip.MustParseAddr(end.Addr)])
				}
			}
		}
	}
	t.Logf("by the facts alone: %d ends of transfers are sure, %d one of two, %d nobody's, %d wrong", sure, doubtful, nobody, wrong)
}
