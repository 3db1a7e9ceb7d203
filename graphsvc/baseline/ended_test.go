package baseline_test

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// TestWhatEndedIsOver: hours in which a flow carried six times as much are one incident,
// which is told as ended once, and no slow burn after they are over.
func TestWhatEndedIsOver(t *testing.T) {
	for _, lasts := range []model.Minute{20, 70, 4 * hour, 9*hour + 20} {
		d, noise := learnt(t, 3, 8)
		key := crossing(workload("web"), workload("api"))
		var tracker baseline.Tracker
		raised, ended := map[string]bool{}, 0
		from := monday + 8*day + 9*hour + 40
		for m := monday + 8*day; m < from+lasts+5*hour; m++ {
			bytes := daily(m, mean, noise)
			if m >= from && m < from+lasts {
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
			for i := range changed {
				raised[changed[i].ID] = true
				if until := changed[i].Until; until != 0 {
					ended++
					if until < from+lasts || until > from+lasts+2 {
						t.Errorf("%d minutes: ended at %s, want %s", lasts, until, from+lasts)
					}
				}
			}
		}
		if len(raised) != 1 || ended != 1 {
			t.Errorf("%d minutes of six times as much: %d incidents, told as ended %d times, want one of each", lasts, len(raised), ended)
		}
	}
}
