package baseline_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// nightly is a batch that was seen before this service was started, and hours of its
// past as a store sums them up.
func nightly(tb testing.TB, d *baseline.Detector, start model.Minute, rate int64) model.EdgeKey {
	tb.Helper()
	const days, runs = 14, 30 // minutes
	key := crossing(workload("batch"), workload("db"))
	perByte := float64(rate) / (1 << 30)
	web := crossing(workload("web"), workload("api"))
	shape := func(bytes, share float64) baseline.Shape {
		v := float32(bytes)
		return baseline.Shape{Median: v, Lower: v * 0.95, Upper: v * 1.05, Peak: v * 1.1, Mean: v * float32(share)}
	}
	var hours, batch []baseline.Hour
	for h := start - days*day; h < start; h += hour {
		usual := mean * (1 + 0.5*math.Sin(2*math.Pi*float64((h+30)%day)/float64(day)))
		hours = append(hours, baseline.Hour{Flow: baseline.FlowOf(&web), Start: h, Bytes: shape(usual, 1), Cost: shape(usual*perByte, 1)})
		at := baseline.Hour{Flow: baseline.FlowOf(&key), Start: h}
		if h%day == 11*hour {
			at.Bytes, at.Cost = shape(mean, runs/60.0), shape(mean*perByte, runs/60.0)
		}
		batch = append(batch, at)
	}
	hours = append(hours, batch...)
	if err := d.Seed(hours); err != nil {
		tb.Fatal(err)
	}
	return key
}

// TestABatchAtANewPriceIsNoGrowth: a batch that did not run since the service was
// started, and runs when prices have changed, is a part of that change: others that
// go the same way tell what it used to cost.
func TestABatchAtANewPriceIsNoGrowth(t *testing.T) {
	const seed = 7
	d, noise, start := detector(t), rand.New(rand.NewPCG(seed, 7)), monday+8*hour
	batch := nightly(t, d, start, perGiB)
	var tracker baseline.Tracker
	raised := map[string]baseline.Incident{}
	began := start + 2*hour + 40
	for m := start; m < start+4*hour; m++ {
		rate := int64(perGiB)
		if m >= began {
			rate = 2 * perGiB
		}
		edges := []model.PricedEdge{priced(t, crossing(workload("web"), workload("api")), m, daily(m, mean, noise), rate)}
		if m%day >= 11*hour+5 && m%day < 11*hour+35 {
			edges = append(edges, priced(t, batch, m, mean, rate))
		}
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: edges})
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
	if len(raised) != 1 {
		for _, incident := range raised {
			t.Logf("%s since %s: %+v", incident.Kind, incident.Since, incident.Deviations)
		}
		t.Fatalf("%d incidents, want 1 (seed %d)", len(raised), seed)
	}
	for _, incident := range raised {
		if incident.Kind != baseline.KindPrice || incident.Onset() != began {
			t.Errorf("%s from %s on, want a change of prices from %s on (seed %d)", incident.Kind, incident.Onset(), began, seed)
		}
		for i := range incident.Deviations {
			dev := &incident.Deviations[i]
			if dev.Scope.Kind == baseline.ScopeFlow && dev.Kind != baseline.KindPrice {
				t.Errorf("%s is told as %s (seed %d)", dev.Scope, dev.Kind, seed)
			}
		}
		if low := ratio(t, incident.ImpactLow, incident.Impact); low < 0.994 || low > 0.996 {
			t.Errorf("the impact of another price is known but for what is too small, and is told as %s to %s", incident.ImpactLow, incident.ImpactHigh)
		}
	}
}
