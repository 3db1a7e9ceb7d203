package baseline

import "github.com/egressor/egressor/internal/model"

// takes reports whether a deviation belongs to the incident. A change of prices
// is one, however much later something moves that it made dearer.
func (i *Incident) takes(d *Deviation) bool {
	for n := range i.Deviations {
		member := &i.Deviations[n]
		if member.returns(d) || member.Kind == KindPrice && d.Kind == KindPrice || apart(member.Since, d.Since) <= within(member, d) && related(member, d) {
			return true
		}
	}
	return false
}

// returns reports whether a deviation is one of the same series that ended a moment
// before.
func (d *Deviation) returns(as *Deviation) bool {
	return d.Until != 0 && d.Scope == as.Scope && as.Since >= d.Until && as.Since-d.Until <= patience
}

// within is how far apart two deviations of one incident may begin, in minutes: the
// two directions of one growth cross their thresholds at their own times, those of a
// slow one hours apart; what fell because of something fell with it.
func within(a, b *Deviation) model.Minute {
	const (
		slow       = 4 * minutesPerHour
		directions = minutesPerHour
		falls      = 5
	)
	both := a.Scope.Kind == ScopeFlow && b.Scope.Kind == ScopeFlow && a.Scope.Flow.Source == b.Scope.Flow.Destination && a.Scope.Flow.Destination == b.Scope.Flow.Source
	switch {
	case both && (a.Kind == KindSlowBurn || b.Kind == KindSlowBurn):
		return slow
	case a.Kind == KindFall || b.Kind == KindFall:
		return falls
	case both:
		return directions
	default:
		return mergeWithin
	}
}

func apart(a, b model.Minute) model.Minute { return max(a-b, b-a) }

// related reports whether two deviations can have one cause by the graph: a
// shared workload or node, or the same kind of change at almost the same time on
// ways that share a gateway or an endpoint, or prices that moved together.
func related(a, b *Deviation) bool {
	if a.Kind == KindPrice && b.Kind == KindPrice {
		return true
	}
	if a.Scope.Kind != ScopeFlow || b.Scope.Kind != ScopeFlow {
		return touches(a.Scope, b.Scope)
	}
	const together = 2
	for _, x := range ends(a.Scope.Flow) {
		for _, y := range ends(b.Scope.Flow) {
			if x != y {
				continue
			}
			if x.Kind == model.KindWorkload || a.Kind == b.Kind && apart(a.Since, b.Since) <= together {
				return true
			}
		}
	}
	return a.Kind == KindPath && b.Kind == KindPath && apart(a.Since, b.Since) <= together
}

func ends(f Flow) [2]model.Identity { return [2]model.Identity{f.Source, f.Destination} }

// touches reports whether a sum contains a flow, or says nothing of its own.
func touches(a, b Scope) bool {
	if a.Kind != ScopeFlow {
		a, b = b, a
	}
	if a.Kind != ScopeFlow {
		return true // two sums at one time
	}
	switch b.Kind {
	case ScopeWorkload, ScopeEndpoint:
		return a.Flow.Source.ID() == b.Name || a.Flow.Destination.ID() == b.Name
	default:
		return true // classes and charge codes sum over everything
	}
}
