package attribution_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

const (
	handedOver = "10.244.2.9" // from pod first to pod second, both on node b
	first      = "w/lab/shop/Deployment/of-first"
	second     = "w/lab/shop/Deployment/of-second"
	ambiguous  = "u/ambiguous-owner"
	nobody     = "u/no-owner-at-that-time"
)

// bytesTo counts bytes by the owner of what they were sent to.
type bytesTo map[string]uint64

// TestOwnersOfOneAddressByTheirOwnAgent: where the facts cannot say whose an
// address was in a window, or do not know an owner at all, the agent of the owners'
// node does, window by window; and what nobody can prove is nobody's.
func TestOwnersOfOneAddressByTheirOwnAgent(t *testing.T) {
	before := model.Period{To: start.Add(-time.Hour)}
	unclear := []model.Fact{ // the API says of neither that it had the address in this minute
		podFact("first", "b", before, handedOver), podFact("second", "b", before, handedOver),
	}
	onlyFirst := []model.Fact{ // nobody saw the second
		podFact("first", "b", model.Period{}, handedOver),
	}
	sent := func(second int, bytes uint64) attribution.ReportedRow { return handing("a", "web", second, bytes) }
	took := func(uid string, second int, bytes uint64) attribution.ReportedRow {
		return handing("b", uid, second, bytes)
	}
	for _, test := range []struct {
		name  string
		facts []model.Fact
		rows  []attribution.ReportedRow
		want  bytesTo
	}{
		{"each in windows of its own", unclear, []attribution.ReportedRow{
			sent(0, 100), sent(40, 70), took("first", 0, 90), took("second", 40, 60),
		}, bytesTo{first: 100, second: 70}},
		{"one window, and the parts are the whole", unclear, []attribution.ReportedRow{
			sent(20, 100), took("first", 20, 30), took("second", 20, 70),
		}, bytesTo{first: 30, second: 70}},
		{"one window, and something was lost on the way", unclear, []attribution.ReportedRow{
			sent(20, 100), took("first", 20, 30), took("second", 20, 60),
		}, bytesTo{nobody: 100}},
		{"neighbouring windows, as each side counted", unclear, []attribution.ReportedRow{
			sent(10, 100), sent(20, 70), took("first", 10, 100), took("second", 20, 70),
		}, bytesTo{first: 100, second: 70}},
		{"neighbouring windows, and a byte may have crossed the border", unclear, []attribution.ReportedRow{
			sent(10, 100), sent(20, 70), took("first", 10, 99), took("second", 20, 71),
		}, bytesTo{nobody: 170}},
		{"an owner of whom no fact speaks", onlyFirst, []attribution.ReportedRow{
			sent(0, 100), sent(40, 70), took("first", 0, 100), took("unseen", 40, 70),
		}, bytesTo{first: 100, "u/unknown-pod": 70}},
		{"an unseen owner in one window with the known one", onlyFirst, []attribution.ReportedRow{
			sent(20, 100), took("first", 20, 30), took("unseen", 20, 60),
		}, bytesTo{ambiguous: 100}},
	} {
		t.Run(test.name, func(t *testing.T) {
			facts := append(cluster(), test.facts...)
			flows, _ := attribute(t, facts, []string{"a", "b"}, test.rows...)
			got := bytesTo{}
			for _, f := range flows {
				got[f.Key.Destination.ID()] += f.Sent.WireBytes
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("a node that was not covered may have had it too", func(t *testing.T) {
		flows, _ := attribute(t, append(cluster(), unclear...), []string{"a"},
			sent(0, 100), sent(40, 70), took("first", 0, 90), took("second", 40, 60))
		got := bytesTo{}
		for _, f := range flows {
			got[f.Key.Destination.ID()] += f.Sent.WireBytes
		}
		if !maps.Equal(got, bytesTo{nobody: 170}) {
			t.Errorf("got %v", got)
		}
	})
}

// handing is a row of a window of ten seconds: what web on node a sent to the
// address, or what a pod on node b took there.
func handing(node, uid string, second int, bytes uint64) attribution.ReportedRow {
	counts := model.Counts{WireBytes: bytes, PayloadBytes: bytes, Packets: bytes}
	r := row("a", pod("web"), "10.244.1.5", handedOver)
	if node == "b" {
		r = row("b", pod(uid), handedOver, "10.244.1.5")
		r.Row.Role = model.RoleServer
	}
	r.Row.Sent, r.Row.Received, r.Row.Connections = model.Counts{}, model.Counts{}, 0
	if node == "b" {
		r.Row.Received = counts
	} else {
		r.Row.Sent = counts
	}
	r.Row.WindowStart = start.Add(time.Duration(second) * time.Second)
	return r
}
