package attribution_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// soup draws facts and rows that contradict each other in every way: owners that
// overlap, nodes without facts, ends that no address fits, roles that disagree.
type soup struct {
	facts    []model.Fact
	rows     []attribution.ReportedRow
	coverage attribution.Coverage
}

var (
	soupNodes = []string{"a", "b", "c"} // c has no fact
	soupAddrs = []string{"10.0.0.10", "10.0.0.11", "10.244.0.1", "10.244.0.2", "198.18.0.1", "127.0.0.1", "169.254.1.1", "::1", "fd00::1", "::ffff:10.244.0.1"}
)

func drawSoup(t *rapid.T) soup {
	s := soup{facts: []model.Fact{
		nodeFact("a", "use1-az1", "10.0.0.10"), nodeFact("b", "use1-az2", "10.0.0.11"),
		endpointFact("net", "internet", "198.18.0.0/16", model.Place{}),
		routeFact("r", "", "198.18.0.0/15", "", model.Path{Kind: model.PathNAT}),
	}}
	for n := range rapid.IntRange(0, 8).Draw(t, "pods") {
		fact := podFact(fmt.Sprint("pod-", n%5), drawNode(t), drawPeriod(t), rapid.SampledFrom(soupAddrs).Draw(t, "claimed"))
		fact.Pod.HostNetwork = rapid.Bool().Draw(t, "host network")
		fact.Source = rapid.SampledFrom([]string{"kubernetes/lab", "agent/a", "agent/b"}).Draw(t, "source")
		fact.Recorded = at(rapid.IntRange(0, 2).Draw(t, "recorded"))
		s.facts = append(s.facts, fact)
	}
	for range rapid.IntRange(0, 20).Draw(t, "rows") {
		s.rows = append(s.rows, drawRow(t))
	}
	for range rapid.IntRange(0, 4).Draw(t, "covered") {
		s.coverage.Add(agent(drawNode(t)), drawPeriod(t))
	}
	return s
}

func drawNode(t *rapid.T) string { return rapid.SampledFrom(soupNodes).Draw(t, "node") }

func drawPeriod(t *rapid.T) model.Period {
	from, to := rapid.IntRange(-10, 70).Draw(t, "from"), rapid.IntRange(-10, 70).Draw(t, "to")
	return model.Period{From: at(from), To: at(to)} // may be empty, or end before it starts
}

func drawRow(t *rapid.T) attribution.ReportedRow {
	draw := func(label string) netip.Addr {
		if rapid.IntRange(0, 9).Draw(t, label+" missing") == 0 {
			return netip.Addr{}
		}
		return netip.MustParseAddr(rapid.SampledFrom(soupAddrs).Draw(t, label))
	}
	bytes := func(label string) model.Counts {
		return model.Counts{WireBytes: rapid.Uint64Range(0, 1000).Draw(t, label)}
	}
	return attribution.ReportedRow{Agent: agent(drawNode(t)), Row: model.FlowRow{
		Local: model.LocalEnd{
			Kind: rapid.SampledFrom([]model.LocalKind{model.LocalUnknown, model.LocalPod, model.LocalNode}).Draw(t, "kind"),
			ID:   rapid.SampledFrom([]string{"pod-0", "pod-1", "pod-9", ""}).Draw(t, "id"),
		},
		LocalAddr: draw("local"), RemoteAddr: draw("remote"), ServerPort: 80, Protocol: model.TCP,
		Role:        rapid.SampledFrom([]model.Role{model.RoleUnknown, model.RoleClient, model.RoleServer}).Draw(t, "role"),
		WindowStart: at(10 * rapid.IntRange(0, 5).Draw(t, "window")), WindowLength: 10 * time.Second,
		Sent: bytes("sent"), Received: bytes("received"), Connections: 1,
	}}
}

// TestNothingIsLostInTheSoup: whatever the facts and the rows say, every byte of
// every report is on a flow, or is the other end's word about one, or was
// reported under a node's address a second time; and the order does not matter.
func TestNothingIsLostInTheSoup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSoup(t)
		index, err := attribution.NewIndex(s.facts)
		if err != nil {
			t.Fatal(err)
		}
		flows, check := attribution.Attribute(index, &s.coverage, s.rows)
		var reported uint64
		for _, r := range s.rows {
			reported += r.Row.Sent.WireBytes + r.Row.Received.WireBytes
		}
		if got := total(flows).WireBytes + check.CheckBytes + check.MasqueradedBytes; got != reported {
			t.Fatalf("%d bytes on flows, as checks and masqueraded, %d reported: %+v", got, reported, check)
		}
		shuffled := slices.Clone(s.facts)
		index, err = attribution.NewIndex(rapid.Permutation(shuffled).Draw(t, "facts"))
		if err != nil {
			t.Fatal(err)
		}
		again, _ := attribution.Attribute(index, &s.coverage, rapid.Permutation(s.rows).Draw(t, "order"))
		if diff := cmp.Diff(flows, again, cmp.AllowUnexported(netip.Addr{})); diff != "" && len(flows)+len(again) > 0 {
			t.Fatalf("another order, other flows:\n%s", diff)
		}
	})
}
