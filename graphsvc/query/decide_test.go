package query_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

const (
	shopWeb = "w/lab/shop/Deployment/web"
	payWeb  = "w/lab/pay/Deployment/web"
)

// found is one incident and one recommendation of shop's and of pay's.
type found struct{ query.Insights }

func (found) Incident(_ context.Context, id string) (model.Incident, bool, error) {
	ends := map[string]string{"i-shop": shopWeb, "i-pay": payWeb}
	return model.Incident{ID: id, Anomalies: []model.Anomaly{{Source: ends[id]}}}, ends[id] != "", nil
}

func (found) Recommendations(context.Context) ([]model.Recommendation, error) {
	return []model.Recommendation{{ID: "r-shop", Entities: []string{shopWeb}}, {ID: "r-pay", Entities: []string{payWeb}}}, nil
}

func deciding(now time.Time, kept *doubles.Decisions) *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: &doubles.Graphs{}, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{},
		Clock: doubles.Clock(now), Insights: found{}, Decisions: kept,
	})
}

func person(t *testing.T, name string, role access.Role, scope string) context.Context {
	t.Helper()
	parsed, err := access.ParseScope(scope)
	check(t, err)
	return access.With(t.Context(), access.Principal{Name: name, Method: "token", Role: role, Scopes: []access.Scope{parsed}})
}

func codeOf(err error) query.Code {
	var known *query.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

func TestWhoMayDecideWhat(t *testing.T) {
	long := strings.Repeat("x", query.MaxNote+1)
	for _, test := range []struct {
		name     string
		role     access.Role
		incident string
		choice   query.Choice
		want     query.Code
	}{
		{"an analyst of the namespace", access.Analyst, "i-shop", query.Choice{Action: decision.Acknowledged}, ""},
		{"a viewer", access.Viewer, "i-shop", query.Choice{Action: decision.Acknowledged}, query.CodeForbidden},
		{"of another namespace", access.Admin, "i-pay", query.Choice{Action: decision.Acknowledged}, query.CodeUnknownID},
		{"of what is not there", access.Admin, "i-none", query.Choice{Action: decision.Acknowledged}, query.CodeUnknownID},
		{"a long note", access.Analyst, "i-shop", query.Choice{Action: decision.Acknowledged, Note: long}, query.CodeBadInput},
		{"a long key", access.Analyst, "i-shop", query.Choice{Action: decision.Acknowledged, Key: long}, query.CodeBadInput},
	} {
		kept := &doubles.Decisions{}
		_, err := deciding(doubles.Epoch, kept).DecideIncident(person(t, "ann", test.role, "lab/shop"), test.incident, test.choice)
		if codeOf(err) != test.want || (err == nil) != (len(kept.Kept) == 1) {
			t.Errorf("%s: %v, %d records kept", test.name, err, len(kept.Kept))
		}
	}
	kept := &doubles.Decisions{}
	explorer, ann := deciding(doubles.Epoch, kept), person(t, "ann", access.Analyst, "lab/shop")
	for _, test := range []struct {
		name, id string
		choice   query.Choice
		want     query.Code
	}{
		{"no reason", "r-shop", query.Choice{Action: decision.Dismissed}, query.CodeBadInput},
		{"until a moment that is past", "r-shop", query.Choice{Action: decision.Dismissed, Note: "later", Until: doubles.Epoch}, query.CodeBadInput},
		{"another namespace's", "r-pay", query.Choice{Action: decision.Accepted}, query.CodeUnknownID},
		{"well", "r-shop", query.Choice{Action: decision.Dismissed, Note: "later", Until: doubles.Epoch.Add(time.Hour)}, ""},
	} {
		if _, err := explorer.DecideRecommendation(ann, test.id, test.choice); codeOf(err) != test.want {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	decided := explorer.DecidedAbout(decision.Recommendation, []string{"r-shop", "r-pay"})
	if got, err := decided.Standing(ann, "r-shop"); got != decision.Dismissed || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := deciding(doubles.Epoch.Add(time.Hour), kept).DecidedAbout(decision.Recommendation, []string{"r-shop"}).Standing(ann, "r-shop"); got != "" || err != nil {
		t.Errorf("after its time: %q, %v", got, err)
	}
}

func TestADecisionIsMadeOnce(t *testing.T) {
	kept := &doubles.Decisions{}
	explorer := deciding(doubles.Epoch, kept)
	ann, bob := person(t, "ann", access.Analyst, "lab/shop"), person(t, "bob", access.Analyst, "*/*")
	for _, step := range []struct {
		who    context.Context
		choice query.Choice
		want   query.Code
		kept   int
	}{
		{ann, query.Choice{Action: decision.Acknowledged, Note: "mine"}, "", 1},
		{ann, query.Choice{Action: decision.Acknowledged, Note: "mine"}, "", 1}, // as it is
		{bob, query.Choice{Action: decision.Acknowledged, Note: "mine"}, "", 2}, // by somebody else
		{ann, query.Choice{Action: decision.Resolved, Key: "k"}, "", 3},
		{bob, query.Choice{Action: decision.Reopened}, "", 4},
		{ann, query.Choice{Action: decision.Resolved, Key: "k"}, "", 4}, // sent again, late
		{ann, query.Choice{Action: decision.Reopened, Key: "k"}, query.CodeBadInput, 4},
		{bob, query.Choice{Action: decision.Acknowledged, Key: "k"}, "", 5}, // keys are one's own
	} {
		_, err := explorer.DecideIncident(step.who, "i-shop", step.choice)
		if codeOf(err) != step.want || len(kept.Kept) != step.kept {
			t.Fatalf("%+v: %v, %d records kept", step.choice, err, len(kept.Kept))
		}
	}
	history := decision.History(kept.Kept)
	if len(history) != 5 || history[0].By != "bob" || !slices.IsSortedFunc(history, func(a, b decision.Record) int { return b.At.Compare(a.At) }) {
		t.Errorf("%+v", history)
	}
	if history[4].Note != "mine" {
		t.Errorf("the first decision was overwritten: %+v", history[4])
	}
}

func TestViewsAreOnesOwnUntilShared(t *testing.T) {
	kept := &doubles.Decisions{}
	explorer := deciding(doubles.Epoch, kept)
	ann, bob, all := person(t, "ann", access.Analyst, "lab/shop"), person(t, "bob", access.Viewer, "lab/shop"), person(t, "eve", access.Admin, "*/*")
	names := func(who context.Context) []string {
		views, err := explorer.Views(who)
		check(t, err)
		var got []string
		for _, view := range views {
			got = append(got, view.Name+"="+view.State)
		}
		return got
	}
	saved, err := explorer.SaveView(ann, "a", "/map?a", false, "")
	check(t, err)
	_, err = explorer.SaveView(ann, "b", "/map?b", true, "")
	check(t, err)
	wide, err := explorer.SaveView(all, "c", "/map?vault", true, "")
	check(t, err)
	again, err := explorer.SaveView(ann, "a", "/map?again", false, "")
	check(t, err)
	if saved.ID != again.ID || again.ID == wide.ID {
		t.Errorf("ids %s, %s, %s", saved.ID, again.ID, wide.ID)
	}
	for _, test := range []struct {
		who  context.Context
		want []string
	}{
		{ann, []string{"a=/map?again", "b=/map?b"}}, {bob, []string{"b=/map?b"}}, {all, []string{"b=/map?b", "c=/map?vault"}},
		{person(t, "fay", access.Viewer, "lab/pay"), nil},
	} {
		if got := names(test.who); !slices.Equal(got, test.want) {
			t.Errorf("%s sees %v, want %v", access.From(test.who).Name, got, test.want)
		}
	}
	shared, err := explorer.Views(bob)
	check(t, err)
	if err := explorer.DeleteView(bob, shared[0].ID); codeOf(err) != query.CodeForbidden {
		t.Errorf("another's view: %v", err)
	}
	check(t, explorer.DeleteView(bob, wide.ID)) // as good as not there, and it stays
	check(t, explorer.DeleteView(all, shared[0].ID))
	check(t, explorer.DeleteView(ann, saved.ID))
	check(t, explorer.DeleteView(ann, saved.ID))
	if a, e := names(ann), names(all); len(a) > 0 || len(e) != 1 {
		t.Errorf("after deleting: %v, %v", a, e)
	}
	for _, state := range []string{"", "map", "//elsewhere.example/", `/\elsewhere.example`, "/" + strings.Repeat("x", query.MaxViewState), "/\n"} {
		if _, err := explorer.SaveView(ann, "bad", state, false, ""); codeOf(err) != query.CodeBadInput {
			t.Errorf("state %.20q: %v", state, err)
		}
	}
	if _, err := explorer.SaveView(bob, "d", "/", true, ""); codeOf(err) != query.CodeForbidden {
		t.Errorf("a viewer shares: %v", err)
	}
	if _, err := explorer.SaveView(bob, "d", "/", false, ""); err != nil {
		t.Errorf("a viewer saves: %v", err)
	}
}
