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

// TestAnIncidentWithMissingMinutes: whichever of its minutes are missing or partial, an
// incident begins with the first of them that was seen, cost what those cost that were
// seen, and costs as much a day as it would with all of them.
func TestAnIncidentWithMissingMinutes(t *testing.T) {
	usual := crossing(workload("web"), workload("api"))
	const lasts, extra = 60, 5 * uint64(mean)
	rapid.Check(t, func(t *rapid.T) {
		from := monday + model.Minute(rapid.IntRange(60, 7*24*60).Draw(t, "from"))
		d, noise := remembers(t, from-from%hour-hour), rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 11))
		pass(t, d, from-from%hour-hour, from, noise)
		missing := rapid.SliceOfN(rapid.SampledFrom([]string{"", "", "missing", "partial"}), lasts, lasts).Draw(t, "minutes")
		var last baseline.Deviation
		var first model.Minute
		seen, open, unseen := uint64(0), 0, 0
		for n, how := range missing {
			if unseen++; unseen == 10 {
				how = "" // what was seen before ten missing minutes is evidence no more: a test of its own
			}
			if how == "" {
				unseen = 0
			}
			minute := from + model.Minute(n)
			edges := []model.PricedEdge{priced(t, usual, minute, daily(minute, mean, noise)+extra, perGiB)}
			if how == "missing" {
				continue
			}
			found, err := d.Observe(baseline.Observation{Minute: minute, Edges: edges, Partial: how == "partial"})
			if err != nil {
				t.Fatal(err)
			}
			if how == "partial" {
				continue
			}
			if seen++; first == 0 {
				first = minute
			}
			if flows := flowsOf(found); len(flows) > 0 {
				last, open = flows[0], len(flows)
			}
		}
		if seen < 10 {
			return // too few to say more than that
		}
		if open != 1 || last.Since != first {
			t.Fatalf("%d deviations, the last since %s: want one since %s", open, last.Since, first)
		}
		near(t, "impact", last.Impact, seen*extra, 0.05)
		near(t, "impact a day", last.ImpactPerDay, uint64(day)*extra, 0.05)
	})
}

// TestTwoMinutesBeforeALongGapAreNoEvidence: three minutes in a row are what it takes, and
// none of them lies before a gap of hours.
func TestTwoMinutesBeforeALongGapAreNoEvidence(t *testing.T) {
	d, noise := learnt(t, 6, 8)
	key := crossing(workload("web"), workload("api"))
	grown := func(m model.Minute, n *rand.Rand) []model.PricedEdge {
		return []model.PricedEdge{priced(t, key, m, 6*daily(m, mean, n), perGiB)}
	}
	from, back := monday+8*day, monday+8*day+3*hour
	began := flowsOf(append(run(t, d, from, from+2, noise, grown), run(t, d, back, back+5, noise, grown)...))
	if len(began) != 1 || began[0].Since != back || began[0].Detected != back+2 || began[0].Minutes() != 3 {
		t.Errorf("two minutes before a gap and five after it: %+v, want one since %s", began, back)
	}
}

// remembers is a detector that was given fourteen normal days of a flow before a full hour.
func remembers(tb rapid.TB, until model.Minute) *baseline.Detector {
	tb.Helper()
	d, noise := detector(tb), rand.New(rand.NewPCG(12, 11))
	var hours []baseline.Hour
	key := crossing(workload("web"), workload("api"))
	for start := until - 14*day; start < until; start += hour {
		bytes, cost := make([]float32, hour), make([]float32, hour)
		for n := range bytes {
			carried := float32(daily(start+model.Minute(n), mean, noise))
			bytes[n], cost[n] = carried, carried*perGiB/(1<<30)
		}
		past := baseline.Hour{Flow: baseline.FlowOf(&key), Start: start}
		past.Bytes, _ = baseline.ShapeOf(bytes)
		past.Cost, _ = baseline.ShapeOf(cost)
		hours = append(hours, past)
	}
	if err := d.Seed(hours); err != nil {
		tb.Fatal(err)
	}
	return d
}

// learnt is a detector that knows some normal days of a flow.
func learnt(tb rapid.TB, seed uint64, days int) (*baseline.Detector, *rand.Rand) {
	tb.Helper()
	d, noise := detector(tb), rand.New(rand.NewPCG(seed, 11))
	pass(tb, d, monday, monday+model.Minute(days)*day, noise)
	return d, noise
}

// pass lets normal minutes pass.
func pass(tb rapid.TB, d *baseline.Detector, from, to model.Minute, noise *rand.Rand) {
	tb.Helper()
	key := crossing(workload("web"), workload("api"))
	for m := from; m < to; m++ {
		if _, err := d.Observe(baseline.Observation{Minute: m, Edges: []model.PricedEdge{priced(tb, key, m, daily(m, mean, noise), perGiB)}}); err != nil {
			tb.Fatal(err)
		}
	}
}

func near(tb rapid.TB, what string, of func() (money.Amount, error), bytes uint64, tolerance float64) {
	tb.Helper()
	got, err := of()
	if err != nil {
		tb.Fatal(err)
	}
	want, err := money.FromBytes(bytes, perGiB, 1<<30)
	if err != nil {
		tb.Fatal(err)
	}
	high, _ := got.Nano()
	wanted, _ := want.Nano()
	if off := math.Abs(float64(high)/float64(wanted) - 1); off > tolerance {
		tb.Fatalf("%s is %s, want %s: %.1f %% off", what, got, want, 100*off)
	}
}

// TestALevelOfBeforeAGapIsOld: how high a flow stood before the service was down for
// hours says nothing of it afterwards.
func TestALevelOfBeforeAGapIsOld(t *testing.T) {
	key := crossing(workload("web"), workload("api"))
	for _, level := range []float64{0.5, 1.7} {
		d, noise := learnt(t, 5, 8)
		at := monday + 8*day + 8*hour
		pass(t, d, monday+8*day, at, noise)
		for n := range 4 * hour { // slowly, as no incident does
			now := 1 + (level-1)*min(1, float64(n)/float64(2*hour))
			edge := priced(t, key, at+n, uint64(now*float64(daily(at+n, mean, noise))), perGiB)
			if _, err := d.Observe(baseline.Observation{Minute: at + n, Edges: []model.PricedEdge{edge}}); err != nil {
				t.Fatal(err)
			}
		}
		back := at + 12*hour
		if began := run(t, d, back, back+hour, noise, normal(t)); len(began) > 0 {
			t.Errorf("at %.1f times the usual before a gap of 8 hours, as usual after it: %+v", level, began)
		}
	}
}

// TestAnHourEndsWithoutItsLastMinute: an hour whose last minute was partial is learnt
// like every other, and not together with the next.
func TestAnHourEndsWithoutItsLastMinute(t *testing.T) {
	d, noise := detector(t), rand.New(rand.NewPCG(4, 4))
	key := crossing(workload("web"), workload("api"))
	for m := monday; m < monday+4*day; m++ {
		o := baseline.Observation{Minute: m, Edges: []model.PricedEdge{priced(t, key, m, daily(m, mean, noise), perGiB)}, Partial: m%hour == hour-1}
		if _, err := d.Observe(o); err != nil {
			t.Fatal(err)
		}
	}
	began := flowsOf(run(t, d, monday+4*day, monday+4*day+5, noise, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
		return []model.PricedEdge{priced(t, key, m, 6*daily(m, mean, n), perGiB)}
	}))
	if len(began) != 1 || began[0].Basis != baseline.BasisHourOfDay {
		t.Errorf("after four days with a partial minute at the end of each hour: %+v, want one by the hour of the day", began)
	}
}

// TestWhatComesAndGoesIsOneIncident: a flow that grows for twenty minutes out of every
// thirty is one incident and not one each time.
func TestWhatComesAndGoesIsOneIncident(t *testing.T) {
	d, noise := learnt(t, 9, 8)
	key := crossing(workload("web"), workload("api"))
	var tracker baseline.Tracker
	raised := map[string]int{}
	for m := monday + 8*day; m < monday+8*day+4*hour; m++ {
		bytes := daily(m, mean, noise)
		if m%30 < 18 {
			bytes *= 6
		}
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: []model.PricedEdge{priced(t, key, m, bytes, perGiB)}})
		if err != nil {
			t.Fatal(err)
		}
		changed, err := tracker.Track(m, found)
		if err != nil {
			t.Fatal(err)
		}
		for _, incident := range changed {
			raised[incident.ID]++
		}
	}
	if len(raised) != 1 {
		t.Errorf("%d incidents, want 1: %v", len(raised), raised)
	}
}
