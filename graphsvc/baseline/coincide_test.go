package baseline_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// follow observes minutes and returns the incidents by id, as they were last told.
func follow(tb rapid.TB, d *baseline.Detector, from, to model.Minute, of func(model.Minute) []model.PricedEdge) map[string]baseline.Incident {
	tb.Helper()
	var tracker baseline.Tracker
	told := map[string]baseline.Incident{}
	for m := from; m < to; m++ {
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: of(m)})
		if err != nil {
			tb.Fatal(err)
		}
		changed, err := tracker.Track(m, found)
		if err != nil {
			tb.Fatal(err)
		}
		for _, incident := range changed {
			told[incident.ID] = incident
		}
	}
	return told
}

// TestPriceAndVolumeAtOneMinute: whatever a flow grows by in the minute in which prices
// change, one incident costs what was paid beyond the usual bytes at the old price.
func TestPriceAndVolumeAtOneMinute(t *testing.T) {
	key := crossing(workload("web"), workload("api"))
	rapid.Check(t, func(t *rapid.T) {
		from := monday + model.Minute(rapid.IntRange(60, 7*24*60).Draw(t, "from"))
		times, rate := rapid.SampledFrom([]uint64{1, 3, 4, 6}).Draw(t, "times"), perGiB*rapid.Int64Range(2, 4).Draw(t, "price")
		noise := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		d := remembers(t, from-from%hour-hour)
		pass(t, d, from-from%hour-hour, from, noise)
		const lasts = 40
		usual, extra := uint64(0), 0.0
		told := follow(t, d, from, from+lasts, func(m model.Minute) []model.PricedEdge {
			bytes := daily(m, mean, noise)
			usual += bytes
			extra += float64(bytes) * (float64(times)*float64(rate) - perGiB) / perGiB
			return []model.PricedEdge{priced(t, key, m, times*bytes, rate)}
		})
		if len(told) != 1 {
			t.Fatalf("%d incidents, want one", len(told))
		}
		for _, incident := range told {
			tolerance := 0.05
			if times == 1 {
				tolerance = 0.001 // a price has no noise
			}
			near(t, "impact", func() (money.Amount, error) { return incident.Impact, nil }, uint64(math.Round(extra)), tolerance)
		}
	})
}

// TestWhatMovedCostsNothing: a client that asks another server from a minute on, for as
// much and at the same price, costs nothing more, however much it moves.
func TestWhatMovedCostsNothing(t *testing.T) {
	one, other := crossing(workload("web"), workload("api")), crossing(workload("web"), workload("api-2"))
	d, noise := learnt(t, 8, 8)
	from := monday + 8*day + 11*hour
	pass(t, d, monday+8*day, from, noise)
	told := follow(t, d, from, from+hour, func(m model.Minute) []model.PricedEdge {
		return []model.PricedEdge{priced(t, other, m, daily(m, mean, noise), perGiB)}
	})
	if len(told) > 1 {
		t.Fatalf("%d incidents, want one at most: %+v", len(told), told)
	}
	for _, incident := range told {
		moved := &incident.Deviations[0]
		if off := ratio(t, incident.Impact, moved.Cost); math.Abs(off) > 0.05 {
			t.Errorf("impact %s of %s that moved from %s to %s", incident.Impact, moved.Cost, one.Destination, other.Destination)
		}
	}
}

// TestManyTinyFlowsAreQuiet: many flows of some bytes a minute, which come and
// go, are no incident, whatever their number makes of the threshold.
func TestManyTinyFlowsAreQuiet(t *testing.T) {
	const flows = 100
	noise := rand.New(rand.NewPCG(13, 13))
	keys := make([]model.EdgeKey, flows)
	for n := range keys {
		keys[n] = crossing(workload("client-"+string(rune('a'+n%26))+string(rune('a'+n/26))), workload("api"))
	}
	told := follow(t, detector(t), monday, monday+day+6*hour, func(m model.Minute) (edges []model.PricedEdge) {
		for _, key := range keys {
			if noise.IntN(3) == 0 {
				edges = append(edges, priced(t, key, m, uint64(math.Exp(8*noise.Float64())), perGiB))
			}
		}
		return edges
	})
	if len(told) > 0 {
		t.Errorf("%d incidents of flows of less than 3 KB a minute: %+v", len(told), told)
	}
}

// TestGrowthAfterAPriceChangeIsSeen: another price does not hide that the flow grows some
// hours later, and neither hides what the other cost.
func TestGrowthAfterAPriceChangeIsSeen(t *testing.T) {
	key := crossing(workload("web"), workload("api"))
	d, noise := learnt(t, 10, 8)
	dearer, grew := monday+8*day+9*hour, monday+8*day+14*hour
	pass(t, d, monday+8*day, dearer, noise)
	extra := 0.0
	told := follow(t, d, dearer, grew+hour, func(m model.Minute) []model.PricedEdge {
		usual, times := daily(m, mean, noise), uint64(1)
		if m >= grew {
			times = 5
		}
		extra += float64(usual) * (float64(times)*2 - 1)
		return []model.PricedEdge{priced(t, key, m, times*usual, 2*perGiB)}
	})
	kinds, total := map[baseline.Kind]int{}, 0.0
	for _, incident := range told {
		kinds[incident.Kind]++
		nano, _ := incident.Impact.Nano()
		total += float64(nano)
		if incident.Kind != baseline.KindPrice && incident.Detected > grew+3 {
			t.Errorf("%s was seen at %s, want %s", incident.Kind, incident.Detected, grew+2)
		}
	}
	if len(told) != 2 || kinds[baseline.KindPrice] != 1 {
		t.Fatalf("%v, want a change of the price and a growth", kinds)
	}
	if off := total/(extra*perGiB/(1<<30)) - 1; math.Abs(off) > 0.05 {
		t.Errorf("together they cost %.1f %% more than was paid beyond the usual", 100*off)
	}
}
