package whatif_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestSavingsAddUp: on random topologies the savings of a plan add up to the cost
// before less the cost after, to the atom, and no kind that measurement backs
// changes how many bytes there are.
func TestSavingsAddUp(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(rt *rapid.T) {
		topology := randomTopology(rt, book)
		before, err := topology.Cost()
		if err != nil {
			rt.Fatal(err)
		}
		chosen, final, err := whatif.Plan(*topology, whatif.Propose(topology), money.Amount{}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		after, err := final.Cost()
		if err != nil {
			rt.Fatal(err)
		}
		want, err := before.Sub(after)
		if err != nil {
			rt.Fatal(err)
		}
		var sum money.Accumulator
		for _, r := range chosen {
			if r.Saving.Sign() <= 0 {
				rt.Fatalf("%s saves %s and was chosen", r.Title, r.Saving)
			}
			sum.Add(r.Saving)
			addUp(rt, &r)
			if !measured(r.Kind) {
				continue
			}
			changed := topology.Apply(&r.Change)
			if was, is := bytesOf(topology), bytesOf(&changed); was != is {
				rt.Fatalf("%s: %d bytes became %d", r.Title, was, is)
			}
		}
		got, err := sum.Amount()
		if err != nil || got != want {
			rt.Fatalf("savings add up to %s, the topology got cheaper by %s (%v)", got, want, err)
		}
	})
}

// addUp checks a recommendation edge by edge: with what stands by the hour its shifts
// add up to what it says, to the atom, each edge once.
func addUp(rt *rapid.T, r *whatif.Recommendation) {
	before, after := r.RemovedStanding, r.AddedStanding
	var was, is uint64
	seen := map[model.EdgeKey]bool{}
	for _, s := range r.Shifts {
		var errs [2]error
		before, errs[0] = before.Add(s.Before.Cost)
		after, errs[1] = after.Add(s.After.Cost)
		if seen[s.Key] || errs != [2]error{} || !s.Before.Carries && !s.After.Carries {
			rt.Fatalf("%s: shift %+v is there twice, carries nothing, or its cost is too large: %v", r.Title, s, errs)
		}
		seen[s.Key] = true
		was, is = was+s.Before.Bytes, is+s.After.Bytes
	}
	if before != r.Before || after != r.After || was != r.Bytes {
		rt.Fatalf("%s: shifts take %d bytes from %s to %s, the outcome %d from %s to %s", r.Title, was, before, after, r.Bytes, r.Before, r.After)
	}
	if measured(r.Kind) && was != is {
		rt.Fatalf("%s: %d bytes became %d", r.Title, was, is)
	}
}

func measured(kind whatif.Kind) bool {
	return kind != whatif.RegistryMirror && kind != whatif.RegionalReplica && kind != whatif.Compression
}

func bytesOf(t *whatif.Topology) (sum uint64) {
	for _, day := range t.Days {
		for _, edge := range day.Edges {
			sum += edge.Sent.WireBytes
		}
	}
	return sum
}

func randomTopology(rt *rapid.T, book *pricing.Book) *whatif.Topology {
	ends := []model.Identity{deployment("web"), deployment("api"), workload("StatefulSet", "db"), {Kind: model.KindNode, Cluster: "lab", Name: "node-a"}}
	far := []model.Identity{service("s3"), service("sqs"), service("ecr"), {Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}}
	zones := []string{za, zb, "use1-az3"}
	paths := []model.Path{vpc, natHere, {Kind: model.PathInterfaceEndpoint, Via: "vpce-s3"}, {Kind: model.PathTransitGateway, Via: "tgw"}, {Kind: model.PathPublicSameRegion}}
	topology := &whatif.Topology{Book: book, Pods: map[model.Identity][]whatif.Placement{}}
	for _, end := range ends[:3] {
		for _, zone := range zones {
			topology.Pods[end] = append(topology.Pods[end], whatif.Placement{Zone: zone, Pods: rapid.IntRange(0, 3).Draw(rt, "pods")})
		}
	}
	for n := range rapid.IntRange(1, 3).Draw(rt, "days") {
		day := whatif.Day{From: minute + model.Minute(n)*1440, Minutes: rapid.Uint64Range(1, 1440).Draw(rt, "minutes")}
		day.To = day.From + 1440
		seen := map[model.EdgeKey]bool{}
		for range rapid.IntRange(0, 15).Draw(rt, "pairs") {
			from, zone := rapid.SampledFrom(ends).Draw(rt, "from"), rapid.SampledFrom(zones).Draw(rt, "zone")
			to, toZone := rapid.SampledFrom(append(ends, far...)).Draw(rt, "to"), rapid.SampledFrom(zones).Draw(rt, "to zone")
			if to.Kind == model.KindCloudEndpoint {
				toZone = ""
			}
			path := rapid.SampledFrom(paths).Draw(rt, "path")
			for _, edge := range asked(from, zone, to, toZone, path, rapid.Uint64Range(0, 1<<44).Draw(rt, "sent"), rapid.Uint64Range(0, 1<<44).Draw(rt, "received")) {
				if edge.Minute = day.From; !seen[edge.Key] {
					seen[edge.Key] = true
					day.Edges = append(day.Edges, edge)
				}
			}
		}
		topology.Days = append(topology.Days, day)
	}
	topology.Gateways = []pricing.Gateway{{Name: "nat-a", Kind: pricing.ZonalNAT, Region: region}, {Name: "nat-idle", Kind: pricing.ZonalNAT, Region: region}}
	return topology
}

// TestConflictsAreNotCountedTwice: S3 through NAT in another zone has two
// remedies; with the endpoint chosen, a NAT gateway per zone saves nothing more.
func TestConflictsAreNotCountedTwice(t *testing.T) {
	topology := oneDay(t, asked(deployment("web"), zb, service("s3"), "", natHere, 1000*gib, 0))
	chosen, _, err := whatif.Plan(*topology, whatif.Propose(topology), money.Amount{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(chosen) != 1 || chosen[0].Kind != whatif.GatewayEndpoint || shown(t, chosen[0].Saving) != "65.0000" {
		t.Errorf("chose %d, first %s saving %s; want the gateway endpoint alone, 65", len(chosen), chosen[0].Kind, chosen[0].Saving)
	}
}

// TestVerdicts: what was measured after the change decides, at the traffic of
// after, and says where the change did not reach.
func TestVerdicts(t *testing.T) {
	web, api := deployment("web"), deployment("api")
	const zc = "use1-az3"
	before := oneDay(t, asked(web, za, api, zb, vpc, 0, 60*gib), asked(web, zc, api, zb, vpc, 0, 40*gib))
	before.Pods[api] = []whatif.Placement{{Zone: za, Pods: 1}, {Zone: zb, Pods: 1}, {Zone: zc, Pods: 1}}
	r := proposalOf(t, before, whatif.SameZoneRouting)
	for _, test := range []struct {
		name   string
		after  *whatif.Topology
		pods   []whatif.Placement
		want   whatif.State
		reason string
	}{
		{"all of it, at twice the traffic", oneDay(t, asked(web, za, api, za, vpc, 0, 120*gib), asked(web, zc, api, zc, vpc, 0, 80*gib)), before.Pods[api], whatif.Effective, ""},
		{
			"one zone lost its endpoint", oneDay(t, asked(web, za, api, za, vpc, 0, 60*gib), asked(web, zc, api, zb, vpc, 0, 40*gib)),
			[]whatif.Placement{{Zone: za, Pods: 2}, {Zone: zb, Pods: 1}}, whatif.PartlyEffective, "40 GiB of use1-az3 still go the old way: the zone has no endpoint",
		},
		{
			"the routing is set and traffic still crosses", oneDay(t, asked(web, za, api, zb, vpc, 0, 60*gib), asked(web, zc, api, zb, vpc, 0, 40*gib)),
			before.Pods[api], whatif.NotEffective, "hints are missing",
		},
		{"nothing moved", oneDay(t), before.Pods[api], whatif.NoTraffic, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.after.Pods[api] = test.pods
			v, err := whatif.Judge(&r, before, test.after)
			if err != nil {
				t.Fatal(err)
			}
			if v.State != test.want || !strings.Contains(strings.Join(v.Reasons, "\n"), test.reason) {
				t.Errorf("verdict %s, realised %s of %s, %v; want %s with %q", v.State, v.Realised, v.Predicted, v.Reasons, test.want, test.reason)
			}
		})
	}
}

// TestTheSameChangeHasTheSameID whatever the order of what was observed.
func TestTheSameChangeHasTheSameID(t *testing.T) {
	one := oneDay(t, asked(deployment("web"), za, service("s3"), "", natHere, gib, 0), asked(deployment("api"), za, service("sqs"), "", natHere, gib, 0))
	other := oneDay(t, asked(deployment("api"), za, service("sqs"), "", natHere, 2*gib, 0), asked(deployment("web"), za, service("s3"), "", natHere, 3*gib, 0))
	ids := func(topology *whatif.Topology) map[string]bool {
		set := map[string]bool{}
		for _, p := range whatif.Propose(topology) {
			set[p.ID()] = true
		}
		return set
	}
	if a, b := fmt.Sprint(ids(one)), fmt.Sprint(ids(other)); a != b {
		t.Errorf("ids %s and %s", a, b)
	}
}

// TestPlanIsOver: a plan that is no longer wanted ends with the reason.
func TestPlanIsOver(t *testing.T) {
	topology := oneDay(t, asked(deployment("web"), zb, service("s3"), "", natHere, 1000*gib, 0))
	over := errors.New("over")
	if _, _, err := whatif.Plan(*topology, whatif.Propose(topology), money.Amount{}, func() error { return over }); !errors.Is(err, over) {
		t.Errorf("a plan that is over ended with %v, want %v", err, over)
	}
}
