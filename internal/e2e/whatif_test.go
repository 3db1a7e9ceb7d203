//go:build linux

package e2e_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/testkit"
)

// TestCounterfactualsInTheLab: what is recommended for a lab is done to it, the same
// work is run again, and what agents then measure between the ends concerned costs as
// much less as was predicted, within 3 per cent.
func TestCounterfactualsInTheLab(t *testing.T) {
	testkit.Require(t, "lab", lab.Preflight())
	testkit.Require(t, "bpf", probeWorks())
	before := measured(t, wastefulPlan())
	for _, test := range []struct {
		kind   whatif.Kind
		change func(*lab.Plan)
	}{
		{whatif.GatewayEndpoint, func(p *lab.Plan) { p.Gateways = []lab.GatewayEndpoint{{ID: "vpce-s3", Class: "s3"}} }},
		{whatif.InterfaceEndpoint, func(p *lab.Plan) {
			p.Gateways = []lab.GatewayEndpoint{{ID: "vpce-ecr", Class: "ecr", Interface: true}}
		}},
		{whatif.NATPerZone, func(p *lab.Plan) { p.NATs = append(p.NATs, lab.NATPlan{ID: "nat-b", Zone: zoneB}) }},
		{whatif.SameZoneRouting, func(p *lab.Plan) { workloadOf(p, "shop/api").SameZone = true }},
		{whatif.CoLocation, func(p *lab.Plan) { workloadOf(p, "shop/report").Nodes = []string{nodeB} }},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			plan := wastefulPlan()
			test.change(&plan)
			checkSaving(t, test.kind, before, measured(t, plan))
		})
	}
}

// checkSaving compares the saving predicted from what was measured before with
// what was measured after. Hours of gateways are not measured: they are left out.
func checkSaving(t *testing.T, kind whatif.Kind, before, after *whatif.Topology) {
	t.Helper()
	proposals := slices.DeleteFunc(whatif.Propose(before), func(p whatif.Proposal) bool { return p.Kind != kind })
	if len(proposals) != 1 {
		t.Fatalf("%d proposals of kind %s, want 1", len(proposals), kind)
	}
	outcome, err := before.Evaluate(&proposals[0].Change)
	if err != nil {
		t.Fatal(err)
	}
	predicted := inNano(t, outcome.Saving) + inNano(t, outcome.AddedStanding) - inNano(t, outcome.RemovedStanding)
	concerned := pairsOf(outcome.Edges)
	seen := transfers(t, before, concerned) - transfers(t, after, concerned)
	off := predicted/seen - 1
	t.Logf("%s: predicted %.0f, measured %.0f nano-USD: %+.2f %%", proposals[0].Title, predicted, seen, 100*off)
	const most = 0.03
	if !(math.Abs(off) <= most) || seen <= 0 {
		t.Errorf("predicted %.0f nano-USD, measured %.0f: %+.2f %% off", predicted, seen, 100*off)
	}
	// Nothing else became dearer by it, either.
	whole, all := transfers(t, before, nil), transfers(t, before, nil)-transfers(t, after, nil)
	if math.Abs(predicted-all) > most*whole {
		t.Errorf("predicted %.0f nano-USD, measured %.0f of everything: the difference is more than %.0f %% of all that was paid, %.0f", predicted, all, 100*most, whole)
	}
	if left, err := after.Evaluate(&proposals[0].Change); err != nil || left.Bytes > 0 {
		t.Errorf("after the change %d bytes still go as before: %v", left.Bytes, err)
	}
}

// wastefulPlan is two nodes in two zones with one NAT gateway and no endpoint.
func wastefulPlan() lab.Plan {
	shop := lab.ShopPlan()
	plan := shop
	plan.Nodes, plan.Registry, plan.Gateways = shop.Nodes[:2], lab.Registry{}, nil
	deployment := func(name, node string, calls ...lab.Call) lab.Workload {
		return lab.Workload{Ref: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: name}, Image: name + ":1", Nodes: []string{node}, Calls: calls}
	}
	api, db := *workloadOf(&shop, "data/orders-db"), *workloadOf(&shop, "data/orders-db")
	api.Ref, api.Nodes, api.Calls = model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "api"}, []string{nodeA, nodeB}, nil
	api.ServiceAddr = workloadOf(&shop, "shop/cart").ServiceAddr
	db.Nodes, db.Calls = []string{nodeB}, nil
	const https, postgres = 443, 5432
	plan.Workloads = []lab.Workload{
		api, db,
		deployment("web", nodeB, workOf("s3", https, workload.HTTP), workOf("ecr", https, workload.HTTP)),
		deployment("front", nodeA, workOf("shop/api", postgres, workload.RPC)),
		deployment("report", nodeA, workOf("data/orders-db", postgres, workload.RPC)),
	}
	return plan
}

func workloadOf(plan *lab.Plan, key string) *lab.Workload {
	return &plan.Workloads[slices.IndexFunc(plan.Workloads, func(w lab.Workload) bool { return w.Key() == key })]
}

// The work is the same number of calls with the same answers, however fast the
// machine is.
const (
	workFlows = 4
	workCalls = 100
	workBytes = 128 << 10
)

func workOf(to string, port uint16, protocol workload.Protocol) lab.Call {
	return lab.Call{To: to, Port: port, Protocol: protocol, RequestBytes: 100, ResponseBytes: workBytes, Every: 5 * time.Millisecond, PerConnection: 1, Times: workCalls}
}

// measured runs a lab and its work, and returns what its agents saw.
func measured(t *testing.T, plan lab.Plan) *whatif.Topology {
	t.Helper()
	rig := &natRig{binary: binaryOf(t), batches: batchKeeper{batches: map[model.BatchKey]model.Batch{}}}
	var err error
	if rig.lab, err = lab.New(lab.Config{Plan: plan, Binary: rig.binary, OneSegment: true, Idle: true}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := rig.lab.Stop(); err != nil {
			t.Errorf("stopping the lab: %v", err)
		}
	}()
	if err := rig.lab.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	rig.facts = rig.lab.Inventory()
	stop := rig.startAgents(t)
	if err := rig.lab.StartCalls(); err != nil {
		t.Fatal(err)
	}
	want := uint64(workFlows * workCalls * workBytes)
	eventually(t, patience, "the work is done and counted", func() error {
		got := uint64(0)
		_, flows, _ := rig.attributed(t)
		for _, flow := range flows {
			if flow.Key.Initiator == model.InitiatorDestination {
				got += flow.Sent.PayloadBytes
			}
		}
		if got < want {
			return fmt.Errorf("%d bytes of answers are counted, want %d", got, want)
		}
		return nil
	})
	stop()
	return topologyOf(t, rig.attribute(t), rig.facts)
}

// topologyOf sums flows up, whatever minute they were in: a sum costs what its
// parts cost.
func topologyOf(t *testing.T, flows []attribution.AttributedFlow, facts []model.Fact) *whatif.Topology {
	t.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	day := whatif.Day{From: flows[0].Minute, To: flows[0].Minute + 1, Minutes: 1}
	for i := range flows {
		edge := model.EdgeMinute{Minute: day.From, Key: flows[i].Key, Sent: flows[i].Sent, Connections: flows[i].Connections}
		edge.Key.SourceRevision, edge.Key.DestinationRevision = "", ""
		day.Edges = append(day.Edges, edge)
	}
	topology := whatif.Topology{Book: book, Days: []whatif.Day{day}, Pods: podsByZone(facts)}
	merged := topology.Apply(&whatif.Change{})
	return &merged
}

// podsByZone are the pods that run at the end.
func podsByZone(facts []model.Fact) map[model.Identity][]whatif.Placement {
	zones, pods := map[string]string{}, map[model.Identity][]whatif.Placement{}
	for i := range facts {
		if node := facts[i].Node; node != nil {
			zones[node.Name] = node.Place.Zone
		}
	}
	for i := range facts {
		if pod := facts[i].Pod; pod != nil && facts[i].Period.To.IsZero() {
			id := pod.Workload.In(pod.Cluster)
			pods[id] = append(pods[id], whatif.Placement{Zone: zones[pod.Node], Pods: 1})
		}
	}
	return pods
}

// ends are who sends to whom, by whatever way.
type ends struct{ source, destination model.Identity }

func pairsOf(keys []model.EdgeKey) map[ends]bool {
	pairs := map[ends]bool{}
	for i := range keys {
		pairs[ends{keys[i].Source, keys[i].Destination}] = true
	}
	return pairs
}

// transfers is what the bytes between some ends, nil for all, cost at list prices, in
// nano-USD. A change is judged by the ends that it concerns: what TCP sends twice and
// acknowledges differs between two runs of the same work by a per cent or two of all
// of it, which is more than three per cent of a small change.
func transfers(t *testing.T, topology *whatif.Topology, between map[ends]bool) float64 {
	t.Helper()
	var edges []model.EdgeMinute
	for i := range topology.Days[0].Edges {
		if e := &topology.Days[0].Edges[i]; between == nil || between[ends{e.Key.Source, e.Key.Destination}] {
			edges = append(edges, *e)
		}
	}
	statement, _, err := pricing.Price(topology.Book, pricing.List, edges, nil)
	if err != nil {
		t.Fatal(err)
	}
	return inNano(t, statement.Total)
}

func inNano(t *testing.T, a money.Amount) float64 {
	t.Helper()
	const nano = 1e9
	var units float64
	if _, err := fmt.Sscan(a.Decimal(), &units); err != nil {
		t.Fatal(err)
	}
	return units * nano
}
