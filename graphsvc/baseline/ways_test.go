package baseline_test

import (
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestOtherWaysAreCounted: where a workload's pods move, one flow of it becomes far
// dearer and another by a tenth, which is less than its noise; both are told, the
// second to some per cent, since what its bytes cost has no noise.
func TestOtherWaysAreCounted(t *testing.T) {
	const seed, shareBefore, shareAfter = 11, 0.5, 0.55
	d, noise, from := detector(t), rand.New(rand.NewPCG(seed, 2)), monday+4*day+10*hour
	var tracker baseline.Tracker
	var truth money.Accumulator
	var last baseline.Incident
	near, far := crossing(workload("web"), workload("api")), crossing(workload("web"), workload("api"))
	near.DestinationPlace = near.SourcePlace
	otherNear, otherFar := crossing(workload("web"), workload("db")), crossing(workload("web"), workload("db"))
	otherNear.DestinationPlace = otherNear.SourcePlace
	for m := monday; m < from+hour; m++ {
		all, other := daily(m, mean, noise), float64(daily(m, mean, noise))
		key, rate, share := near, int64(0), shareBefore
		if m >= from {
			key, rate, share = far, perGiB, shareAfter
		}
		edges := priced(t, key, m, all, rate)
		moved := priced(t, otherFar, m, uint64(other*share), perGiB)
		if m >= from {
			more, err := moved.Cost.Sub(priced(t, otherFar, m, uint64(other*shareBefore), perGiB).Cost)
			if err != nil {
				t.Fatal(err)
			}
			truth.Add(more)
		}
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: []model.PricedEdge{edges, moved, priced(t, otherNear, m, uint64(other*(1-share)), 0)}})
		if err != nil {
			t.Fatal(err)
		}
		changed, err := tracker.Track(m, found)
		if err != nil {
			t.Fatal(err)
		}
		for _, incident := range changed {
			last = incident
		}
	}
	want, err := truth.Amount()
	if err != nil {
		t.Fatal(err)
	}
	for i := range last.Deviations {
		d := &last.Deviations[i]
		if d.Scope.Kind != baseline.ScopeFlow || d.Scope.Flow.Destination != workload("db") {
			continue
		}
		impact, err := d.Impact()
		if err != nil {
			t.Fatal(err)
		}
		if got := ratio(t, impact, want); d.Kind != baseline.KindPath || d.Since != from || got < 0.9 || got > 1.1 {
			t.Errorf("%s since %s, %s of %s (seed %d)", d.Kind, d.Since, impact, want, seed)
		}
		return
	}
	t.Errorf("the flow by a tenth dearer is not in the incident: %+v (seed %d)", last, seed)
}
