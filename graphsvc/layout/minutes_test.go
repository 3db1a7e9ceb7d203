package layout_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/layout"
)

// span is the side of the map: shares of the view are shares of it.
const span = 2000.0

// TestAMinuteDoesNotMoveTheMap: an hour of versions in which a twentieth of the nodes goes
// and as many come, some of them again. The aim is a median move below 2 % of the view.
func TestAMinuteDoesNotMoveTheMap(t *testing.T) {
	known := map[string]layout.Point{}
	before := minute(known, 0)
	for version := 1; version < 60; version++ {
		after := minute(known, version)
		if moved := medianMove(before, after); moved >= 0.02 {
			t.Fatalf("version %d moves nodes by %.3f of the view, median", version, moved)
		}
		before = after
	}
	// A service that starts again has no places: what it draws then is told, not promised.
	t.Logf("the same minute laid out with no places known: median move %.3f of the view", medianMove(before, minute(map[string]layout.Point{}, 59)))
}

// minute places the nodes of a version, as the service does: what is placed stays known.
func minute(known map[string]layout.Point, version int) map[string]layout.Point {
	var nodes []layout.Node
	var links []layout.Link
	for i := range 120 {
		// Node i is away in one minute of twenty, and the last six are new in each version.
		if (i+version)%20 == 0 {
			continue
		}
		id := fmt.Sprintf("w/%d", i)
		if i >= 114 {
			id = fmt.Sprintf("w/%d of %d", i, version)
		}
		nodes = append(nodes, layout.Node{ID: id, Group: fmt.Sprintf("ns-%d", i%8)})
		links = append(links, layout.Link{A: id, B: fmt.Sprintf("w/%d", i*7%114), Weight: float64((i+version)%10) / 10})
	}
	for id, at := range layout.Arrange(known, nodes, links) {
		known[id] = at
	}
	placed := make(map[string]layout.Point, len(nodes))
	for _, node := range nodes {
		placed[node.ID] = known[node.ID]
	}
	return placed
}

// medianMove is that of the nodes that both have, as a share of the view.
func medianMove(before, after map[string]layout.Point) float64 {
	var moves []float64
	for id, a := range before {
		if b, there := after[id]; there {
			moves = append(moves, math.Hypot(a.X-b.X, a.Y-b.Y)/span)
		}
	}
	slices.Sort(moves)
	return moves[len(moves)/2]
}
