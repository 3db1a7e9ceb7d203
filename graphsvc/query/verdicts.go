package query

import (
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/model"
)

// Verdicts are what became of recommendations that were followed, the newest
// change first.
func (e *Explorer) Verdicts(ctx context.Context) ([]model.Verdict, error) {
	if e.insights == nil {
		return nil, nil
	}
	verdicts, err := e.insights.Verdicts(ctx)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return verdicts, nil
}

// Verdicts are seen by who sees the recommendations that they are about.
func (s scopedInsights) Verdicts(ctx context.Context) ([]model.Verdict, error) {
	verdicts, err := s.all.Verdicts(ctx)
	who := access.From(ctx)
	if err != nil || who.Unscoped() {
		return verdicts, err
	}
	return slices.DeleteFunc(verdicts, func(v model.Verdict) bool { return !seesRecommendation(who, v.Entities) }), nil
}
