package layout_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/layout"
)

func shop(n int) ([]layout.Node, []layout.Link) {
	var nodes []layout.Node
	var links []layout.Link
	for i := range n {
		nodes = append(nodes, layout.Node{ID: fmt.Sprintf("w/%d", i), Group: fmt.Sprintf("ns-%d", i%4)})
		links = append(links, layout.Link{A: fmt.Sprintf("w/%d", i), B: fmt.Sprintf("w/%d", i*7%n), Weight: float64(i%10) / 10})
	}
	return nodes, links
}

func TestArrangeDoesNotDependOnOrder(t *testing.T) {
	nodes, links := shop(30)
	want := layout.Arrange(nil, nodes, links)
	slices.Reverse(nodes)
	got := layout.Arrange(nil, nodes, links)
	for id, point := range want {
		if got[id] != point {
			t.Fatalf("%s moved from %v to %v when the order changed", id, point, got[id])
		}
	}
}

func TestArrangeNeverMovesKnownNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes, links := shop(rapid.IntRange(2, 25).Draw(t, "nodes"))
		cut := rapid.IntRange(0, len(nodes)).Draw(t, "known")
		known := layout.Arrange(nil, nodes[:cut], links)
		added := layout.Arrange(known, nodes, links)
		for id := range added {
			if _, was := known[id]; was {
				t.Fatalf("%s had a place and was given another", id)
			}
		}
		if len(added) != len(nodes)-cut {
			t.Fatalf("%d of %d new nodes got a place", len(added), len(nodes)-cut)
		}
	})
}

func TestArrangeKeepsNodesApartAndOnTheMap(t *testing.T) {
	nodes, links := shop(40)
	places := layout.Arrange(nil, nodes, links)
	for a, p := range places {
		if math.Abs(p.X) > 1000 || math.Abs(p.Y) > 1000 {
			t.Errorf("%s lies off the map at %v", a, p)
		}
		for b, q := range places {
			if a < b && math.Hypot(p.X-q.X, p.Y-q.Y) < 25 {
				t.Errorf("%s and %s lie on each other at %v and %v", a, b, p, q)
			}
		}
	}
}

// TestArrangeUsesTheMap: however many nodes there are, few are pushed against its edge,
// and they spread over it.
func TestArrangeUsesTheMap(t *testing.T) {
	for _, n := range []int{10, 100, 250} {
		nodes, links := shop(n)
		edge, far := 0, 0
		for _, p := range layout.Arrange(nil, nodes, links) {
			if most := max(math.Abs(p.X), math.Abs(p.Y)); most >= 999 {
				edge++
			} else if most > 200 {
				far++
			}
		}
		t.Logf("%d nodes: %d at the edge, %d beyond a fifth of it", n, edge, far)
		if edge*10 > n {
			t.Errorf("%d of %d nodes are pushed against the edge of the map", edge, n)
		}
		if far*2 < n {
			t.Errorf("%d of %d nodes are beyond a fifth of the map: they are heaped in its middle", far, n)
		}
	}
}
