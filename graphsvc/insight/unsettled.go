package insight

import (
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// unsettled warns of a saving among whose transfers are some of an incident that is
// still going on: what it moves is no month's usual.
func unsettled(r *model.Recommendation, open []baseline.Incident) (warnings []string) {
	for i := range open {
		if slices.ContainsFunc(open[i].Deviations, func(d baseline.Deviation) bool { return concerns(r, &d) }) {
			warnings = append(warnings, "what incident "+open[i].ID+" moves is in these figures, and it is still going on: look again when it is over")
		}
	}
	return warnings
}

// concerns reports whether both ends of a flow that carries more than usual are among
// those of a recommendation's transfers.
func concerns(r *model.Recommendation, d *baseline.Deviation) bool {
	return d.Scope.Kind == baseline.ScopeFlow && d.Kind != baseline.KindFall && !d.Minor &&
		slices.Contains(r.Entities, d.Scope.Flow.Source.ID()) && slices.Contains(r.Entities, d.Scope.Flow.Destination.ID())
}
