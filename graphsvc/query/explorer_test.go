package query_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

var epoch = model.MinuteOf(doubles.Epoch)

// noContext is for asks that no test cancels.
var noContext = context.Background()

// newExplorer is over versions 3 and 5 to 7; 1, 2 and 4 have expired.
func newExplorer() (*query.Explorer, *doubles.Graphs, *doubles.Series) {
	graphs := &doubles.Graphs{Edges: map[uint64][]query.Transfer{}}
	for _, number := range []uint64{3, 5, 6, 7} {
		graphs.Kept = append(graphs.Kept, doubles.Version(number))
		graphs.Edges[number] = []query.Transfer{
			doubles.Transfer("cart", "db", 500*number, 7),
			doubles.Transfer("web", "cart", 900, 7),
			doubles.Transfer("web", "db", 10, 9000),
			doubles.Transfer("web", "web", 1, 0),
		}
	}
	series := &doubles.Series{LostBytes: 12, LostKnown: true}
	return explorerOver(graphs, series), graphs, series
}

func explorerOver(graphs *doubles.Graphs, series *doubles.Series) *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: graphs, Series: series, Layout: &doubles.Layout{}, Sources: doubles.Sources{},
		Clock: doubles.Clock(doubles.Epoch.Add(10 * time.Minute)),
	})
}

func at(minutes int) time.Time { return doubles.Epoch.Add(time.Duration(minutes) * time.Minute) }

func TestWindowsAndVersions(t *testing.T) {
	for _, row := range []struct {
		name string
		ask  query.Ask
		want query.Window
	}{
		{"all defaults: the hour before the newest minute's end", query.Ask{}, query.Window{From: epoch + 8 - 60, To: epoch + 8, Version: 7}},
		{"from alone", query.Ask{From: at(2)}, query.Window{From: epoch + 2, To: epoch + 8, Version: 7}},
		{"to alone", query.Ask{To: at(4)}, query.Window{From: epoch + 4 - 60, To: epoch + 4, Version: 7}},
		{"inside a minute: all of it", query.Ask{From: at(2).Add(59 * time.Second), To: at(3).Add(time.Nanosecond)}, query.Window{From: epoch + 2, To: epoch + 4, Version: 7}},
		{"an older version ends where it ended", query.Ask{AsOfVersion: 5}, query.Window{From: epoch + 6 - 60, To: epoch + 6, Version: 5}},
		{"the newest version itself", query.Ask{AsOfVersion: 7}, query.Window{From: epoch + 8 - 60, To: epoch + 8, Version: 7}},
		{"the moment of a commit", query.Ask{AsOfTime: at(7).Add(20 * time.Second)}, query.Window{From: epoch + 7 - 60, To: epoch + 7, Version: 6}},
		{"just before it", query.Ask{AsOfTime: at(7).Add(20*time.Second - 1)}, query.Window{From: epoch + 6 - 60, To: epoch + 6, Version: 5}},
		{"31 days", query.Ask{From: at(8 - query.MaxWindow)}, query.Window{From: epoch + 8 - query.MaxWindow, To: epoch + 8, Version: 7}},
	} {
		explorer, graphs, _ := newExplorer()
		graph, err := explorer.Transfers(t.Context(), row.ask, "", query.ByCost)
		if err != nil || graph.Window != row.want || graph.Version.Number != row.want.Version || graphs.Windows[0] != row.want {
			t.Errorf("%s: got %+v of version %v (%v), want %+v", row.name, graph.Window, graph.Version, err, row.want)
		}
	}
}

func TestWrongQuestions(t *testing.T) {
	down := errors.New("connection refused by 10.1.2.3")
	for _, row := range []struct {
		name string
		ask  func(e *query.Explorer, g *doubles.Graphs, s *doubles.Series) error
		want query.Code
	}{
		{"a version to come", transfersOf(query.Ask{AsOfVersion: 8}), query.CodeVersionNotYet},
		{"a version of before", transfersOf(query.Ask{AsOfVersion: 4}), query.CodeVersionExpired},
		{"a moment of before", transfersOf(query.Ask{AsOfTime: at(1)}), query.CodeVersionExpired},
		{"from behind to", transfersOf(query.Ask{From: at(5), To: at(4)}), query.CodeBadInput},
		{"an empty window", transfersOf(query.Ask{From: at(5), To: at(5)}), query.CodeBadInput},
		{"from behind what is folded", transfersOf(query.Ask{From: at(9)}), query.CodeBadInput},
		{"more than 31 days", transfersOf(query.Ask{From: at(7 - query.MaxWindow)}), query.CodeBadInput},
		{"a graph of nothing", graphOf(0), query.CodeBadInput},
		{"a graph of too much", graphOf(query.MaxTransfers + 1), query.CodeBadInput},
		{"no version", versionsOf(0), query.CodeBadInput},
		{"too many versions", versionsOf(query.MaxVersions + 2), query.CodeBadInput},
		{"no rows", flowsOf(0), query.CodeBadInput},
		{"too many rows", flowsOf(query.MaxFlowRows + 1), query.CodeBadInput},
		{"no graph store", func(e *query.Explorer, g *doubles.Graphs, s *doubles.Series) error {
			g.Err = down
			return transfersOf(query.Ask{})(e, g, s)
		}, query.CodeStoreUnavailable},
		{"no flow store", func(e *query.Explorer, g *doubles.Graphs, s *doubles.Series) error {
			s.Err = down
			return flowsOf(1)(e, g, s)
		}, query.CodeStoreUnavailable},
	} {
		explorer, graphs, series := newExplorer()
		var got *query.Error
		if err := row.ask(explorer, graphs, series); !errors.As(err, &got) || got.Code != row.want || got.Hint == "" {
			t.Errorf("%s: got %+v, want %s with a hint", row.name, err, row.want)
		}
		if row.want == query.CodeStoreUnavailable && !errors.Is(got, down) {
			t.Errorf("%s: the cause is lost: %v", row.name, got)
		}
	}
}

type asking = func(*query.Explorer, *doubles.Graphs, *doubles.Series) error

func transfersOf(ask query.Ask) asking {
	return func(e *query.Explorer, _ *doubles.Graphs, _ *doubles.Series) error {
		_, err := e.Transfers(noContext, ask, "", query.ByCost)
		return err
	}
}

func graphOf(limit int) asking {
	return func(e *query.Explorer, _ *doubles.Graphs, _ *doubles.Series) error {
		_, err := e.Graph(noContext, query.Ask{}, query.ByCost, query.Most{Transfers: limit})
		return err
	}
}

func versionsOf(limit int) asking {
	return func(e *query.Explorer, _ *doubles.Graphs, _ *doubles.Series) error {
		_, err := e.Versions(noContext, 0, limit)
		return err
	}
}

func flowsOf(limit int) asking {
	return func(e *query.Explorer, _ *doubles.Graphs, _ *doubles.Series) error {
		_, err := e.Flows(noContext, query.Window{}, model.EdgeKey{}, limit)
		return err
	}
}

func TestNothingFoldedYet(t *testing.T) {
	explorer := explorerOver(&doubles.Graphs{}, &doubles.Series{})
	graph, err := explorer.Graph(t.Context(), query.Ask{}, query.ByCost, query.Most{Transfers: 10})
	want := query.Window{From: epoch + 10 - 60, To: epoch + 10}
	if err != nil || graph.Version != nil || graph.Window != want || len(graph.Transfers) != 0 || graph.Currency != "USD" {
		t.Errorf("got %+v, %v; want nothing in the hour before now", graph, err)
	}
	meta, err := explorer.Meta(t.Context(), query.Ask{})
	if meta != nil || err != nil {
		t.Errorf("meta %+v, %v", meta, err)
	}
	var failed *query.Error
	if _, err := explorer.Meta(t.Context(), query.Ask{AsOfVersion: 1}); !errors.As(err, &failed) || failed.Code != query.CodeVersionNotYet {
		t.Errorf("version 1: %v", err)
	}
	detail, err := explorer.Entity(t.Context(), "w/lab/shop/Deployment/web", query.Ask{})
	if detail != nil || err != nil {
		t.Errorf("entity %+v, %v", detail, err)
	}
}

func TestMeta(t *testing.T) {
	explorer, _, series := newExplorer()
	meta, err := explorer.Meta(t.Context(), query.Ask{})
	if err != nil || meta.Version.Number != 7 || meta.Lag != 2*time.Minute || meta.LostBytes != 12 || !meta.LostKnown || meta.Lab {
		t.Errorf("got %+v, %v", meta, err)
	}
	if _, err := explorer.Agents(t.Context()); err != nil || !series.Since.Equal(at(10).Add(-time.Hour)) {
		t.Errorf("losses since %s, %v; want those of the last hour", series.Since, err)
	}
}

func TestRanking(t *testing.T) {
	explorer, _, _ := newExplorer()
	for order, want := range map[query.Order][]string{
		query.ByCost:  {"web-db", "cart-db", "web-cart", "web-web"},
		query.ByBytes: {"cart-db", "web-cart", "web-db", "web-web"},
	} {
		graph, err := explorer.Transfers(t.Context(), query.Ask{}, "", order)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, names(graph.Transfers)); diff != "" {
			t.Errorf("order %d (-want +got):\n%s", order, diff)
		}
	}
}

func names(transfers []query.Transfer) []string {
	var all []string
	for _, t := range transfers {
		all = append(all, t.Key.Source.Name+"-"+t.Key.Destination.Name)
	}
	return all
}

// TestShownAndRestAreTheTotal: whatever the transfers and the limit.
func TestShownAndRestAreTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}, Edges: map[uint64][]query.Transfer{}}
		for n := range rapid.IntRange(0, 12).Draw(t, "transfers") {
			graphs.Edges[1] = append(graphs.Edges[1], doubles.Transfer(
				fmt.Sprint("s", rapid.IntRange(0, 3).Draw(t, "source")), fmt.Sprint("d", n),
				rapid.Uint64Range(0, 1<<40).Draw(t, "bytes"), rapid.Int64Range(0, 5).Draw(t, "nano")))
		}
		limit := rapid.IntRange(1, 14).Draw(t, "limit")
		graph, err := explorerOver(graphs, &doubles.Series{}).Graph(noContext, query.Ask{}, query.ByCost, query.Most{Transfers: limit})
		if err != nil {
			t.Fatal(err)
		}
		shown, sent := graph.Rest, uint64(0)
		var cost money.Amount
		for _, one := range graph.Transfers {
			shown.Transfers++
			shown.Bytes += one.Sent.WireBytes
			if shown.Cost, err = shown.Cost.Add(one.Cost); err != nil {
				t.Fatal(err)
			}
		}
		if shown != graph.Total || len(graph.Transfers) != min(limit, len(graphs.Edges[1])) {
			t.Fatalf("shown and rest are %+v, the total is %+v", shown, graph.Total)
		}
		ends := map[string]bool{}
		for _, one := range graph.Transfers {
			ends[one.Key.Source.ID()], ends[one.Key.Destination.ID()] = true, true
		}
		for _, node := range graph.Nodes {
			if !ends[node.Identity.ID()] {
				t.Fatalf("%s is drawn without a transfer", node.Identity)
			}
			sent += node.BytesOut
			if cost, err = cost.Add(node.Cost); err != nil {
				t.Fatal(err)
			}
		}
		if len(ends) != len(graph.Nodes) || limit >= len(graphs.Edges[1]) && sent != graph.Total.Bytes {
			t.Fatalf("%d nodes for %d ends, %d of %d bytes", len(graph.Nodes), len(ends), sent, graph.Total.Bytes)
		}
	})
}

func TestDetails(t *testing.T) {
	explorer, _, _ := newExplorer()
	web, err := explorer.Entity(t.Context(), "w/lab/shop/Deployment/web", query.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if web.Node.BytesOut != 911 || web.Node.BytesIn != 1 || web.Node.Cost != money.FromNano(9007) || len(web.Transfers) != 3 {
		t.Errorf("web is %+v with %d transfers", web.Node, len(web.Transfers))
	}
	if diff := cmp.Diff([][]string{{"here"}, {"az-web"}}, [][]string{web.Node.Regions, web.Node.Zones}); diff != "" {
		t.Error(diff)
	}
	one, err := explorer.Transfer(t.Context(), web.Transfers[0].ID, query.Ask{AsOfVersion: 5})
	if err != nil || one.Transfer.Key.Destination.Name != "db" || one.Version.Number != 5 {
		t.Errorf("got %+v, %v", one, err)
	}
	nobody, err := explorer.Entity(t.Context(), "w/lab/shop/Deployment/nobody", query.Ask{})
	if nobody != nil || err != nil {
		t.Errorf("an unknown node: %+v, %v", nobody, err)
	}
	nothing, err := explorer.Transfer(t.Context(), 1, query.Ask{})
	if nothing != nil || err != nil {
		t.Errorf("an unknown transfer: %+v, %v", nothing, err)
	}
}

// TestOneReadPerPart: the stores are asked once, however many transfers there are.
func TestOneReadPerPart(t *testing.T) {
	explorer, graphs, _ := newExplorer()
	if _, err := explorer.Graph(t.Context(), query.Ask{}, query.ByCost, query.Most{Transfers: 100}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"Head": 1, "NewestMinute": 1, "Transfers": 1}, graphs.Counts()); diff != "" {
		t.Error(diff)
	}
	if _, err := explorer.Graph(t.Context(), query.Ask{To: at(3)}, query.ByCost, query.Most{Transfers: 100}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"Head": 1, "Transfers": 1}, graphs.Counts()); diff != "" {
		t.Error(diff)
	}
}

func TestDiffSides(t *testing.T) {
	explorer, graphs, _ := newExplorer()
	found, err := explorer.Diff(t.Context(), query.DiffAsk{Before: query.Ask{AsOfVersion: 5}, After: query.Ask{AsOfVersion: 7}, By: diff.ByPair, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	// Only cart to db differs: 500 bytes more per version.
	if len(found.Rows) != 1 || found.Rows[0].Bytes != 1000 || found.Table.Same.Rows != 3 || found.Rest.Rows != 0 {
		t.Errorf("got %+v", found.Table)
	}
	early := query.Ownership{Workload: "w/lab/shop/Deployment/web", Revision: "web-1", Team: "checkout", From: at(0)}
	late := early
	late.Revision, late.Team, late.From = "web-2", "growth", at(1)
	graphs.Owned = []query.Ownership{late, early}
	found, err = explorer.Diff(t.Context(), query.DiffAsk{Before: query.Ask{To: at(1)}, By: diff.BySourceTeam, Limit: 9})
	if err != nil || found.Before.Version.Number != 7 {
		t.Errorf("as of %+v, %v: want both sides as of the newest version", found, err)
	}
	if by := found.Table.Total.After.Transfers; by != 4 {
		t.Errorf("%d transfers by team, want all 4", by)
	}
	graphs.Kept[0].Currency = "EUR"
	for name, ask := range map[string]query.DiffAsk{
		"two currencies": {Before: query.Ask{AsOfVersion: 3}, Limit: 1},
		"no rows":        {},
		"too many rows":  {Limit: query.MaxDiffRows + 1},
	} {
		var refused *query.Error
		if _, err := explorer.Diff(t.Context(), ask); !errors.As(err, &refused) || refused.Code != query.CodeBadInput {
			t.Errorf("%s: got %v", name, err)
		}
	}
	graphs.Kept = nil
	var refused *query.Error
	if _, err := explorer.Diff(t.Context(), query.DiffAsk{Limit: 1}); !errors.As(err, &refused) || refused.Code != query.CodeVersionNotYet {
		t.Errorf("nothing folded: got %v", err)
	}
}
