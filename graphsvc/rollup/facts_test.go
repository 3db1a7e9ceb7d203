package rollup_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
)

var (
	firstStart = rolluptest.First.Start()
	lateAddr   = netip.MustParseAddr("10.244.9.9")
)

// toLateAddr is a minute's report of 1,000 bytes to an address of which nothing
// is known yet.
func toLateAddr(number model.Minute) model.Batch {
	begin := (rolluptest.First + number).Start()
	return model.Batch{
		BatchKey: model.BatchKey{Agent: nodeA, Boot: "boot", Sequence: uint64(number) + 1}, Mode: model.CaptureSockets,
		CoveredFrom: begin, CoveredThrough: begin.Add(time.Minute),
		Flows: []model.FlowRow{{
			Local: model.LocalEnd{Kind: model.LocalPod, ID: "web"}, LocalAddr: netip.MustParseAddr("10.244.1.5"),
			RemoteAddr: lateAddr, ServerPort: 443, Protocol: model.TCP, Role: model.RoleClient,
			WindowStart: begin, WindowLength: 10 * time.Second, Sent: model.Counts{WireBytes: 1000, Packets: 1},
		}},
	}
}

func podOf(uid string, addr netip.Addr, from, to time.Time) model.Fact {
	return model.Fact{Kind: model.FactPod, Key: uid, Source: "kubernetes/lab", Period: model.Period{From: from, To: to}, Pod: &model.PodFact{
		Cluster: "lab", Namespace: "shop", Name: uid, Node: "b", Addrs: []netip.Addr{addr},
		Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: uid},
	}}
}

// know records facts at a moment.
func (r *rig) know(t *testing.T, at time.Time, facts ...model.Fact) {
	t.Helper()
	if err := r.Flows.RecordFacts(t.Context(), facts, at); err != nil {
		t.Fatal(err)
	}
}

// destination is who got the bytes of a minute, by its newest version.
func (r *rig) destination(t *testing.T, number model.Minute, version uint64) string {
	t.Helper()
	of := rolluptest.First + number
	transfers, err := r.Graph.Transfers(t.Context(), graphstore.Window{From: of, To: of + 1, AsOf: version}, "")
	if err != nil || len(transfers) != 1 {
		t.Fatalf("minute %s as of %d has %d transfers (%v), want 1", of, version, len(transfers), err)
	}
	return transfers[0].Key.Destination.ID()
}

// TestAFactThatBecomesKnownLateFoldsItsMinutesAgain: those it concerns, within
// the horizon, once; as of the earlier versions nothing changes.
func TestAFactThatBecomesKnownLateFoldsItsMinutesAgain(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	at := func(minutes int, seconds int) time.Time {
		return firstStart.Add(time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second)
	}
	r.know(t, at(0, 1), podOf("web", netip.MustParseAddr("10.244.1.5"), at(-60, 0), time.Time{}))
	for number := range model.Minute(3) {
		r.Append(t, at(int(number)+1, 1), toLateAddr(number))
		r.step(t, at(int(number)+1, 2), uint64(number)+1)
	}
	if got := r.destination(t, 1, 3); got != "u/unknown-address" {
		t.Fatalf("before anything is known the bytes went to %q", got)
	}

	// The pod lived in the second and the third minute; that becomes known later.
	r.know(t, at(5, 0), podOf("late", lateAddr, at(1, 0), time.Time{}))
	r.step(t, at(5, 1), 3) // quiet is not over
	r.step(t, at(5, 7), 5)
	for number, want := range []string{"u/unknown-address", "w/lab/shop/Deployment/late", "w/lab/shop/Deployment/late"} {
		if got := r.destination(t, model.Minute(number), 5); got != want {
			t.Errorf("minute %d: to %q, want %q", number, got, want)
		}
	}
	if got := r.destination(t, 1, 3); got != "u/unknown-address" {
		t.Errorf("as of version 3 the bytes went to %q: what was true then has changed", got)
	}

	// That it ended after the second minute becomes known even later.
	r.know(t, at(10, 0), podOf("late", lateAddr, at(1, 0), at(2, 0)))
	r.step(t, at(10, 6), 6)
	if got := r.destination(t, 2, 6); got != "u/no-owner-at-that-time" {
		t.Errorf("after its end the bytes went to %q", got)
	}

	// A pod that no row names, and a label that changes no end, make no version.
	r.know(t, at(20, 0), podOf("elsewhere", netip.MustParseAddr("10.244.200.1"), at(0, 0), time.Time{}))
	labelled := podOf("late", lateAddr, at(1, 0), at(2, 0))
	labelled.Pod.Labels = map[string]string{"team": "shop"}
	r.know(t, at(20, 1), labelled)
	r.step(t, at(20, 7), 6)
	r.step(t, at(20, 20), 6)

	// What lies beyond the horizon stays as it is.
	r.know(t, at(90, 0), podOf("late", lateAddr, at(1, 0), time.Time{}))
	r.step(t, at(90, 10), 6)
	if problems := r.Verify(t); problems != nil {
		t.Errorf("verify: %v", problems)
	}
}

// TestAFactThatCameWhileNobodyFoldedIsNotMissed: the loop that starts next finds
// that the newest version did not know it.
func TestAFactThatCameWhileNobodyFoldedIsNotMissed(t *testing.T) {
	r := newRig(t, rolluptest.Rules())
	r.know(t, firstStart, podOf("web", netip.MustParseAddr("10.244.1.5"), firstStart.Add(-time.Hour), time.Time{}))
	r.Append(t, firstStart.Add(61*time.Second), toLateAddr(0))
	r.step(t, firstStart.Add(62*time.Second), 1)
	if err := r.loop.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.know(t, firstStart.Add(3*time.Minute), podOf("late", lateAddr, firstStart.Add(-time.Minute), time.Time{}))
	r.Stores = r.Again()
	r.loop = rolluptest.Loop(t, r.Flows, r.Graph, r.clock, rolluptest.Rules(), r.hub)
	r.step(t, firstStart.Add(4*time.Minute), 2)
	if got := r.destination(t, 0, 2); got != "w/lab/shop/Deployment/late" {
		t.Errorf("the bytes went to %q", got)
	}
	r.step(t, firstStart.Add(5*time.Minute), 2) // once
}
