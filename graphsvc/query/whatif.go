package query

import (
	"context"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// WhatIf is what a recommendation would change of the graph, edge by edge.
type WhatIf struct {
	Recommendation model.Recommendation
	// Nodes are the ends of the shifts at their places on the map, in order of id, with
	// what of the concerned bytes goes through them now.
	Nodes []Node
	// HoursBefore and HoursAfter are the parts of Before and After that stand by the
	// hour, whatever goes through.
	HoursBefore, HoursAfter money.Amount
}

// EdgesKnown is false of one that an earlier version of Egressor searched out: it is
// told edge by edge after the next search.
func (w *WhatIf) EdgesKnown() bool {
	return len(w.Recommendation.Shifts) > 0 || w.Recommendation.Bytes == 0
}

// WhatIf tells a recommendation edge by edge, made now or once; nil where there never
// was one.
func (e *Explorer) WhatIf(ctx context.Context, id string) (*WhatIf, error) {
	if e.insights == nil {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	r, ok, err := e.insights.Recommendation(ctx, id)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if !ok {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	w := &WhatIf{Recommendation: r}
	if w.HoursBefore, w.HoursAfter, err = standingOf(&r); err != nil {
		return nil, err
	}
	now := make([]Transfer, len(r.Shifts))
	for i := range r.Shifts {
		s := &r.Shifts[i]
		now[i] = Transfer{ID: s.Key.ID(), Key: s.Key, Sent: model.Counts{WireBytes: s.Before.Bytes}, Cost: s.Before.Cost}
	}
	if w.Nodes, _, err = nodesOf(now); err != nil {
		return nil, err
	}
	if err := e.layout.Place(ctx, w.Nodes, now); err != nil {
		return nil, &Error{Code: CodeInternal, Message: "the map could not be laid out", Hint: "see the service's log", Cause: err}
	}
	return w, nil
}

// standingOf is what is left of a recommendation's sums without its shifts. Of one whose
// shifts are not known nothing is told apart: both are 0.
func standingOf(r *model.Recommendation) (before, after money.Amount, err error) {
	if len(r.Shifts) == 0 && r.Bytes > 0 {
		return before, after, nil
	}
	moved := r.Rest
	for i := range r.Shifts {
		if err := moved.Add(&r.Shifts[i]); err != nil {
			return before, after, err
		}
	}
	if before, err = r.Before.Sub(moved.Before); err != nil {
		return before, after, err
	}
	after, err = r.After.Sub(moved.After)
	return before, after, err
}

// Recommendation is seen as in the list.
func (s scopedInsights) Recommendation(ctx context.Context, id string) (model.Recommendation, bool, error) {
	r, ok, err := s.all.Recommendation(ctx, id)
	who := access.From(ctx)
	if err != nil || !ok || who.Unscoped() || seesRecommendation(who, r.Entities) {
		return r, ok, err
	}
	return model.Recommendation{}, false, nil
}
