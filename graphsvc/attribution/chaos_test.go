package attribution_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// chaos draws facts and rows that no world would have: any claim at any time by
// anyone, any row by any agent, few enough names for all of them to collide.
type chaos struct{ t *rapid.T }

var (
	chaosAddrs = addrs("10.244.0.1", "10.244.0.2", "10.0.0.10", "10.0.0.11", "10.96.0.1", "127.0.0.1", "9.9.9.9", "fd00::5", "::ffff:10.244.0.1")
	chaosNodes = []string{"a", "b", "c"}
	chaosPods  = []string{"p1", "p2", "p3", "p4"}
	chaosPorts = []uint16{0, 53, 443, 30080}
)

func pick[T any](c chaos, label string, of []T) T { return rapid.SampledFrom(of).Draw(c.t, label) }

func (c chaos) agent() model.AgentID {
	return model.AgentID{Cluster: pick(c, "cluster", []string{"lab", "lab", "other"}), Node: pick(c, "node", chaosNodes)}
}

func (c chaos) moment() time.Time {
	if rapid.Bool().Draw(c.t, "open") {
		return time.Time{}
	}
	return at(rapid.IntRange(-20, 80).Draw(c.t, "second"))
}

func (c chaos) fact() model.Fact {
	agent, addr := c.agent(), pick(c, "address", chaosAddrs)
	fact := model.Fact{
		Period: model.Period{From: c.moment(), To: c.moment()}, Recorded: at(rapid.IntRange(0, 5).Draw(c.t, "recorded")),
		Source: pick(c, "source", []string{"kubernetes/lab", "agent/a", "agent/b", "file/x", "cloud/aws"}), Key: pick(c, "key", chaosPods),
	}
	switch pick(c, "kind", []model.FactKind{model.FactPod, model.FactPod, model.FactPod, model.FactNode, model.FactService, model.FactEndpoint, model.FactRoute}) {
	case model.FactNode:
		fact.Kind, fact.Key = model.FactNode, agent.Node
		fact.Node = &model.NodeFact{Cluster: agent.Cluster, Name: agent.Node, Addrs: []netip.Addr{addr}, Place: model.Place{Zone: "z" + agent.Node}, Subnet: pick(c, "subnet", []string{"", "s"})}
	case model.FactService:
		fact.Kind, fact.Service = model.FactService, &model.ServiceFact{Cluster: agent.Cluster, Name: "svc", Addrs: []netip.Addr{addr}}
	case model.FactEndpoint:
		fact.Kind, fact.Endpoint = model.FactEndpoint, &model.EndpointFact{Class: pick(c, "class", []string{"s3", "internet"}), Name: fact.Key, CIDRs: []netip.Prefix{netip.PrefixFrom(addr.Unmap(), rapid.SampledFrom([]int{0, 8, 32}).Draw(c.t, "bits")).Masked()}}
	case model.FactRoute:
		fact.Kind, fact.Route = model.FactRoute, &model.RouteFact{Subnet: pick(c, "of", []string{"", "s"}), Destination: netip.MustParsePrefix("0.0.0.0/0"), Path: model.Path{Kind: model.PathNAT}}
	default:
		fact.Kind = model.FactPod
		fact.Pod = &model.PodFact{Cluster: agent.Cluster, Namespace: "shop", Name: fact.Key, Node: agent.Node, Addrs: []netip.Addr{addr}, HostNetwork: rapid.Bool().Draw(c.t, "host network")}
	}
	return fact
}

func (c chaos) counts(label string) model.Counts {
	n := rapid.Uint64Range(0, 3).Draw(c.t, label)
	return model.Counts{WireBytes: 100 * n, PayloadBytes: 90 * n, Packets: n}
}

func (c chaos) row() attribution.ReportedRow {
	row := model.FlowRow{
		Local:     model.LocalEnd{Kind: model.LocalKind(rapid.IntRange(0, 2).Draw(c.t, "local")), ID: pick(c, "of", chaosPods)},
		LocalAddr: pick(c, "local address", chaosAddrs), RemoteAddr: pick(c, "remote address", chaosAddrs),
		ServerPort: pick(c, "port", chaosPorts), Protocol: model.TCP, Role: model.Role(rapid.IntRange(0, 2).Draw(c.t, "role")),
		WindowStart: at(10 * rapid.IntRange(0, 5).Draw(c.t, "window")), WindowLength: 10 * time.Second,
		Sent: c.counts("sent"), Received: c.counts("received"), Connections: rapid.Uint32Range(0, 2).Draw(c.t, "connections"),
	}
	if rapid.Bool().Draw(c.t, "dialled") {
		row.VirtualAddr, row.VirtualPort = pick(c, "virtual address", chaosAddrs), pick(c, "virtual port", chaosPorts)
	}
	return attribution.ReportedRow{Agent: c.agent(), Row: row}
}

// TestAnyHistoryIsAttributed: whatever facts and rows there are, every byte of
// every report is on a flow, or confirms one, or is known twice; and the order of
// facts and rows, and telling a fact again, make no difference.
func TestAnyHistoryIsAttributed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chaos{t}
		var facts []model.Fact
		for range rapid.IntRange(0, 12).Draw(t, "facts") {
			facts = append(facts, c.fact())
		}
		var rows []attribution.ReportedRow
		for range rapid.IntRange(0, 14).Draw(t, "rows") {
			rows = append(rows, c.row())
		}
		var coverage attribution.Coverage
		for range rapid.IntRange(0, 5).Draw(t, "covered") {
			coverage.Add(c.agent(), model.Period{From: start, To: at(60)})
		}
		flows, check := attributeAll(t, facts, &coverage, rows)

		var reported, kept uint64
		for i := range rows {
			reported += rows[i].Row.Sent.WireBytes + rows[i].Row.Received.WireBytes
		}
		for i := range flows {
			kept += flows[i].Sent.WireBytes
		}
		if kept+check.CheckBytes+check.MasqueradedBytes+check.JoinedBytes != reported {
			t.Fatalf("%d bytes on flows, %+v: want %d in all", kept, check, reported)
		}

		again := slices.Concat(facts, facts)
		againFlows, againCheck := attributeAll(t, rapid.Permutation(again).Draw(t, "facts again"), &coverage, rapid.Permutation(rows).Draw(t, "rows again"))
		if diff := cmp.Diff(flows, againFlows, cmpopts.EquateEmpty()); diff != "" || check != againCheck {
			t.Fatalf("another order, another answer: %+v and %+v\n%s", check, againCheck, diff)
		}
	})
}

func attributeAll(t *rapid.T, facts []model.Fact, coverage *attribution.Coverage, rows []attribution.ReportedRow) ([]attribution.AttributedFlow, attribution.Check) {
	index, err := attribution.NewIndex(facts)
	if err != nil {
		t.Fatal(err)
	}
	return attribution.Attribute(index, coverage, rows)
}
