package baseline

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestRange is worked by hand: of 100 paid instead of 60, 40 for each of two
// directions that are unsure by 10 % and drift together, and of a second conversation
// alike: 6+6 nano-units each, together 17 by the root of two, times 1.645: 28.
func TestRange(t *testing.T) {
	var incident Incident
	for _, server := range []string{"db", "cache"} {
		for _, initiator := range []model.Initiator{model.InitiatorSource, model.InitiatorDestination} {
			d := flowDeviation(KindStep, "web", server, initiator, 100)
			if initiator == model.InitiatorDestination {
				d = flowDeviation(KindStep, server, "web", initiator, 100)
			}
			d.Seen, d.Cost, d.variance = 100+minutesPerDay-1, money.FromNano(100), 0.01
			d.expect(0, 60)
			incident.Deviations = append(incident.Deviations, d)
		}
	}
	if err := incident.sum(); err != nil {
		t.Fatal(err)
	}
	for what, got := range map[string][3]money.Amount{
		"so far": {incident.ImpactLow, incident.Impact, incident.ImpactHigh},
		"a day":  {incident.ImpactPerDayLow, incident.ImpactPerDay, incident.ImpactPerDayHigh},
	} {
		want := [3]money.Amount{money.FromNano(160 - 28), money.FromNano(160), money.FromNano(160 + 28)}
		if got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
}
