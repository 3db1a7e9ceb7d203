package baseline_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestWhatClimbsIsOneSlowBurn: a growth of some ten per cent an hour is one incident
// whose cost counts from about its beginning, also where the minutes notice it before
// the hours do, and took it for a step.
func TestWhatClimbsIsOneSlowBurn(t *testing.T) {
	for _, anHour := range []float64{1.2, 1.35, 1.6} {
		const seed = 7
		noise := rand.New(rand.NewPCG(seed, 1))
		d, begins := detector(t), monday+15*day
		key := crossing(workload("web"), workload("db"))
		var tracker baseline.Tracker
		var extra money.Accumulator
		raised := map[string]baseline.Incident{}
		for m := monday; m < begins+10*hour; m++ {
			usual := daily(m, 80*mebibyte, noise)
			bytes := usual
			if m >= begins {
				bytes = uint64(float64(usual) * math.Pow(anHour, float64(m-begins)/float64(hour)))
			}
			edge := priced(t, key, m, bytes, perGiB)
			if m >= begins {
				extra.Add(priced(t, key, m, bytes-usual, perGiB).Cost)
			}
			found, err := d.Observe(baseline.Observation{Minute: m, Edges: []model.PricedEdge{edge}})
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
		truth, err := extra.Amount()
		if err != nil {
			t.Fatal(err)
		}
		if len(raised) != 1 {
			t.Errorf("%.2f an hour: %d incidents, want 1 (seed %d)", anHour, len(raised), seed)
		}
		for _, incident := range raised {
			low, high := scaled(t, truth, 90), scaled(t, truth, 110)
			if incident.Kind != baseline.KindSlowBurn || incident.Impact.Cmp(low) < 0 || incident.Impact.Cmp(high) > 0 {
				t.Errorf("%.2f an hour: %s of %s, want a slow burn of %s within a tenth (seed %d)", anHour, incident.Kind, incident.Impact, truth, seed)
			}
		}
	}
}

func scaled(t *testing.T, a money.Amount, percent uint64) money.Amount {
	t.Helper()
	part, err := a.Scale(percent, 100)
	if err != nil {
		t.Fatal(err)
	}
	return part
}
