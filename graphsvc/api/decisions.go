package api

import (
	"context"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func (r *Resolver) decideIncident(ctx context.Context, id string, action decision.Action, note string, key *string) (*gqlmodel.Incident, error) {
	incident, err := r.explorer.DecideIncident(ctx, id, query.Choice{Action: action, Note: note, Key: orDefault(key, "")})
	if err != nil {
		return nil, err
	}
	return r.incidentsOf([]model.Incident{*incident})[0], nil
}

func (r *Resolver) decideRecommendation(ctx context.Context, id string, action decision.Action, note string, until *time.Time, key *string) (*gqlmodel.Recommendation, error) {
	choice := query.Choice{Action: action, Note: note, Until: orDefault(until, time.Time{}), Key: orDefault(key, "")}
	made, err := r.explorer.DecideRecommendation(ctx, id, choice)
	if err != nil {
		return nil, err
	}
	return r.recommendationsOf([]model.Recommendation{*made})[0], nil
}

// incidentsOf converts the incidents of one answer: what was decided about them is
// read at once, where it is asked for.
func (r *Resolver) incidentsOf(incidents []model.Incident) []*gqlmodel.Incident {
	ids, converted := make([]string, len(incidents)), make([]*gqlmodel.Incident, len(incidents))
	for i := range incidents {
		ids[i], converted[i] = incidents[i].ID, incidentOf(&incidents[i])
	}
	decided := r.explorer.DecidedAbout(decision.Incident, ids)
	for _, incident := range converted {
		incident.Decided = decided
	}
	return converted
}

func (r *Resolver) recommendationsOf(recommendations []model.Recommendation) []*gqlmodel.Recommendation {
	ids, converted := make([]string, len(recommendations)), make([]*gqlmodel.Recommendation, len(recommendations))
	for i := range recommendations {
		ids[i], converted[i] = recommendations[i].ID, recommendationOf(&recommendations[i])
	}
	decided := r.explorer.DecidedAbout(decision.Recommendation, ids)
	for _, recommendation := range converted {
		recommendation.Decided = decided
	}
	return converted
}

func incidentStateOf(standing decision.Action) gqlmodel.IncidentState {
	switch standing {
	case decision.Acknowledged:
		return gqlmodel.IncidentStateAcknowledged
	case decision.Resolved:
		return gqlmodel.IncidentStateResolved
	default:
		return gqlmodel.IncidentStateOpen
	}
}

func recommendationStateOf(standing decision.Action) gqlmodel.RecommendationState {
	switch standing {
	case decision.Accepted:
		return gqlmodel.RecommendationStateAccepted
	case decision.Dismissed:
		return gqlmodel.RecommendationStateDismissed
	default:
		return gqlmodel.RecommendationStateOpen
	}
}

func decisionsOf(history []decision.Record) []*gqlmodel.Decision {
	converted := make([]*gqlmodel.Decision, len(history))
	for i := range history {
		h := &history[i]
		converted[i] = &gqlmodel.Decision{Action: gqlmodel.DecisionAction(strings.ToUpper(string(h.Action))), By: h.By, At: h.At, Note: h.Note}
		if !h.Until.IsZero() {
			converted[i].Until = &h.Until
		}
	}
	return converted
}

func viewOf(v *query.View) *gqlmodel.View {
	return &gqlmodel.View{ID: v.ID, Name: v.Name, State: v.State, Shared: v.Shared, Owner: v.Owner, Mine: v.Mine, SavedAt: v.SavedAt}
}
