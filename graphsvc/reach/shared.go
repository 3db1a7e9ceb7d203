package reach

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Shared is a node that several others call.
type Shared struct {
	Node model.Identity
	ID   string
	// Callers are costliest first.
	Callers []*Hop
	Bytes   uint64
	Cost    money.Amount
}

// SharedDestinations are the nodes that at least two of some nodes call, those
// with the most callers first, then the costliest. No node at all means every
// node. The network must be of Calls.
func (n *Network) SharedDestinations(of []string) ([]Shared, error) {
	var shared []Shared
	for node := range n.nodes {
		one := Shared{Node: n.nodes[node], ID: n.ids[node]}
		for _, hop := range n.in[node] {
			if len(of) > 0 && !slices.Contains(of, n.ids[hop.from]) {
				continue
			}
			one.Callers = append(one.Callers, hop)
			one.Bytes += hop.Bytes
			var err error
			if one.Cost, err = one.Cost.Add(hop.Cost); err != nil {
				return nil, err
			}
		}
		if len(one.Callers) < 2 {
			continue
		}
		slices.SortStableFunc(one.Callers, func(a, b *Hop) int { return cmp.Or(b.Cost.Cmp(a.Cost), cmp.Compare(a.from, b.from)) })
		shared = append(shared, one)
	}
	slices.SortStableFunc(shared, func(a, b Shared) int {
		return cmp.Or(cmp.Compare(len(b.Callers), len(a.Callers)), b.Cost.Cmp(a.Cost))
	})
	return shared, nil
}
