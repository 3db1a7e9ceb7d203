package reach

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Reached is one node that a search found.
type Reached struct {
	Node model.Identity
	ID   string
	// Hops is how far it is from where the search began.
	Hops int
	// Through is the node one hop nearer that it shares the most bytes with, the
	// zero Identity for what was asked about itself.
	Through model.Identity
	// Bytes and Cost are of all links between it and the nodes one hop nearer.
	Bytes uint64
	Cost  money.Amount
	// Dependence is whether it is known to depend on what was asked about: "" for that
	// itself, and in a neighbourhood, where nobody need depend on anybody.
	Dependence Dependence
}

// Dependence is what is known of a node that may depend on another one.
type Dependence string

// Kinds of dependence.
const (
	// DependenceObserved is that of calls all the way, within the hops asked for.
	DependenceObserved Dependence = "observed"
	// DependenceUnknown is that where each way has a link of which nobody knows who
	// opened its connections: the node may depend on what was asked about, or be one of
	// those that it depends on.
	DependenceUnknown Dependence = "unknown"
)

// Rings are the nodes around something: nearest first, then costliest.
type Rings struct {
	Reached []Reached
	// Left is how many nodes within the hops asked for were left out by the
	// limit, with the cost of the links that lead to them.
	Left     int
	LeftCost money.Amount
}

// Neighbourhood is who exchanges bytes with a node, directly or through others,
// within so many hops.
func (n *Network) Neighbourhood(of string, hops, limit int) (Rings, error) {
	start, known := n.byID[of]
	if !known {
		return Rings{}, nil
	}
	rings := Rings{Reached: []Reached{{Node: n.nodes[start], ID: of}}}
	return rings, n.expand(&rings, []int{start}, hops, limit, func(node int) []step {
		return slices.Concat(steps(n.out[node], false), steps(n.in[node], true))
	})
}

// Dependents is who is hit when a node is gone or slow: those that call it, those
// that call these, and so on. The network must be of Calls.
func (n *Network) Dependents(of string, hops, limit int) (Rings, error) {
	start, known := n.byID[of]
	if !known {
		return Rings{}, nil
	}
	rings := Rings{Reached: []Reached{{Node: n.nodes[start], ID: of}}}
	if err := n.expand(&rings, []int{start}, hops, limit, n.callers); err != nil {
		return Rings{}, err
	}
	n.tellDependence(&rings, n.observed([]int{start}, hops))
	return rings, nil
}

// DependentsOnGateway is who is hit when a NAT gateway, an endpoint or another
// waypoint is gone: those whose calls go through it, and who calls these.
func (n *Network) DependentsOnGateway(via string, hops, limit int) (Rings, error) {
	users, observed := map[int]*Reached{}, []int{}
	for i := range n.nodes {
		for _, hop := range n.out[i] {
			for _, link := range hop.Links {
				if link.Key.Path.Via != via {
					continue
				}
				if err := reachedBy(users, i, n, 1, hop.To, link.Bytes, link.Cost); err != nil {
					return Rings{}, err
				}
				if link.openerKnown() {
					observed = append(observed, i)
				}
			}
		}
	}
	var rings Rings
	ring, err := rings.take(users, limit)
	if err != nil {
		return Rings{}, err
	}
	if err := n.expand(&rings, ring, hops-1, limit, n.callers); err != nil {
		return Rings{}, err
	}
	n.tellDependence(&rings, n.observed(observed, hops-1))
	return rings, nil
}

// observed are some nodes and all that call them, directly or through others, by
// hops with a known opener alone. Calls that are seen may take more of them than the
// nearest way does, so that this is a search of its own.
func (n *Network) observed(ring []int, hops int) map[int]bool {
	seen := map[int]bool{}
	for _, node := range ring {
		seen[node] = true
	}
	for ; hops > 0 && len(ring) > 0; hops-- {
		var next []int
		for _, node := range ring {
			for _, hop := range n.in[node] {
				if hop.observed && !seen[hop.from] {
					seen[hop.from] = true
					next = append(next, hop.from)
				}
			}
		}
		ring = next
	}
	return seen
}

// tellDependence says of each node but the one that was asked about what is known.
func (n *Network) tellDependence(rings *Rings, observed map[int]bool) {
	for i := range rings.Reached {
		switch r := &rings.Reached[i]; {
		case r.Hops == 0:
		case observed[n.byID[r.ID]]:
			r.Dependence = DependenceObserved
		default:
			r.Dependence = DependenceUnknown
		}
	}
}

func (n *Network) callers(node int) []step { return steps(n.in[node], true) }

// step is one hop that a search may take, to its other end.
type step struct {
	hop  *Hop
	next int
}

func steps(hops []*Hop, back bool) []step {
	found := make([]step, len(hops))
	for i, hop := range hops {
		found[i] = step{hop, hop.to}
		if back {
			found[i].next = hop.from
		}
	}
	return found
}

// expand adds the rings around the last one.
func (n *Network) expand(rings *Rings, ring []int, hops, limit int, next func(node int) []step) error {
	seen := map[int]bool{}
	first := 0
	for _, r := range rings.Reached {
		seen[n.byID[r.ID]] = true
		first = max(first, r.Hops)
	}
	for distance := first + 1; distance <= first+hops && len(ring) > 0; distance++ {
		found := map[int]*Reached{}
		for _, node := range ring {
			for _, s := range next(node) {
				if seen[s.next] {
					continue
				}
				if err := reachedBy(found, s.next, n, distance, n.nodes[node], s.hop.Bytes, s.hop.Cost); err != nil {
					return err
				}
			}
		}
		for node := range found {
			seen[node] = true
		}
		var err error
		if ring, err = rings.take(found, limit); err != nil {
			return err
		}
	}
	return nil
}

// reachedBy counts one way to a node in.
func reachedBy(found map[int]*Reached, node int, n *Network, hops int, through model.Identity, bytes uint64, cost money.Amount) (err error) {
	r := found[node]
	if r == nil {
		r = &Reached{Node: n.nodes[node], ID: n.ids[node], Hops: hops, Through: through}
		found[node] = r
	}
	r.Bytes += bytes
	r.Cost, err = r.Cost.Add(cost)
	return err
}

// take adds a ring, costliest first, up to the limit, and returns the nodes that
// are gone on from.
func (r *Rings) take(found map[int]*Reached, limit int) ([]int, error) {
	nodes := make([]int, 0, len(found))
	for node := range found {
		nodes = append(nodes, node)
	}
	slices.SortFunc(nodes, func(a, b int) int {
		x, y := found[a], found[b]
		return cmp.Or(y.Cost.Cmp(x.Cost), cmp.Compare(y.Bytes, x.Bytes), cmp.Compare(a, b))
	})
	room := min(len(nodes), max(limit-len(r.Reached), 0))
	for _, node := range nodes[:room] {
		r.Reached = append(r.Reached, *found[node])
	}
	for _, node := range nodes[room:] {
		var err error
		r.Left++
		if r.LeftCost, err = r.LeftCost.Add(found[node].Cost); err != nil {
			return nil, err
		}
	}
	return nodes[:room], nil
}
