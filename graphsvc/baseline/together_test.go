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
		raised := track(t, d, from+30, func(m model.Minute) []model.PricedEdge {
			if m < from {
				return pulls(t, m, noise, 0)
			}
			return pulls(t, m, noise, crashing)
		})
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

// track observes the minutes from monday on and returns every incident as last seen.
func track(t *testing.T, d *baseline.Detector, end model.Minute, of func(model.Minute) []model.PricedEdge) map[string]baseline.Incident {
	t.Helper()
	var tracker baseline.Tracker
	raised := map[string]baseline.Incident{}
	for m := monday; m < end; m++ {
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: of(m)})
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
	return raised
}

// TestOnePriceIsOneIncident: a price that makes many small flows dearer is one
// incident, though they share no end and none matters alone.
func TestOnePriceIsOneIncident(t *testing.T) {
	const seed, hubs, each, small = 6, 4, 6, 20 * mebibyte
	d, noise, from := detector(t), rand.New(rand.NewPCG(seed, 6)), monday+3*day+10*hour
	raised := track(t, d, from+30, func(m model.Minute) []model.PricedEdge {
		rate := int64(perGiB)
		if m >= from {
			rate *= 2
		}
		edges := []model.PricedEdge{priced(t, crossing(workload("web"), workload("api")), m, daily(m, 8*mean, noise), perGiB)}
		for hub := range hubs {
			for n := range each {
				key := crossing(workload(fmt.Sprintf("hub-%d", hub)), workload(fmt.Sprintf("leaf-%d-%d", hub, n)))
				key.Path = model.Path{Kind: model.PathPeering, Via: "pcx-1"}
				edges = append(edges, priced(t, key, m, daily(m, small, noise), rate))
			}
		}
		return edges
	})
	if len(raised) != 1 {
		t.Errorf("%d incidents, want 1 (seed %d)", len(raised), seed)
	}
	for _, incident := range raised {
		if incident.Kind != baseline.KindPrice || len(incident.Deviations) < hubs*each {
			t.Errorf("%s with %d flows, want a change of prices with %d (seed %d)", incident.Kind, len(incident.Deviations), hubs*each, seed)
		}
	}
}
