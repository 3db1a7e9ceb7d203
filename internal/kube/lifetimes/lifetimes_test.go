package lifetimes_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/internal/kube/lifetimes"
	"github.com/egressor/egressor/internal/model"
)

var epoch = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// at is an instant, in seconds after the epoch.
func at(seconds float64) time.Time {
	return epoch.Add(time.Duration(seconds * float64(time.Second)))
}

// cut is the instant as the API states it.
func cut(t time.Time) time.Time { return t.Truncate(time.Second) }

func pod(key, addr string) model.Fact {
	fact := model.Fact{Kind: model.FactPod, Key: key, Source: "kubernetes/lab", Pod: &model.PodFact{Cluster: "lab", Name: key}}
	if addr != "" {
		fact.Pod.Addrs = []netip.Addr{netip.MustParseAddr(addr)}
	}
	return fact
}

// book keeps facts as a store does: a later one replaces that of the same key
// and beginning.
type book map[string]model.Fact

func (b book) put(facts []model.Fact) {
	for _, fact := range facts {
		b[fmt.Sprint(fact.Key, fact.Period.From.UnixNano())] = fact
	}
}

// holders are the keys of those who may have held an address at an instant.
func (b book) holders(addr netip.Addr, when time.Time) map[string]bool {
	holders := map[string]bool{}
	for _, fact := range b {
		for _, held := range fact.Pod.Addrs {
			if held == addr && fact.Period.Contains(when) {
				holders[fact.Key] = true
			}
		}
	}
	return holders
}

type step struct {
	at  float64
	see string // pod
	lifetimes.Times
	addr, label string
	gone        string
	relist      []string
	sure        float64
}

func TestHistories(t *testing.T) {
	const x, y = "10.244.1.7", "10.244.1.8"
	for name, test := range map[string]struct {
		steps []step
		want  []string
	}{
		"a pod runs and is deleted": {
			[]step{
				{at: 2.5, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 90.5, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2), Finished: at(89), Over: true}},
				{at: 91, gone: "a"},
			},
			[]string{"a 2s 1m30s"},
		},
		"a completed job stays in the API and has ended": {
			[]step{{at: 60, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2), Finished: at(5), Over: true}}},
			[]string{"a 2s 6s"},
		},
		"an evicted pod states no end: it is over when that is seen": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 60, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2), Over: true}},
			},
			[]string{"a 2s 1m0s"},
		},
		"a crash loop is one life, from its first start": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 33, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(32)}},
				{at: 63, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(62)}},
			},
			[]string{"a 2s open"},
		},
		"reuse within the second: that second is one of the two": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 10.9, see: "b", addr: x, Times: lifetimes.Times{Created: at(9), Started: at(10)}},
				{at: 12, gone: "a"},
			},
			[]string{"a 2s 10.9s", "b 10s open"},
		},
		"reuse after a stated end: nobody doubts": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 8, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2), Finished: at(7), Over: true}},
				{at: 10.9, see: "b", addr: x, Times: lifetimes.Times{Created: at(9), Started: at(10)}},
			},
			[]string{"a 2s 8s", "b 10s open"},
		},
		"the delete is told after the next owner": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 20, see: "b", addr: x, Times: lifetimes.Times{Created: at(9), Started: at(10)}},
				{at: 40, gone: "a"},
			},
			[]string{"a 2s 11s", "b 10s open"},
		},
		"the owner before is told of after the next one": {
			[]step{
				{at: 20, see: "b", addr: x, Times: lifetimes.Times{Created: at(9), Started: at(10)}},
				{at: 20.5, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
			},
			[]string{"a 2s 11s", "b 10s open"},
		},
		"a list without it: nothing is said of the time that was not watched": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 3, see: "b", addr: y, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 300, relist: []string{"b"}, sure: 100},
			},
			[]string{"a 2s 1m40s", "b 2s open"},
		},
		"a list was behind: the pod is there again": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 300, relist: nil, sure: 100},
				{at: 301, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
			},
			[]string{"a 2s open"},
		},
		"a changed label begins a piece": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 30, see: "a", addr: x, label: "v2", Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 50, gone: "a"},
			},
			[]string{"a 2s 30s", "a 30s 50s"},
		},
		"a sandbox made anew has another address": {
			[]step{
				{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(0), Started: at(2)}},
				{at: 32, see: "a", addr: y, Times: lifetimes.Times{Created: at(0), Network: at(30), Started: at(31)}},
			},
			[]string{"a 2s 30s", "a 30s open"},
		},
		"a node's clock is an hour ahead: it began when it was seen": {
			[]step{{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(1), Started: at(3602)}}},
			[]string{"a 1s open"},
		},
		"a node's clock is an hour behind: it began when it was created": {
			[]step{{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(1), Started: at(-3598)}}},
			[]string{"a 1s open"},
		},
		"the API server's clock is ahead: the node's counts": {
			[]step{{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(3600), Started: at(2)}}},
			[]string{"a 2s open"},
		},
		"all clocks are ahead": {
			[]step{{at: 3, see: "a", addr: x, Times: lifetimes.Times{Created: at(3600), Started: at(3602)}}},
			[]string{"a 3s open"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := book{}
			tracker := lifetimes.New(lifetimes.Rules{Memory: time.Minute})
			for _, s := range test.steps {
				b.put(apply(tracker, s))
			}
			var got []string
			for _, fact := range b {
				to := "open"
				if !fact.Period.To.IsZero() {
					to = fact.Period.To.Sub(epoch).String()
				}
				got = append(got, fmt.Sprint(fact.Key, " ", fact.Period.From.Sub(epoch), " ", to))
			}
			if diff := cmp.Diff(test.want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}

func apply(tracker *lifetimes.Tracker, s step) []model.Fact {
	switch {
	case s.gone != "":
		return tracker.Gone(s.gone, at(s.at))
	case s.see != "":
		fact := pod(s.see, s.addr)
		fact.Pod.Labels = map[string]string{"version": s.label}
		return tracker.See(lifetimes.Sighting{Fact: fact, Times: s.Times}, at(s.at))
	default:
		present := map[string]bool{}
		for _, key := range s.relist {
			present[key] = true
		}
		return tracker.Relist(present, at(s.sure), at(s.at))
	}
}

func TestOwnersReadLateHoldForTheWholeLife(t *testing.T) {
	b := book{}
	tracker := lifetimes.New(lifetimes.DefaultRules())
	see := func(when float64, label, workload string) {
		fact := pod("a", "10.244.1.7")
		fact.Pod.Labels, fact.Pod.Workload.Name = map[string]string{"version": label}, workload
		b.put(tracker.See(lifetimes.Sighting{Fact: fact, Times: lifetimes.Times{Started: at(2)}}, at(when)))
	}
	see(3, "v1", "")
	see(10, "v2", "")
	see(20, "v2", "checkout")
	if len(b) != 2 {
		t.Fatalf("%d pieces, want 2: %v", len(b), b)
	}
	for _, fact := range b {
		if fact.Pod.Workload.Name != "checkout" {
			t.Errorf("from %s the workload is %q", fact.Period.From, fact.Pod.Workload.Name)
		}
	}
}
