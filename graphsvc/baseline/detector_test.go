package baseline_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const mean = 2000 * mebibyte // about 0.04 a minute between zones, 56 a day

// seasoned is a detector with eight days of a flow with a daily season.
func seasoned(t *testing.T) (*baseline.Detector, *rand.Rand) {
	t.Helper()
	d, noise := detector(t), rand.New(rand.NewPCG(1, 2))
	if began := run(t, d, monday, monday+8*day, noise, normal(t)); len(began) > 0 {
		t.Fatalf("eight normal days raised %+v", began)
	}
	return d, noise
}

func normal(t *testing.T) traffic {
	key := crossing(workload("web"), workload("api"))
	return func(m model.Minute, noise *rand.Rand) []model.PricedEdge {
		return []model.PricedEdge{priced(t, key, m, daily(m, mean, noise), perGiB)}
	}
}

// TestKinds: each kind is told within three minutes of its beginning, by its name.
func TestKinds(t *testing.T) {
	const from = monday + 8*day + 11*hour + 7
	usual := crossing(workload("web"), workload("api"))
	sameZone := usual
	sameZone.DestinationPlace.Zone = sameZone.SourcePlace.Zone
	outbound := crossing(workload("web"), internet)
	newcomer := crossing(workload("batch"), workload("api"))
	for _, test := range []struct {
		name string
		want baseline.Kind
		of   traffic
	}{
		{"spike", baseline.KindSpike, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, usual, m, 4*daily(m, mean, n), perGiB)}
		}},
		{"price", baseline.KindPrice, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, usual, m, daily(m, mean, n), 2*perGiB)}
		}},
		{"path", baseline.KindPath, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			nat := usual
			nat.Path = model.Path{Kind: model.PathNAT, Via: "nat-1"}
			return []model.PricedEdge{priced(t, nat, m, daily(m, mean, n), 3*perGiB)}
		}},
		{"new edge", baseline.KindNewEdge, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, usual, m, daily(m, mean, n), perGiB), priced(t, newcomer, m, mean, perGiB)}
		}},
		{"leak", baseline.KindLeak, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, usual, m, daily(m, mean, n), perGiB), priced(t, outbound, m, 300*mebibyte, 9*perGiB/2)}
		}},
		{"new destination", baseline.KindNewDestination, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			answer := outbound
			answer.Source, answer.Destination, answer.Initiator = internet, workload("web"), model.InitiatorDestination
			return []model.PricedEdge{
				priced(t, usual, m, daily(m, mean, n), perGiB), priced(t, outbound, m, 300*mebibyte, 9*perGiB/2), priced(t, answer, m, 300*mebibyte, 0),
			}
		}},
		{"free", "", func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, usual, m, daily(m, mean, n), perGiB), priced(t, sameZone, m, daily(m, mean, n), 0)}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, noise := seasoned(t)
			run(t, d, monday+8*day, from, noise, normal(t))
			began := flowsOf(run(t, d, from, from+20, noise, test.of))
			if test.want == "" {
				if len(began) > 0 {
					t.Fatalf("what costs nothing raised %+v", began)
				}
				return
			}
			if len(began) == 0 {
				t.Fatal("nothing was found")
			}
			if got := began[0]; got.Kind != test.want || got.Detected-from > 2 || got.Since != from {
				t.Errorf("found %s since %s at %s, want %s since %s", got.Kind, got.Since, got.Detected, test.want, from)
			}
		})
	}
}

func flowsOf(all []baseline.Deviation) []baseline.Deviation {
	var flows []baseline.Deviation
	for _, d := range all {
		if d.Scope.Kind == baseline.ScopeFlow {
			flows = append(flows, d)
		}
	}
	return flows
}

// TestMissingIsNotZero: a gap of hours raises nothing when it ends, and neither
// do minutes in which an agent was silent.
func TestMissingIsNotZero(t *testing.T) {
	d, noise := seasoned(t)
	if began := run(t, d, monday+8*day+5*hour, monday+9*day, noise, normal(t)); len(began) > 0 {
		t.Errorf("after a gap of five hours: %+v", began)
	}
	for m := monday + 9*day; m < monday+9*day+30; m++ {
		found, err := d.Observe(baseline.Observation{Minute: m, Partial: true})
		if err != nil || len(found) > 0 {
			t.Fatalf("a partial minute gave %+v, %v", found, err)
		}
	}
	if began := run(t, d, monday+9*day+30, monday+9*day+3*hour, noise, normal(t)); len(began) > 0 {
		t.Errorf("after half an hour of partial minutes: %+v", began)
	}
}

// TestImpactIsCounted: what a deviation cost beyond the expected is what was put in.
func TestImpactIsCounted(t *testing.T) {
	d, noise := seasoned(t)
	usual := crossing(workload("web"), workload("api"))
	from, extra := monday+8*day+10*hour, uint64(5*mean)
	run(t, d, monday+8*day, from, noise, normal(t))
	var last []baseline.Deviation
	for m := from; m < from+60; m++ {
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: []model.PricedEdge{priced(t, usual, m, daily(m, mean, noise)+extra, perGiB)}})
		if err != nil {
			t.Fatal(err)
		}
		last = flowsOf(found)
	}
	if len(last) != 1 {
		t.Fatalf("want one deviation, got %+v", last)
	}
	impact, err := last[0].Impact()
	if err != nil {
		t.Fatal(err)
	}
	put, err := money.FromBytes(60*extra, perGiB, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if off := ratio(t, impact, put); off < 0.98 || off > 1.02 {
		t.Errorf("impact %s of %s that was put in (%.4f)", impact, put, off)
	}
	if last[0].Kind != baseline.KindStep {
		t.Errorf("after an hour it is a %s, want a step", last[0].Kind)
	}
}

func ratio(t *testing.T, a, b money.Amount) float64 {
	t.Helper()
	nanoA, okA := a.Nano()
	nanoB, okB := b.Nano()
	if !okA || !okB {
		t.Fatal("amounts too large to compare")
	}
	return float64(nanoA) / float64(nanoB)
}

// TestSameMinutesSameAnswer: the detector is deterministic.
func TestSameMinutesSameAnswer(t *testing.T) {
	answer := func() string {
		d, noise := detector(t), rand.New(rand.NewPCG(7, 7))
		began := run(t, d, monday, monday+2*day, noise, func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			factor := uint64(1)
			if m > monday+day+600 {
				factor = 6
			}
			return []model.PricedEdge{
				priced(t, crossing(workload("a"), workload("b")), m, factor*daily(m, mean, n), perGiB),
				priced(t, crossing(workload("b"), s3), m, daily(m, mean, n), perGiB),
			}
		})
		return fmt.Sprintf("%+v", began)
	}
	if first, second := answer(), answer(); first != second || first == "[]" {
		t.Errorf("two answers to one question:\n%s\n%s", first, second)
	}
}

func TestMinutesComeInOrder(t *testing.T) {
	d := detector(t)
	if _, err := d.Observe(baseline.Observation{Minute: monday}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Observe(baseline.Observation{Minute: monday}); err == nil {
		t.Error("a minute was taken twice")
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for name, change := range map[string]func(*baseline.Settings){
		"no budget":         func(s *baseline.Settings) { s.FalseAlarmsPerMonth = 0 },
		"negative impact":   func(s *baseline.Settings) { s.MinImpactPerDay = money.FromNano(-1) },
		"more than all":     func(s *baseline.Settings) { s.MinImpactPermille = 1001 },
		"normal at once":    func(s *baseline.Settings) { s.AcceptAfter = 0 },
		"budget of nothing": func(s *baseline.Settings) { s.FalseAlarmsPerMonth = -1 },
	} {
		settings := baseline.DefaultSettings()
		change(&settings)
		if _, err := baseline.NewDetector(settings); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestYoungGraph: a few minutes of past are enough to see that a flow grows 60
// times as large, and too few to mistake a doubling for anything.
func TestYoungGraph(t *testing.T) {
	d, noise := detector(t), rand.New(rand.NewPCG(3, 3))
	key := crossing(workload("search"), workload("catalog"))
	young := func(factor uint64) traffic {
		return func(m model.Minute, n *rand.Rand) []model.PricedEdge {
			return []model.PricedEdge{priced(t, key, m, factor*daily(m, 3*mebibyte, n), perGiB)}
		}
	}
	if began := run(t, d, monday, monday+6, noise, young(1)); len(began) > 0 {
		t.Fatalf("six minutes of the usual: %+v", began)
	}
	began := flowsOf(run(t, d, monday+6, monday+10, noise, young(60)))
	if len(began) != 1 || began[0].Since != monday+6 || began[0].Basis != baseline.BasisNone {
		t.Errorf("found %+v, want one since %s", began, monday+6)
	}
}
