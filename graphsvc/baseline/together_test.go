package baseline_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

var registry = model.Identity{Kind: model.KindCloudEndpoint, Type: "ecr", Name: "ecr", Region: "us-east-1"}

// pulls are what nodes pull from a registry in a minute beside a workload's traffic;
// so many nodes pull ten times as much.
func pulls(tb testing.TB, m model.Minute, noise *rand.Rand, crashing int) []model.PricedEdge {
	const nodes, usual, times, perNAT = 10, mebibyte, 10, 45_000_000
	edges := []model.PricedEdge{priced(tb, crossing(workload("web"), workload("api")), m, daily(m, 8*mean, noise), perGiB)}
	for n := range nodes {
		key := model.EdgeKey{
			Source: model.Identity{Kind: model.KindNode, Cluster: "lab", Name: fmt.Sprintf("node-%d", n)}, Destination: registry,
			ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorDestination, Path: model.Path{Kind: model.PathNAT, Via: "nat-a"},
		}
		bytes := daily(m, usual, noise)
		if n < crashing {
			bytes *= times
		}
		edges = append(edges, priced(tb, key, m, bytes, perNAT))
	}
	return edges
}

// TestSmallTogetherAreOne: pulls of some nodes, none of which matters beside what the
// cluster spends, are one incident when they begin together, and no incident when
// there are two.
func TestSmallTogetherAreOne(t *testing.T) {
	for crashing, want := range map[int]int{8: 1, 2: 0} {
		const seed = 5
		d, noise, from := detector(t), rand.New(rand.NewPCG(seed, 5)), monday+3*day+10*hour
		var tracker baseline.Tracker
		raised := map[string]baseline.Incident{}
		for m := monday; m < from+30; m++ {
			now := 0
			if m >= from {
				now = crashing
			}
			found, err := d.Observe(baseline.Observation{Minute: m, Edges: pulls(t, m, noise, now)})
			if err != nil {
				t.Fatal(err)
			}
			changed, err := tracker.Track(m, found)
			if err != nil {
				t.Fatal(err)
			}
			for _, incident := range changed {
				raised[incident.ID] = incident
			}
		}
		if len(raised) != want {
			t.Errorf("%d nodes: %d incidents, want %d (seed %d)", crashing, len(raised), want, seed)
		}
		for _, incident := range raised {
			if len(incident.Deviations) < crashing || incident.Detected > from+2 {
				t.Errorf("%d flows at %s, want %d at %s", len(incident.Deviations), incident.Detected, crashing, from+2)
			}
		}
	}
}
