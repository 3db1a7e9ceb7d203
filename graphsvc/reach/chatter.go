package reach

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Circle is a set of workloads each of which reaches each other one between
// zones: moving one of them alone cannot end the traffic between zones.
type Circle struct {
	// Nodes are in order of id.
	Nodes []model.Identity
	Zones []string
	// Transfers, Bytes and Cost are of the links between zones inside the circle.
	Transfers int
	Bytes     uint64
	Cost      money.Amount
}

// CrossZoneCircles are the strongly connected parts of the traffic between
// zones, costliest first. By Data every pair that asks and answers is a circle;
// by Calls those alone that call each other. Hops of fewer than minBytes are left
// out, so that a large circle falls apart into those that matter.
func CrossZoneCircles(links []Link, sense Sense, minBytes uint64) ([]Circle, error) {
	var crossing []Link
	for _, link := range links {
		from, to := link.Key.SourcePlace.Zone, link.Key.DestinationPlace.Zone
		inside := link.Key.Source.Kind == model.KindWorkload && link.Key.Destination.Kind == model.KindWorkload
		if inside && from != "" && to != "" && from != to {
			crossing = append(crossing, link)
		}
	}
	network, err := New(crossing, sense)
	if err != nil {
		return nil, err
	}
	for i := range network.out {
		network.out[i] = slices.DeleteFunc(network.out[i], func(h *Hop) bool { return h.Bytes < minBytes })
	}
	var circles []Circle
	for _, members := range network.components() {
		circle, err := network.circle(members)
		if err != nil {
			return nil, err
		}
		circles = append(circles, circle)
	}
	slices.SortStableFunc(circles, func(a, b Circle) int { return cmp.Or(b.Cost.Cmp(a.Cost), cmp.Compare(b.Bytes, a.Bytes)) })
	return circles, nil
}

func (n *Network) circle(members []int) (circle Circle, err error) {
	for _, node := range members {
		circle.Nodes = append(circle.Nodes, n.nodes[node])
		for _, hop := range n.out[node] {
			if _, inside := slices.BinarySearch(members, hop.to); !inside {
				continue
			}
			circle.Transfers += len(hop.Links)
			circle.Bytes += hop.Bytes
			if circle.Cost, err = circle.Cost.Add(hop.Cost); err != nil {
				return Circle{}, err
			}
			for _, link := range hop.Links {
				circle.Zones = append(circle.Zones, link.Key.SourcePlace.Zone, link.Key.DestinationPlace.Zone)
			}
		}
	}
	slices.Sort(circle.Zones)
	circle.Zones = slices.Compact(circle.Zones)
	return circle, nil
}

// components are the strongly connected components of at least two nodes, each
// in order, by Tarjan's algorithm (SIAM Journal on Computing 1(2), 1972).
func (n *Network) components() [][]int {
	t := tarjan{network: n, index: make([]int, len(n.nodes)), low: make([]int, len(n.nodes)), open: make([]bool, len(n.nodes))}
	for node := range n.nodes {
		if t.index[node] == 0 {
			t.visit(node)
		}
	}
	slices.SortFunc(t.found, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return t.found
}

type tarjan struct {
	network    *Network
	next       int
	index, low []int // index 0 is not visited yet
	open       []bool
	stack      []int
	found      [][]int
}

func (t *tarjan) visit(node int) {
	t.next++
	t.index[node], t.low[node] = t.next, t.next
	t.stack, t.open[node] = append(t.stack, node), true
	for _, hop := range t.network.out[node] {
		switch {
		case t.index[hop.to] == 0:
			t.visit(hop.to)
			t.low[node] = min(t.low[node], t.low[hop.to])
		case t.open[hop.to]:
			t.low[node] = min(t.low[node], t.index[hop.to])
		}
	}
	if t.low[node] == t.index[node] {
		t.close(node)
	}
}

// close takes the component whose first node this is off the stack.
func (t *tarjan) close(node int) {
	var members []int
	for {
		last := t.stack[len(t.stack)-1]
		t.stack, t.open[last] = t.stack[:len(t.stack)-1], false
		members = append(members, last)
		if last == node {
			break
		}
	}
	if len(members) > 1 {
		slices.Sort(members)
		t.found = append(t.found, members)
	}
}
