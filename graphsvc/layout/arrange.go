// Package layout gives every node of the graph a place on the map, once, on
// the server: the same picture for everyone, and one that does not move when a
// new minute arrives. It is pure: the same input gives the same places.
package layout

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
)

// Point is a place on the map. Coordinates are about -1000 to 1000.
type Point struct{ X, Y float64 }

// Node is something to place. Nodes of one group start near each other.
type Node struct{ ID, Group string }

// Link pulls its two ends together, the more the larger its weight (0 to 1).
type Link struct {
	A, B   string
	Weight float64
}

// The forces, chosen by eye on graphs of 10 to 500 nodes.
const (
	groupRadius = 520.0 // groups start on a circle of this radius
	nodeSpacing = 150.0 // the distance that nodes try to keep, where there are few
	roomShare   = 0.55  // the same as a share of the side of the square that each of many has
	startJitter = 90.0  // how far from its group's centre a node starts
	reach       = 1000.0
	iterations  = 220
	repelling   = 1.0 / 8 // share of spacing^2/distance that two bodies push each other by
	coolingFrom = 60.0    // largest step of the first iteration
	gravity     = 0.03    // pull to the middle per unit of distance, where there are few
	spread      = 850.0   // how far out the repulsion of many is held by gravity alone
	// largest is the number of nodes up to which the quadratic repulsion is
	// affordable; beyond it new nodes stay where they start.
	largest = 1500
)

// Arrange returns places for the nodes that have none in known. Known nodes
// are not moved; new ones settle around them.
func Arrange(known map[string]Point, nodes []Node, links []Link) map[string]Point {
	fresh := newNodes(known, nodes)
	if len(fresh) == 0 {
		return nil
	}
	b := newBodies(known, nodes, fresh)
	b.spacing = spacingOf(len(b.points))
	b.gravity = max(gravity, float64(len(b.points))*b.spacing*b.spacing*repelling/(spread*spread))
	springs := b.springs(links)
	if len(b.points) <= largest {
		for i := range iterations {
			b.step(springs, coolingFrom*(1-float64(i)/iterations)+0.5)
		}
	}
	placed := make(map[string]Point, len(fresh))
	for i, node := range fresh {
		placed[node.ID] = b.points[i]
	}
	return placed
}

// spacingOf is the distance that so many nodes try to keep: more of them stand closer,
// or all would be pushed against the edge of the map.
func spacingOf(nodes int) float64 {
	return min(nodeSpacing, roomShare*2*reach/math.Sqrt(float64(nodes)))
}

// newNodes are the nodes without a place, each once, in order of id.
func newNodes(known map[string]Point, nodes []Node) []Node {
	var fresh []Node
	for _, node := range nodes {
		if _, ok := known[node.ID]; !ok {
			fresh = append(fresh, node)
		}
	}
	slices.SortFunc(fresh, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(fresh, func(a, b Node) bool { return a.ID == b.ID })
}

// start is where a node begins: near its group's centre, off it by its own hash.
func start(node Node) Point {
	turn := 2 * math.Pi * fraction("group "+node.Group)
	own := 2 * math.Pi * fraction("angle "+node.ID)
	off := startJitter * (0.3 + fraction("radius "+node.ID))
	return Point{
		X: groupRadius*math.Cos(turn) + off*math.Cos(own),
		Y: groupRadius*math.Sin(turn) + off*math.Sin(own),
	}
}

// fraction maps a text evenly to [0, 1).
func fraction(text string) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	// FNV's high bits mix poorly on short texts; one multiply spreads them.
	return float64((h.Sum64()*0x9E3779B97F4A7C15)>>11) / (1 << 53)
}
