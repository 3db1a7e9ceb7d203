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
	// Recommendation is one by id with its shifts, made now or once; ok is false where
	// there never was one.
	Recommendation(ctx context.Context, id string) (recommendation model.Recommendation, ok bool, err error)
	// Verdicts are what became of those that were followed, the newest change first.
	Verdicts(ctx context.Context) ([]model.Verdict, error)
	// InvestigationsOf are the ids of the investigations of an incident, newest first.
	InvestigationsOf(ctx context.Context, incident string) ([]string, error)
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
	if then, ok := ctx.Value(heldKey{}).(*model.Incident); ok && then.ID == id {
		return then, nil
	}
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
// flows up, so it is seen by who sees an end of each of them, without the causes
// that are another's; a recommendation by who sees every workload that it
// concerns, and at least one.
type scopedInsights struct{ all Insights }

var _ Insights = scopedInsights{}

// Incidents reads on past what the asker may not see: a page is short only where
// there is no more.
func (s scopedInsights) Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	who := access.From(ctx)
	if who.Unscoped() {
		return s.all.Incidents(ctx, behind, limit)
	}
	var seen []model.Incident
	for {
		page, err := s.all.Incidents(ctx, behind, limit)
		if err != nil {
			return nil, err
		}
		for i := range page {
			if incident := &page[i]; seesIncident(who, incident) && len(seen) < limit {
				seen = append(seen, withoutOthersCauses(who, incident))
			}
		}
		if len(page) < limit || len(seen) == limit {
			return seen, nil
		}
		last := &page[len(page)-1]
		behind = model.IncidentPlace{Since: last.Since, ID: last.ID}
	}
}

func (s scopedInsights) Incident(ctx context.Context, id string) (model.Incident, bool, error) {
	incident, ok, err := s.all.Incident(ctx, id)
	who := access.From(ctx)
	switch {
	case err != nil || !ok || who.Unscoped():
		return incident, ok, err
	case seesIncident(who, &incident):
		return withoutOthersCauses(who, &incident), true, nil
	default:
		return model.Incident{}, false, nil
	}
}

func (s scopedInsights) Recommendations(ctx context.Context) ([]model.Recommendation, error) {
	recommendations, err := s.all.Recommendations(ctx)
	who := access.From(ctx)
	if err != nil || who.Unscoped() {
		return recommendations, err
	}
	return slices.DeleteFunc(recommendations, func(r model.Recommendation) bool {
		return !seesRecommendation(who, r.Entities)
	}), nil
}

// seesRecommendation wants one of the entities seen: one that names a gateway or
// a cloud's endpoint alone adds up everybody's bytes.
func seesRecommendation(who access.Principal, entities []string) bool {
	some := false
	for _, id := range entities {
		identity, err := model.ParseIdentity(id)
		switch {
		case err != nil:
			return false
		case sees(who, identity):
			some = true
		case identity.Kind != model.KindCloudEndpoint: // that is a shared thing at the end of what is theirs
			return false
		}
	}
	return some
}

func seesIncident(who access.Principal, i *model.Incident) bool {
	for n := range i.Anomalies {
		if a := &i.Anomalies[n]; !seesID(who, a.Source) && !seesID(who, a.Destination) {
			return false
		}
	}
	// A list that was cut does not name all that is in the sums.
	return len(i.Anomalies) > 0 && len(i.Anomalies) < model.MaxAnomalies
}

// withoutOthersCauses leaves out what another's workload did: who rolled out what
// is theirs to see, as with Deployments.
func withoutOthersCauses(who access.Principal, i *model.Incident) model.Incident {
	shown := *i
	shown.Findings = nil
	for n := range i.Findings {
		if f := &i.Findings[n]; f.Entity == "" || seesID(who, f.Entity) {
			shown.Findings = append(shown.Findings, *f)
		}
	}
	if len(shown.Findings) < len(i.Findings) {
		shown.Conclusion = "Part of the cause lies outside the scopes of who asks."
	}
	return shown
}

func seesID(who access.Principal, id string) bool {
	identity, err := model.ParseIdentity(id)
	return err == nil && sees(who, identity)
}
