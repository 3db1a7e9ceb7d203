package query

import (
	"context"
	"slices"
	"strconv"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/model"
)

// Insights answers what was found by following the graph.
type Insights interface {
	// Incidents are those behind a place in the list, newest first.
	Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error)
	// Incident is one by id; ok is false where there is none.
	Incident(ctx context.Context, id string) (incident model.Incident, ok bool, err error)
	// Recommendations are those that are made now, the most saving first.
	Recommendations(ctx context.Context) ([]model.Recommendation, error)
}

// MaxIncidents is how many incidents a page can have.
const MaxIncidents = 200

// Incidents lists incidents, newest first. One more than limit may be asked for
// by callers who want to know whether there is a next page.
func (e *Explorer) Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	if limit < 1 || limit > MaxIncidents+1 {
		return nil, badInput("ask for 1 to "+strconv.Itoa(MaxIncidents), "a page of %d incidents", limit)
	}
	if e.insights == nil {
		return nil, nil
	}
	incidents, err := e.insights.Incidents(ctx, behind, limit)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return incidents, nil
}

// Incident is one incident by id; nil where there is none.
func (e *Explorer) Incident(ctx context.Context, id string) (*model.Incident, error) {
	if e.insights == nil {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	incident, ok, err := e.insights.Incident(ctx, id)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if !ok {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	return &incident, nil
}

// Recommendations are those that are made now, the most saving first.
func (e *Explorer) Recommendations(ctx context.Context) ([]model.Recommendation, error) {
	if e.insights == nil {
		return nil, nil
	}
	recommendations, err := e.insights.Recommendations(ctx)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return recommendations, nil
}

// scopedInsights keeps to what the asker may see whole: an incident adds its
// flows up, so it is seen by who sees an end of each of them; a recommendation by
// who sees every workload that it concerns.
type scopedInsights struct{ all Insights }

var _ Insights = scopedInsights{}

// Incidents leaves out what the asker may not see; a page of it may be short.
func (s scopedInsights) Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	incidents, err := s.all.Incidents(ctx, behind, limit)
	who := access.From(ctx)
	if err != nil || who.Unscoped() {
		return incidents, err
	}
	return slices.DeleteFunc(incidents, func(i model.Incident) bool { return !seesIncident(who, &i) }), nil
}

func (s scopedInsights) Incident(ctx context.Context, id string) (model.Incident, bool, error) {
	incident, ok, err := s.all.Incident(ctx, id)
	if who := access.From(ctx); err != nil || !ok || who.Unscoped() || seesIncident(who, &incident) {
		return incident, ok, err
	}
	return model.Incident{}, false, nil
}

func (s scopedInsights) Recommendations(ctx context.Context) ([]model.Recommendation, error) {
	recommendations, err := s.all.Recommendations(ctx)
	who := access.From(ctx)
	if err != nil || who.Unscoped() {
		return recommendations, err
	}
	return slices.DeleteFunc(recommendations, func(r model.Recommendation) bool {
		return len(r.Entities) == 0 || slices.ContainsFunc(r.Entities, func(id string) bool { return !seesID(who, id) && isWorkload(id) })
	}), nil
}

func seesIncident(who access.Principal, i *model.Incident) bool {
	for n := range i.Anomalies {
		if a := &i.Anomalies[n]; !seesID(who, a.Source) && !seesID(who, a.Destination) {
			return false
		}
	}
	return len(i.Anomalies) > 0
}

func seesID(who access.Principal, id string) bool {
	identity, err := model.ParseIdentity(id)
	return err == nil && sees(who, identity)
}

func isWorkload(id string) bool {
	identity, err := model.ParseIdentity(id)
	return err == nil && identity.Kind == model.KindWorkload
}
