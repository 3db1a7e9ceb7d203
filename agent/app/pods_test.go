package app

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

func TestPodsAreSeenFromTheirSockets(t *testing.T) {
	node := netip.MustParseAddr("192.168.0.5")
	p := newPods(model.AgentID{Cluster: "lab", Node: "node-a"}, []netip.Addr{node})
	at := func(n int) time.Time { return gen.Epoch.Add(time.Duration(n) * 10 * time.Second) }
	sees := func(n int, rows ...model.FlowRow) []model.Fact {
		return p.observe(rows, model.Period{From: at(n), To: at(n + 1)})
	}
	by := func(kind model.LocalKind, id string, addr netip.Addr) model.FlowRow {
		return model.FlowRow{Local: model.LocalEnd{Kind: kind, ID: id}, LocalAddr: addr}
	}
	held := func(uid string, from, to time.Time) model.Fact {
		return model.Fact{
			Kind: model.FactPod, Key: uid, Source: "agent/node-a", Period: model.Period{From: from, To: to},
			Pod: &model.PodFact{Cluster: "lab", Node: "node-a", Addrs: []netip.Addr{podAddr}},
		}
	}
	check := func(what string, got []model.Fact, want ...model.Fact) {
		t.Helper()
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", what, diff)
		}
	}
	check("a pod on the node's address, and the node itself",
		sees(0, by(model.LocalPod, "host-pod", node), by(model.LocalNode, "kubelet", node)))
	check("a pod for the first time", sees(1, by(model.LocalPod, "one", podAddr)), held("one", at(1), time.Time{}))
	check("the same pod again", sees(2, by(model.LocalPod, "one", podAddr), by(model.LocalPod, "one", podAddr)))
	check("another pod on its address", sees(3, by(model.LocalPod, "two", podAddr)),
		held("one", at(1), at(3)), held("two", at(3), time.Time{}))
	check("the last of the one before", sees(4, by(model.LocalPod, "one", podAddr), by(model.LocalPod, "two", podAddr)))
	check("told again", p.again(), held("two", at(3), time.Time{}))
	check("quiet for long", sees(100), held("two", at(3), at(5)))
	check("back", sees(101, by(model.LocalPod, "two", podAddr)), held("two", at(101), time.Time{}))
	check("a change of hands within one window, in any order", sees(102, by(model.LocalPod, "a-later-one", podAddr), by(model.LocalPod, "two", podAddr)),
		held("two", at(101), at(103)), held("a-later-one", at(102), time.Time{}))
}
