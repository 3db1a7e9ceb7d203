package baseline

import (
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func flowDeviation(kind Kind, from, to string, initiator model.Initiator, since model.Minute) Deviation {
	end := func(name string) model.Identity {
		return model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: name}
	}
	flow := Flow{Source: end(from), Destination: end(to), ServerPort: 80, Protocol: model.TCP, Initiator: initiator}
	return Deviation{Scope: Scope{Kind: ScopeFlow, Flow: flow}, Kind: kind, Since: since}
}

// TestWhatBelongsTogether: by when they began and what they share.
func TestWhatBelongsTogether(t *testing.T) {
	const at = model.Minute(1000)
	first := flowDeviation(KindStep, "web", "db", model.InitiatorSource, at)
	for _, test := range []struct {
		name string
		d    Deviation
		want bool
	}{
		{"another flow of the workload soon after", flowDeviation(KindStep, "web", "cache", model.InitiatorSource, at+10), true},
		{"another flow of the workload much later", flowDeviation(KindStep, "web", "cache", model.InitiatorSource, at+16), false},
		{"the answers, which crossed their threshold later", flowDeviation(KindStep, "db", "web", model.InitiatorDestination, at+16), true},
		{"the answers hours later", flowDeviation(KindStep, "db", "web", model.InitiatorDestination, at+61), false},
		{"the answers hours later, of a slow growth", flowDeviation(KindSlowBurn, "db", "web", model.InitiatorDestination, at+200), true},
		{"what fell with it", flowDeviation(KindFall, "web", "cache", model.InitiatorSource, at-2), true},
		{"a batch that ended some minutes later", flowDeviation(KindFall, "job", "db", model.InitiatorSource, at+12), false},
		{"others", flowDeviation(KindStep, "a", "b", model.InitiatorSource, at), false},
	} {
		incident := Incident{Deviations: []Deviation{first}}
		if got := incident.takes(&test.d); got != test.want {
			t.Errorf("%s: belongs to it: %t, want %t", test.name, got, test.want)
		}
	}
}
