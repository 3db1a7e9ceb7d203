package incidentbench

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// Part is what one pair of ends has of an incident's cost, as shares of the whole.
type Part struct {
	Client, Server string
	True, Told     float64
	// How says of each direction what it was told as.
	How []string
}

// partsOf compares an incident with the truth, pair by pair, worst first.
func (w *watch) partsOf(raised *baseline.Incident, whole float64) []Part {
	const most, least = 6, 0.002
	by := map[[2]model.Identity]*Part{}
	var parts []*Part
	part := func(client, server model.Identity) *Part {
		ends := [2]model.Identity{client, server}
		if by[ends] == nil {
			by[ends] = &Part{Client: client.ID(), Server: server.ID()}
			parts = append(parts, by[ends])
		}
		return by[ends]
	}
	for ends, nano := range w.parts {
		part(ends[0], ends[1]).True = nano / whole
	}
	for i := range raised.Deviations {
		d := &raised.Deviations[i]
		if d.Scope.Kind != baseline.ScopeFlow {
			continue
		}
		f := d.Scope.Flow
		if f.Initiator == model.InitiatorDestination {
			f.Source, f.Destination = f.Destination, f.Source
		}
		p := part(f.Source, f.Destination)
		told := (inNano(d.Cost) - inNano(d.ExpectedCost)) / whole
		p.Told += told
		p.How = append(p.How, fmt.Sprintf("%s %s minor=%t since %d until %d: %.4f", d.Scope.Flow.Initiator, d.Kind, d.Minor, d.Since-w.first-before, d.Until, told))
	}
	slices.SortFunc(parts, func(a, b *Part) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Told-b.True), math.Abs(a.Told-a.True)), cmp.Compare(a.Client+a.Server, b.Client+b.Server))
	})
	var worst []Part
	for _, p := range parts {
		if len(worst) < most && math.Abs(p.Told-p.True) > least {
			worst = append(worst, *p)
		}
	}
	return worst
}
