package diff

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// NodeSum is what passed one node. An edge counts at both of its ends, once
// where they are the same node, so nodes do not add up to the total.
type NodeSum struct {
	Transfers         int
	BytesOut, BytesIn uint64
	// Cost is that of the edges that it is an end of.
	Cost money.Amount
}

// NodeChange is what became of one node.
type NodeChange struct {
	ID            string
	Identity      model.Identity
	Kind          Kind
	Before, After NodeSum
	// Cost is After less Before.
	Cost money.Amount
}

// Nodes are the nodes that changed, largest change of cost first.
func Nodes(changes []Change) ([]NodeChange, error) {
	nodes := map[model.Identity]*NodeChange{}
	node := func(end model.Identity) *NodeChange {
		if nodes[end] == nil {
			nodes[end] = &NodeChange{ID: end.ID(), Identity: end}
		}
		return nodes[end]
	}
	for _, c := range changes {
		key := &c.either().Key
		source, destination := node(key.Source), node(key.Destination)
		if err := addSide(c.Before, &source.Before, &destination.Before); err != nil {
			return nil, err
		}
		if err := addSide(c.After, &source.After, &destination.After); err != nil {
			return nil, err
		}
	}
	return changedNodes(nodes)
}

// addSide counts an edge at its source and its destination, which may be one.
func addSide(e *Edge, source, destination *NodeSum) (err error) {
	if e == nil {
		return nil
	}
	source.BytesOut += e.Sent.WireBytes
	destination.BytesIn += e.Sent.WireBytes
	source.Transfers++
	if source.Cost, err = source.Cost.Add(e.Cost); err != nil || source == destination {
		return err
	}
	destination.Transfers++
	destination.Cost, err = destination.Cost.Add(e.Cost)
	return err
}

func changedNodes(nodes map[model.Identity]*NodeChange) ([]NodeChange, error) {
	var changed []NodeChange
	size := map[string]money.Amount{}
	for _, n := range nodes {
		var err error
		if n.Cost, err = n.After.Cost.Sub(n.Before.Cost); err != nil {
			return nil, err
		}
		if size[n.ID], err = absolute(n.Cost); err != nil {
			return nil, err
		}
		if n.Kind = n.kind(); n.Kind != Same {
			changed = append(changed, *n)
		}
	}
	slices.SortFunc(changed, func(a, b NodeChange) int {
		return cmp.Or(size[b.ID].Cmp(size[a.ID]), cmp.Compare(a.ID, b.ID))
	})
	return changed, nil
}

func (n *NodeChange) kind() Kind {
	switch {
	case n.Before.Transfers == 0:
		return New
	case n.After.Transfers == 0:
		return Gone
	case n.Before == n.After:
		return Same
	default:
		return Changed
	}
}
