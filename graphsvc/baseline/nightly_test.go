package baseline_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// TestANightlyBatchStaysUsual: a batch that runs for a part of an hour each night falls
// at its end each night. Its hour is learnt all the same: three weeks later it is still
// as usual.
func TestANightlyBatchStaysUsual(t *testing.T) {
	const seed, days, began, runs = 21, 24, 11*hour + 5, 35
	d, noise, start := detector(t), rand.New(rand.NewPCG(seed, 1)), monday+8*hour
	batch, web := nightly(t, d, start, perGiB), crossing(workload("web"), workload("api"))
	late := model.Minute(0)
	for _, deviation := range run(t, d, start, start+days*day, noise, func(m model.Minute, noise *rand.Rand) []model.PricedEdge {
		edges := []model.PricedEdge{priced(t, web, m, daily(m, mean, noise), perGiB)}
		if m%day == 0 {
			late = model.Minute(noise.IntN(8))
		}
		if at := m % day; at >= began+late && at < began+late+runs {
			edges = append(edges, priced(t, batch, m, uint64(mean*math.Exp(0.1*noise.NormFloat64())), perGiB))
		}
		return edges
	}) {
		if !deviation.Minor {
			t.Errorf("day %d: %s of %s, by %s (seed %d)", (deviation.Since-start)/day, deviation.Kind, deviation.Scope, deviation.Basis, seed)
		}
	}
}

// TestWhatComesEachDayIsTheSeason: something large at the same hour of each day is
// told on the first days and no more than that.
func TestWhatComesEachDayIsTheSeason(t *testing.T) {
	const seed, usual, days, most = 22, 8, 20, 6
	d, noise := detector(t), rand.New(rand.NewPCG(seed, 1))
	key := crossing(workload("web"), workload("api"))
	last := model.Minute(0)
	for n := range model.Minute(days) {
		raised := flowsOf(run(t, d, monday+n*day, monday+(n+1)*day, noise, func(m model.Minute, noise *rand.Rand) []model.PricedEdge {
			bytes := daily(m, mean, noise)
			if at := m % day; n >= usual && at >= 4*hour && at < 4*hour+50 {
				bytes *= 5
			}
			return []model.PricedEdge{priced(t, key, m, bytes, perGiB)}
		}))
		if slices.ContainsFunc(raised, func(d baseline.Deviation) bool { return !d.Minor }) {
			last = n
		}
	}
	if last < usual || last > usual+most {
		t.Errorf("told last on day %d, want one of days %d to %d (seed %d)", last, usual, usual+most, seed)
	}
}
