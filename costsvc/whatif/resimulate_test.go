package whatif_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
)

const resimulated = 5 // minutes

// TestCounterfactualsAreResimulations: on generated clusters each of five changes
// applied to what moved is, edge by edge and to the byte, what moves when the
// cluster is run again with its network built so; and it costs the same to the atom.
func TestCounterfactualsAreResimulations(t *testing.T) {
	for _, seed := range []uint64{202, 204, 239, 268, 300} { // clusters of 53 to 109 workloads
		built := incidentgen.Rules{S3: natOf(za), Registry: natOf(za)}
		before := simulate(t, seed, built)
		tried := map[whatif.Kind]bool{}
		for _, p := range whatif.Propose(before) {
			if tried[p.Kind] {
				continue
			}
			change, known := changed(built, &p, before)
			if !known {
				continue
			}
			tried[p.Kind] = true
			predicted := before.Apply(&p.Change)
			compareTopologies(t, seed, &p, &predicted, simulate(t, seed, change))
		}
		if len(tried) != 5 {
			t.Errorf("seed %d: tried %v, want five kinds", seed, tried)
		}
	}
}

func natOf(zone string) model.Path {
	return model.Path{Kind: model.PathNAT, Via: "nat-a", ViaZone: zone}
}

// changed are the rules of a network in which a proposal is followed.
func changed(r incidentgen.Rules, p *whatif.Proposal, t *whatif.Topology) (incidentgen.Rules, bool) {
	switch p.Kind {
	case whatif.GatewayEndpoint:
		r.S3 = model.Path{Kind: model.PathGatewayEndpoint, Via: "vpce-s3"}
	case whatif.InterfaceEndpoint:
		r.Registry = model.Path{Kind: model.PathInterfaceEndpoint, Via: "vpce-ecr"}
	case whatif.NATPerZone:
		r.NATZones = map[string]bool{p.Subject: true}
	case whatif.SameZoneRouting:
		for id := range t.Pods {
			if id.ID() == p.Subject {
				r.SameZone = map[model.Identity]bool{id: true}
			}
		}
	case whatif.CoLocation:
		return homes(r, p, t)
	default:
		return r, false
	}
	return r, true
}

// homes puts the client of a co-location where its server is.
func homes(r incidentgen.Rules, p *whatif.Proposal, t *whatif.Topology) (incidentgen.Rules, bool) {
	who, with, _ := strings.Cut(p.Subject, " with ")
	client, err := model.ParseIdentity(who)
	if err != nil {
		return r, false
	}
	server, err := model.ParseIdentity(with)
	if err != nil || len(t.Pods[server]) == 0 {
		return r, false
	}
	r.Home = map[model.Identity]string{client: t.Pods[server][0].Zone}
	return r, true
}

// simulate runs a seed's cluster for some minutes in a network.
func simulate(t *testing.T, seed uint64, rules incidentgen.Rules) *whatif.Topology {
	t.Helper()
	cluster, err := incidentgen.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	if err := cluster.Build(rules); err != nil {
		t.Fatal(err)
	}
	day := whatif.Day{From: cluster.Start, To: cluster.Start + resimulated, Minutes: resimulated}
	for m := cluster.Start; m < day.To; m++ {
		traffic, err := cluster.Minute(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range traffic.Edges {
			edge := traffic.Edges[i].EdgeMinute
			edge.Minute, edge.Key.SourceRevision, edge.Key.DestinationRevision = day.From, "", ""
			day.Edges = append(day.Edges, edge)
		}
	}
	topology := whatif.Topology{Book: awsBook(t), Days: []whatif.Day{day}, Pods: placements(cluster)}
	merged := topology.Apply(&whatif.Change{})
	return &merged
}

func placements(cluster *incidentgen.Cluster) map[model.Identity][]whatif.Placement {
	zones, pods := map[string]string{}, map[model.Identity][]whatif.Placement{}
	facts := cluster.Facts()
	for i := range facts {
		if node := facts[i].Node; node != nil {
			zones[node.Name] = node.Place.Zone
		}
	}
	for i := range facts {
		pod := facts[i].Pod
		if pod == nil {
			continue
		}
		id := pod.Workload.In(pod.Cluster)
		at := slices.IndexFunc(pods[id], func(p whatif.Placement) bool { return p.Zone == zones[pod.Node] })
		if at < 0 {
			pods[id] = append(pods[id], whatif.Placement{Zone: zones[pod.Node], Pods: 1})
			continue
		}
		pods[id][at].Pods++
	}
	for _, list := range pods {
		slices.SortFunc(list, func(a, b whatif.Placement) int { return cmp.Compare(a.Zone, b.Zone) })
	}
	return pods
}

func compareTopologies(t *testing.T, seed uint64, p *whatif.Proposal, predicted, simulated *whatif.Topology) {
	t.Helper()
	bytes := map[model.EdgeKey]uint64{}
	for _, edge := range predicted.Days[0].Edges {
		bytes[edge.Key] = edge.Sent.WireBytes
	}
	wrong := 0
	for _, edge := range simulated.Days[0].Edges {
		if bytes[edge.Key] != edge.Sent.WireBytes {
			if wrong++; wrong == 1 {
				t.Errorf("seed %d, %s of %s: edge %s is predicted with %d bytes, and carries %d", seed, p.Kind, p.Subject, &edge.Key, bytes[edge.Key], edge.Sent.WireBytes)
			}
		}
		delete(bytes, edge.Key)
	}
	if len(bytes) > 0 || wrong > 0 {
		t.Errorf("seed %d, %s of %s: %d edges differ, %d are predicted and not there", seed, p.Kind, p.Subject, wrong, len(bytes))
	}
	want, got := listCost(t, simulated), listCost(t, predicted)
	if got.Total != want.Total {
		t.Errorf("seed %d, %s of %s: predicted to cost %s, costs %s", seed, p.Kind, p.Subject, got.Total, want.Total)
	}
}

func listCost(t *testing.T, topology *whatif.Topology) pricing.Statement {
	t.Helper()
	statement, _, err := pricing.Price(topology.Book, pricing.List, topology.Days[0].Edges, nil)
	if err != nil {
		t.Fatal(err)
	}
	return statement
}
