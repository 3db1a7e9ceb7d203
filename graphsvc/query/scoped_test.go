package query_test

import (
	"context"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// as is a context of somebody who sees the given scopes.
func as(t *testing.T, scopes ...string) context.Context {
	t.Helper()
	who := access.Principal{Name: "bob", Role: access.Viewer}
	for _, text := range scopes {
		scope, err := access.ParseScope(text)
		if err != nil {
			t.Fatal(err)
		}
		who.Scopes = append(who.Scopes, scope)
	}
	return access.With(t.Context(), who)
}

// TestEveryAnswerKeepsToTheAskersScopes has a row for every question: the
// transfers are shop/web to shop/db, shop/web to pay/ledger, and pay/ledger to
// the internet.
func TestEveryAnswerKeepsToTheAskersScopes(t *testing.T) {
	internal, crossing, others := inNamespaces("shop", "shop", 500), inNamespaces("shop", "pay", 70), inNamespaces("pay", "", 9)
	others.Key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
	others.ID = others.Key.ID()
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(7)}, Edges: map[uint64][]query.Transfer{7: {internal, crossing, others}}}
	explorer := explorerOver(graphs, &doubles.Series{})
	for _, test := range []struct {
		scopes []string
		want   []model.EdgeID
	}{
		{[]string{"*/*"}, []model.EdgeID{internal.ID, crossing.ID, others.ID}},
		{[]string{"lab/*"}, []model.EdgeID{internal.ID, crossing.ID, others.ID}},
		{[]string{"lab/shop"}, []model.EdgeID{internal.ID, crossing.ID}},
		{[]string{"*/pay"}, []model.EdgeID{crossing.ID, others.ID}},
		{[]string{"other/shop"}, nil},
		{nil, nil},
	} {
		ctx := as(t, test.scopes...)
		list, err := explorer.Transfers(ctx, query.Ask{}, "", query.ByBytes)
		check(t, err)
		if got := idsOf(list.Transfers); !slices.Equal(got, test.want) {
			t.Errorf("%v: transfers %v, want %v", test.scopes, got, test.want)
		}
		if list.Total.Transfers != len(test.want) {
			t.Errorf("%v: the total counts %d transfers", test.scopes, list.Total.Transfers)
		}
		graph, err := explorer.Graph(ctx, query.Ask{}, query.ByCost, query.Most{Transfers: 10})
		check(t, err)
		if len(graph.Transfers) != len(test.want) {
			t.Errorf("%v: the graph has %d transfers", test.scopes, len(graph.Transfers))
		}
		found, err := explorer.Diff(ctx, query.DiffAsk{By: diff.ByTransfer, Limit: 10})
		check(t, err)
		if len(found.Changes) != len(test.want) {
			t.Errorf("%v: the diff speaks of %d transfers", test.scopes, len(found.Changes))
		}
		for _, transfer := range []query.Transfer{internal, crossing, others} {
			detail, err := explorer.Transfer(ctx, transfer.ID, query.Ask{})
			check(t, err)
			if seen := slices.Contains(test.want, transfer.ID); (detail != nil) != seen {
				t.Errorf("%v: transfer %s found %v, want %v", test.scopes, transfer.ID, detail != nil, seen)
			}
			entity, err := explorer.Entity(ctx, transfer.Key.Destination.ID(), query.Ask{})
			check(t, err)
			if entity != nil && len(entity.Transfers) > len(test.want) {
				t.Errorf("%v: entity %s has %d transfers", test.scopes, entity.Node.Identity, len(entity.Transfers))
			}
		}
	}
}

func TestSeriesAreAskedWithinTheAskersScopes(t *testing.T) {
	explorer, _, series := newExplorer()
	for _, test := range []struct {
		ctx  context.Context
		want int
	}{{t.Context(), -1}, {as(t, "*/*"), -1}, {as(t, "lab/shop", "lab/pay"), 2}, {as(t), 0}} {
		_, _, err := explorer.Totals(test.ctx, query.Ask{})
		check(t, err)
		if got := series.Subjects[len(series.Subjects)-1].Reach; len(got) != max(test.want, 0) || (got == nil) != (test.want < 0) {
			t.Errorf("asked within %v, want %d scopes", got, test.want)
		}
	}
}

func TestDeploymentsAreOfTheAskersNamespaces(t *testing.T) {
	explorer, graphs, _ := newExplorer()
	graphs.Revisions = []model.Fact{{Kind: model.FactRevision, Key: "web-7", Revision: &model.RevisionFact{Cluster: "lab", Workload: model.WorkloadRef{Namespace: "shop", Kind: "Deployment", Name: "web"}}}}
	for scope, want := range map[string]int{"*/*": 1, "lab/shop": 1, "lab/pay": 0} {
		found, err := explorer.Deployments(as(t, scope), "w/lab/shop/Deployment/web")
		check(t, err)
		if len(found) != want {
			t.Errorf("%s: %d deployments, want %d", scope, len(found), want)
		}
	}
}

func inNamespaces(source, destination string, bytes uint64) query.Transfer {
	transfer := doubles.Transfer("a", "b", bytes, 1)
	transfer.Key.Source.Cluster, transfer.Key.Destination.Cluster = "lab", "lab"
	transfer.Key.Source.Namespace, transfer.Key.Destination.Namespace = source, destination
	transfer.ID = transfer.Key.ID()
	return transfer
}

func idsOf(transfers []query.Transfer) []model.EdgeID {
	var ids []model.EdgeID
	for i := range transfers {
		ids = append(ids, transfers[i].ID)
	}
	return ids
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestNetworksAreKeptByScope: what one asker's question left in memory is not
// another's answer.
func TestNetworksAreKeptByScope(t *testing.T) {
	shop, pay := inNamespaces("shop", "shop", 500), inNamespaces("pay", "pay", 70)
	graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(7)}, Edges: map[uint64][]query.Transfer{7: {shop, pay}}}
	explorer := explorerOver(graphs, &doubles.Series{})
	ask := query.RingsAsk{Node: pay.Key.Source.ID(), Hops: 1, Limit: 10}
	if _, err := explorer.Neighbourhood(as(t, "*/*"), ask); err != nil {
		t.Fatal(err)
	}
	if _, err := explorer.Neighbourhood(as(t, "lab/shop"), ask); err == nil {
		t.Error("a node of another namespace was found")
	}
}
