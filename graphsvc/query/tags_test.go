package query_test

import (
	"context"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// TestATagIsAVersion: what is asked as of a tag is asked as of its version, a name
// keeps its version, and an expired one is not answered with another.
func TestATagIsAVersion(t *testing.T) {
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1), doubles.Version(2), doubles.Version(3)}, Edges: map[uint64][]query.Transfer{
		2: {doubles.Transfer("web", "db", 2, 2)}, 3: {doubles.Transfer("web", "db", 3, 3)},
	}}
	decisions := &doubles.Decisions{}
	e := query.New(query.Dependencies{Graphs: graphs, Series: &doubles.Series{}, Layout: &doubles.Layout{}, Sources: doubles.Sources{}, Decisions: decisions, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour))})
	as := func(role access.Role, scopes ...access.Scope) context.Context {
		if scopes == nil {
			scopes = []access.Scope{{Cluster: "*", Namespace: "*"}}
		}
		return access.With(noContext, access.Principal{Name: "ann", Method: "token", Role: role, Scopes: scopes})
	}
	analyst := as(access.Analyst)
	if _, err := e.TagVersion(analyst, "before-release", 2, "as it was", ""); err != nil {
		t.Fatal(err)
	}
	list, err := e.Transfers(noContext, query.Ask{AsOfTag: "before-release"}, "", query.ByCost)
	if err != nil || list.Version.Number != 2 || list.Total.Bytes != 2 {
		t.Errorf("as of the tag: %+v, %v", list.Version, err)
	}
	for _, row := range []struct {
		what string
		err  func() error
		want query.Code
	}{
		{"the same again", func() error { _, err := e.TagVersion(analyst, "before-release", 2, "", ""); return err }, ""},
		{"another version", func() error { _, err := e.TagVersion(analyst, "before-release", 3, "", ""); return err }, query.CodeBadInput},
		{"no such version yet", func() error { _, err := e.TagVersion(analyst, "x", 9, "", ""); return err }, query.CodeVersionNotYet},
		{"no name", func() error { _, err := e.TagVersion(analyst, "a b", 2, "", ""); return err }, query.CodeBadInput},
		{"a viewer", func() error { _, err := e.TagVersion(as(access.Viewer), "x", 2, "", ""); return err }, query.CodeForbidden},
		{"a viewer deletes", func() error { return e.DeleteTag(as(access.Viewer), "before-release") }, query.CodeForbidden},
		{"nobody's name", func() error { _, err := e.Meta(noContext, query.Ask{AsOfTag: "nobody"}); return err }, query.CodeUnknownID},
	} {
		if got := codeOf(row.err()); got != row.want {
			t.Errorf("%s: %q, want %q", row.what, got, row.want)
		}
	}
	mine, err := e.Tags(as(access.Viewer, access.Scope{Cluster: "lab", Namespace: "shop"}))
	if err != nil || len(mine) != 1 || mine[0].Version != 2 || mine[0].Note != "" || mine[0].By != "" {
		t.Errorf("who sees a part: %+v, %v", mine, err)
	}
	graphs.Kept = graphs.Kept[2:]
	if _, err := e.Meta(noContext, query.Ask{AsOfTag: "before-release"}); codeOf(err) != query.CodeVersionExpired {
		t.Errorf("a tag of a version that is no longer kept: %v", err)
	}
	if err := e.DeleteTag(analyst, "before-release"); err != nil {
		t.Fatal(err)
	}
	if err := e.DeleteTag(analyst, "before-release"); err != nil || len(decisions.Kept) != 2 {
		t.Errorf("deleted twice: %v, %d records", err, len(decisions.Kept))
	}
	if _, err := e.TagVersion(analyst, "before-release", 3, "", ""); err != nil {
		t.Errorf("a name that is free again: %v", err)
	}
}
