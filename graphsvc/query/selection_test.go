package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// filtered is an explorer over three transfers: web to db and to cart within
// shop, and one within another namespace.
func filtered() (*query.Explorer, *doubles.Graphs, *doubles.Series) {
	db, cart, vault := doubles.Transfer("web", "db", 3000, 5e6), doubles.Transfer("web", "cart", 500, 7e6), doubles.Transfer("vault-web", "vault-db", 9000, 1e6)
	vault.Key.Source.Namespace, vault.Key.Destination.Namespace = "vault", "vault"
	vault.ID = vault.Key.ID()
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}, Edges: map[uint64][]query.Transfer{1: {db, cart, vault}}}
	graphs.Owned = []query.Ownership{{Workload: cart.Key.Destination.ID(), Revision: "cart-1", Team: "carts"}}
	series := &doubles.Series{Labelled: []query.Labels{
		{Workload: db.Key.Destination.ID(), Values: map[string]string{"app": "db", "tier": "data"}},
		{Workload: vault.Key.Source.ID(), Values: map[string]string{"app": "secret"}},
	}}
	for _, t := range graphs.Edges[1] {
		series.Charging = append(series.Charging, statement.Charge{Edge: t.ID, Key: &t.Key, Line: pricing.Line{Bytes: t.Sent.WireBytes, Amount: t.Cost}})
	}
	series.Charging = append(series.Charging, statement.Charge{Standing: true, Gateway: "nat-1"})
	return explorerOver(graphs, series), graphs, series
}

// TestAFilterHoldsEverywhere: every question of a window answers of the transfers
// that the filter means, and of no other.
func TestAFilterHoldsEverywhere(t *testing.T) {
	for text, want := range map[string]string{
		"": "cart db vault-db", "namespace=vault": "vault-db", "namespace!=vault": "cart db", "bytes>1kB": "db vault-db", "cost>=0.005": "cart db",
		"team=carts": "cart", "label.tier=data": "db", "label.app=secret": "vault-db", "crosses=zone bytes<1kB": "cart", "name=nobody": "",
	} {
		e, _, series := filtered()
		ask := query.Ask{Filter: text}
		list, err := e.Transfers(noContext, ask, "", query.ByCost)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var names []string
		for _, one := range list.Transfers {
			names = append(names, one.Key.Destination.Name)
		}
		if got := strings.Join(names, " "); got != want || list.Total.Transfers != len(names) {
			t.Errorf("%q lists %q of %d, want %q", text, got, list.Total.Transfers, want)
		}
		graph, err := e.Graph(noContext, ask, query.ByCost, query.Most{Transfers: 10})
		if err != nil || len(graph.Transfers) != len(names) || graph.Total != list.Total {
			t.Errorf("%q draws %d transfers of %+v: %v", text, len(graph.Transfers), graph.Total, err)
		}
		if _, _, err := e.Totals(noContext, ask); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if of := series.Subjects[len(series.Subjects)-1]; (of.Edges == nil) != (text == "") || text != "" && len(of.Edges) != len(names) {
			t.Errorf("%q has the series of %v", text, of.Edges)
		}
		groups, err := e.Groups(noContext, query.GroupsAsk{Ask: ask, By: diff.ByNamespacePair, Limit: 10})
		if err != nil || groups.Total != list.Total {
			t.Errorf("%q groups %+v: %v", text, groups, err)
		}
		bill, err := e.Statement(noContext, query.StatementAsk{Ask: ask, View: statement.ByPayer, Limit: 10})
		if err != nil || bill.Table.Total.Amount != list.Total.Cost || bill.Table.Total.BilledBytes != list.Total.Bytes {
			t.Errorf("%q is billed %+v, want %+v: %v", text, bill.Table.Total, list.Total, err)
		}
		changed, err := e.Diff(noContext, query.DiffAsk{Before: ask, After: ask, By: diff.ByTransfer, Limit: 10})
		if err != nil || query.Sum(changed.Table.Total.After) != list.Total || query.Sum(changed.Table.Total.Before) != list.Total {
			t.Errorf("%q compares %+v: %v", text, changed, err)
		}
		_, err = e.Neighbourhood(noContext, query.RingsAsk{Ask: ask, Node: "w/lab/shop/Deployment/cart", Hops: 1, Limit: 10})
		if (err == nil) != strings.Contains(want, "cart") {
			t.Errorf("%q: cart's neighbours: %v", text, err)
		}
	}
}

// TestAFilterLeavesWhatIsKeptAlone: the same explorer answers of everything after
// it has answered of a part.
func TestAFilterLeavesWhatIsKeptAlone(t *testing.T) {
	e, _, _ := filtered()
	total := func(text string) statement.Sum {
		bill, err := e.Statement(noContext, query.StatementAsk{Ask: query.Ask{Filter: text}, View: statement.ByPayer, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		return bill.Table.Total
	}
	all := total("")
	for _, text := range []string{"namespace=vault", "name=cart", "bytes>1kB"} {
		if part := total(text); part == all {
			t.Errorf("%s leaves nothing out", text)
		}
		if again := total(""); again != all {
			t.Errorf("after %s everything is %+v, was %+v", text, again, all)
		}
	}
	whole, err := e.Groups(noContext, query.GroupsAsk{By: diff.BySource, Limit: 10})
	if err != nil || whole.Total.Cost != all.Amount {
		t.Errorf("%+v: %v", whole, err)
	}
}

// TestDiffOfAThreshold: one filter for both windows keeps what it means in either;
// different ones keep each to itself.
func TestDiffOfAThreshold(t *testing.T) {
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1), doubles.Version(2)}, Edges: map[uint64][]query.Transfer{
		1: {doubles.Transfer("web", "db", 900, 1e6)}, 2: {doubles.Transfer("web", "db", 1100, 1e6)},
	}}
	e := explorerOver(graphs, &doubles.Series{})
	for filters, want := range map[[2]string]diff.Kind{{"bytes>1kB", "bytes>1000B"}: diff.Changed, {"bytes>1kB", "bytes>=1kB"}: diff.New, {"", ""}: diff.Changed} {
		got, err := e.Diff(noContext, query.DiffAsk{
			Before: query.Ask{AsOfVersion: 1, Filter: filters[0]}, After: query.Ask{AsOfVersion: 2, Filter: filters[1]}, By: diff.ByTransfer, Limit: 10,
		})
		if err != nil || len(got.Rows) != 1 || got.Rows[0].Kind != want {
			t.Errorf("%q: %+v %v, want %s", filters, got.Rows, err, want)
		}
	}
}

// TestAFilterThatCannotHold is refused: no filter, one of raw flows, and one
// where nothing is filtered.
func TestAFilterThatCannotHold(t *testing.T) {
	e, _, _ := filtered()
	for _, row := range []struct {
		ask  func(query.Ask) error
		text string
	}{
		{func(a query.Ask) error { _, err := e.Transfers(noContext, a, "", query.ByCost); return err }, "namspace=shop"},
		{func(a query.Ask) error { _, err := e.Transfers(noContext, a, "", query.ByCost); return err }, "address=10.0.0.0/8"},
		{func(a query.Ask) error { _, _, err := e.Coverage(noContext, a); return err }, "namespace=shop"},
		{func(a query.Ask) error { _, err := e.Transfer(noContext, 1, a); return err }, "namespace=shop"},
	} {
		var told *query.Error
		if err := row.ask(query.Ask{Filter: row.text}); !errors.As(err, &told) || told.Code != query.CodeBadInput || told.Hint == "" {
			t.Errorf("%q: %v", row.text, err)
		}
	}
}

// TestLabelsOfOthersStayTheirs: a filter is no way to ask what another's
// workload is labelled.
func TestLabelsOfOthersStayTheirs(t *testing.T) {
	e, graphs, _ := filtered()
	shared := doubles.Transfer("web", "x", 1, 1)
	shared.Key.Destination = graphs.Edges[1][2].Key.Source // vault's
	shared.ID = shared.Key.ID()
	graphs.Edges[1] = append(graphs.Edges[1], shared)
	shop := access.With(noContext, access.Principal{Role: access.Viewer, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}})
	for text, want := range map[string]int{"label.app=db": 1, "label.app=secret": 0, "name=vault-web": 1} {
		list, err := e.Transfers(shop, query.Ask{Filter: text}, "", query.ByCost)
		if err != nil || len(list.Transfers) != want {
			t.Errorf("%s: %d transfers, want %d: %v", text, len(list.Transfers), want, err)
		}
	}
	got, err := e.Completions(shop, "label.app=", 10, query.Ask{}, 10)
	if err != nil || len(got.Items) != 1 || got.Items[0].Text != "db" {
		t.Errorf("completed with %+v: %v", got, err)
	}
}

// TestAPointReadReadsNoWindow, unless the window has been read or the series has
// none of it; then it is the same transfer.
func TestAPointReadReadsNoWindow(t *testing.T) {
	e, graphs, series := filtered()
	one := graphs.Edges[1][0]
	series.Points = graphs.Edges[1][:1]
	for i, want := range []struct{ point, window int }{{1, 0}, {1, 0}} {
		if got, err := e.Transfer(noContext, one.ID, query.Ask{}); err != nil || got == nil || got.Transfer != one {
			t.Fatalf("%+v: %v", got, err)
		}
		if points, windows := series.Counts()["Transfer"], graphs.Counts()["Transfers"]; points != want.point || windows != want.window {
			t.Errorf("read %d: %d point reads and %d windows", i, points, windows)
		}
	}
	series.Points = nil
	if got, err := e.Transfer(noContext, one.ID, query.Ask{}); err != nil || got == nil || got.Transfer != one || graphs.Counts()["Transfers"] != 1 {
		t.Errorf("%+v: %v", got, err)
	}
	if got, err := e.Transfer(noContext, one.ID, query.Ask{}); err != nil || got == nil || series.Counts()["Transfer"] != 1 || graphs.Counts()["Transfers"] != 0 {
		t.Errorf("a window that is kept is read again: %+v %v", got, err)
	}
	if got, err := e.Transfer(noContext, 7, query.Ask{}); err != nil || got != nil {
		t.Errorf("%+v: %v", got, err)
	}
}

// TestNetworksOfFiltersAreApart: what is kept for one filter is no answer to
// another.
func TestNetworksOfFiltersAreApart(t *testing.T) {
	e, _, _ := filtered()
	ask := query.PathsAsk{From: "w/lab/shop/Deployment/web", To: "w/lab/shop/Deployment/db", Sense: reach.Data, Hops: 2, Limit: 5}
	if got, err := e.Paths(noContext, ask); err != nil || len(got.Answer.Found) != 1 {
		t.Fatalf("%+v: %v", got, err)
	}
	ask.Filter = "name=cart"
	var told *query.Error
	if _, err := e.Paths(noContext, ask); !errors.As(err, &told) || told.Code != query.CodeUnknownID {
		t.Errorf("a way over a transfer that is not meant: %v", err)
	}
}
