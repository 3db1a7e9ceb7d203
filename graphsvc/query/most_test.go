package query_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// TestNodesAreBounded: of a to b for 9, b to c for 8, d to e for 7 and a to c for 1.
func TestNodesAreBounded(t *testing.T) {
	edges := []query.Transfer{
		doubles.Transfer("a", "b", 1, 9), doubles.Transfer("b", "c", 2, 8), doubles.Transfer("d", "e", 4, 7), doubles.Transfer("a", "c", 8, 1),
	}
	for _, row := range []struct {
		most             query.Most
		nodes, restNodes int
		rest             uint64
	}{
		{query.Most{Transfers: 10}, 5, 0, 0},
		{query.Most{Transfers: 10, Nodes: 5}, 5, 0, 0},
		{query.Most{Transfers: 10, Nodes: 4}, 3, 2, 4},
		{query.Most{Transfers: 10, Nodes: 3}, 3, 2, 4},
		{query.Most{Transfers: 10, Nodes: 2}, 2, 3, 2 + 4 + 8},
		{query.Most{Transfers: 10, Nodes: 1}, 0, 5, 15},
		{query.Most{Transfers: 2, Nodes: 3}, 3, 2, 4 + 8},
	} {
		graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}, Edges: map[uint64][]query.Transfer{1: edges}}
		graph, err := explorerOver(graphs, &doubles.Series{}).Graph(t.Context(), query.Ask{}, query.ByCost, row.most)
		if err != nil || len(graph.Nodes) != row.nodes || graph.RestNodes != row.restNodes || graph.Rest.Bytes != row.rest {
			t.Errorf("%+v: got %d nodes, %d left out with %d bytes (%v), want %+v", row.most, len(graph.Nodes), graph.RestNodes, graph.Rest.Bytes, err, row)
		}
	}
}

// TestBetweenTheNodesGivenNothingIsLeftOut, whatever the transfers and the bounds, unless
// there are as many transfers as were asked for; and nothing is lost from the total.
func TestBetweenTheNodesGivenNothingIsLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		graphs := &doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}, Edges: map[uint64][]query.Transfer{}}
		seen := map[string]bool{}
		for range rapid.IntRange(0, 40).Draw(t, "transfers") {
			from, to := fmt.Sprint("n", rapid.IntRange(0, 9).Draw(t, "from")), fmt.Sprint("n", rapid.IntRange(0, 9).Draw(t, "to"))
			if seen[from+to] {
				continue
			}
			seen[from+to] = true
			graphs.Edges[1] = append(graphs.Edges[1], doubles.Transfer(from, to, rapid.Uint64Range(0, 1<<40).Draw(t, "bytes"), rapid.Int64Range(0, 5).Draw(t, "nano")))
		}
		most := query.Most{Transfers: rapid.IntRange(1, 40).Draw(t, "most transfers"), Nodes: rapid.IntRange(1, 12).Draw(t, "most nodes")}
		graph, err := explorerOver(graphs, &doubles.Series{}).Graph(noContext, query.Ask{}, query.ByCost, most)
		if err != nil {
			t.Fatal(err)
		}
		given, all := map[string]bool{}, map[string]bool{}
		sum := graph.Rest
		for _, node := range graph.Nodes {
			given[node.Identity.ID()] = true
		}
		drawn := map[model.EdgeID]bool{}
		for _, one := range graph.Transfers {
			drawn[one.ID] = true
			sum.Transfers++
			sum.Bytes += one.Sent.WireBytes
			if sum.Cost, err = sum.Cost.Add(one.Cost); err != nil {
				t.Fatal(err)
			}
		}
		for _, one := range graphs.Edges[1] {
			source, destination := one.Key.Source.ID(), one.Key.Destination.ID()
			all[source], all[destination] = true, true
			if len(graph.Transfers) < most.Transfers && given[source] && given[destination] && !drawn[one.ID] {
				t.Errorf("%s to %s is left out, and both are there", source, destination)
			}
		}
		if sum != graph.Total || len(graph.Nodes) > most.Nodes || len(graph.Transfers) > most.Transfers || len(graph.Nodes)+graph.RestNodes != len(all) {
			t.Fatalf("%d nodes and %d more of %d, given and rest %+v of %+v, at most %+v", len(graph.Nodes), graph.RestNodes, len(all), sum, graph.Total, most)
		}
	})
}

// TestALargeWindowIsFolded: of 10,000 nodes and 100,000 transfers, what a map can show.
func TestALargeWindowIsFolded(t *testing.T) {
	explorer := largeWindow()
	graph, err := explorer.Graph(t.Context(), query.Ask{}, query.ByCost, query.Most{Transfers: 3000, Nodes: 1500})
	if err != nil {
		t.Fatal(err)
	}
	if len(graph.Nodes) > 1500 || len(graph.Transfers) != 3000 || len(graph.Nodes)+graph.RestNodes != 10_000 || len(graph.Transfers)+graph.Rest.Transfers != 100_000 {
		t.Errorf("%d nodes and %d more, %d transfers and %d more", len(graph.Nodes), graph.RestNodes, len(graph.Transfers), graph.Rest.Transfers)
	}
}

func BenchmarkLargeWindow(b *testing.B) {
	explorer := largeWindow()
	for b.Loop() {
		if _, err := explorer.Graph(noContext, query.Ask{}, query.ByCost, query.Most{Transfers: 3000, Nodes: 1500}); err != nil {
			b.Fatal(err)
		}
	}
}

// largeWindow holds 10,000 nodes and 100,000 transfers; many call few, as in a cluster.
func largeWindow() *query.Explorer {
	edges := make([]query.Transfer, 0, 100_000)
	for i := range 10_000 {
		for k := range 10 {
			to := (i*7 + k*k*k*131 + 1) % 10_000
			if k > 3 {
				to %= 400
			}
			edge := doubles.Transfer(fmt.Sprint("n", i), fmt.Sprint("n", to), uint64(1000+i), int64(1_000_000/(i+1)+k))
			edge.Key.ServerPort = uint16(1 + k)
			edge.ID = edge.Key.ID()
			edges = append(edges, edge)
		}
	}
	return explorerOver(&doubles.Graphs{Kept: []model.GraphVersion{doubles.Version(1)}, Edges: map[uint64][]query.Transfer{1: edges}}, &doubles.Series{})
}
