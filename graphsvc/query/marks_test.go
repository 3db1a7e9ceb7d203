package query_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// lasting are incidents, newest first.
type lasting struct {
	query.Insights

	incidents []model.Incident
}

func (l lasting) Incidents(_ context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	var page []model.Incident
	for _, i := range l.incidents {
		older := behind == (model.IncidentPlace{}) || i.Since < behind.Since || i.Since == behind.Since && i.ID > behind.ID
		if older && len(page) < limit {
			page = append(page, i)
		}
	}
	return page, nil
}

func marking(revisions []model.Fact, incidents []model.Incident) *query.Explorer {
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(60)}, Revisions: revisions}
	return query.New(query.Dependencies{
		Graphs: graphs, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{},
		Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)), Insights: lasting{incidents: incidents},
	})
}

// TestMarks: rollouts that began in a window, and incidents that lasted in it.
func TestMarks(t *testing.T) {
	at := func(minute int) time.Time { return doubles.Epoch.Add(time.Duration(minute) * time.Minute) }
	rollout := func(minute int, namespace string) model.Fact {
		return model.Fact{Kind: model.FactRevision, Key: fmt.Sprint("r", minute), Revision: &model.RevisionFact{Cluster: "lab", Workload: model.WorkloadRef{Namespace: namespace, Kind: "Deployment", Name: "web"}, RolledOut: at(minute)}}
	}
	incident := func(from, until int) model.Incident {
		i := model.Incident{ID: fmt.Sprint("i", from), Since: model.MinuteOf(at(from)), Anomalies: []model.Anomaly{{Source: shopWeb}}}
		if until > 0 {
			i.Until = model.MinuteOf(at(until))
		}
		return i
	}
	explorer := marking(
		[]model.Fact{rollout(30, "shop"), rollout(20, "pay"), rollout(19, "shop"), rollout(10, "shop"), rollout(9, "shop")},
		[]model.Incident{incident(30, 0), incident(29, 0), incident(8, 0), incident(7, 11), incident(6, 10)},
	)
	window := query.Ask{From: at(10), To: at(30)}
	everybody := person(t, "ann", "viewer", "*/*")
	for _, c := range []struct {
		name                string
		ctx                 context.Context
		limit               int
		rollouts, incidents []string
		more                [2]bool
	}{
		{"all", everybody, 9, []string{"r20", "r19", "r10"}, []string{"i29", "i8", "i7"}, [2]bool{}},
		{"as many as there are", everybody, 3, []string{"r20", "r19", "r10"}, []string{"i29", "i8", "i7"}, [2]bool{}},
		{"fewer", everybody, 2, []string{"r20", "r19"}, []string{"i29", "i8"}, [2]bool{true, true}},
		{"of one namespace, past another's", person(t, "bob", "viewer", "lab/shop"), 2, []string{"r19", "r10"}, []string{"i29", "i8"}, [2]bool{false, true}},
	} {
		marks, err := explorer.Marks(c.ctx, window, c.limit)
		check(t, err)
		var rollouts, incidents []string
		for _, f := range marks.Rollouts {
			rollouts = append(rollouts, f.Key)
		}
		for _, i := range marks.Incidents {
			incidents = append(incidents, i.ID)
		}
		if diff := cmp.Diff([]any{c.rollouts, c.incidents, c.more}, []any{rollouts, incidents, [2]bool{marks.MoreRollouts, marks.MoreIncidents}}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for _, limit := range []int{0, query.MaxMarks + 1} {
		if _, err := explorer.Marks(everybody, window, limit); err == nil {
			t.Errorf("%d marks were asked for and answered", limit)
		}
	}
}

// TestMarksReadOnPastLaterIncidents: a window of the past is behind many pages.
func TestMarksReadOnPastLaterIncidents(t *testing.T) {
	var incidents []model.Incident
	for n := range 3 * query.MaxIncidents {
		incidents = append(incidents, model.Incident{ID: fmt.Sprintf("i%04d", n), Since: model.MinuteOf(doubles.Epoch) + 50, Until: model.MinuteOf(doubles.Epoch) + 51})
	}
	incidents = append(incidents, model.Incident{ID: "wanted", Since: model.MinuteOf(doubles.Epoch) + 49})
	marks, err := marking(nil, incidents).Marks(person(t, "ann", "viewer", "*/*"), query.Ask{From: doubles.Epoch, To: doubles.Epoch.Add(time.Hour)}, query.MaxMarks)
	check(t, err)
	if len(marks.Incidents) != query.MaxMarks || !marks.MoreIncidents {
		t.Errorf("%d incidents, more %v; want %d and more", len(marks.Incidents), marks.MoreIncidents, query.MaxMarks)
	}
	marks, err = marking(nil, incidents).Marks(person(t, "ann", "viewer", "*/*"), query.Ask{From: doubles.Epoch, To: doubles.Epoch.Add(50 * time.Minute)}, 5)
	check(t, err)
	if !slices.ContainsFunc(marks.Incidents, func(i model.Incident) bool { return i.ID == "wanted" }) {
		t.Errorf("the incident behind the others is missing: %v", marks.Incidents)
	}
}
