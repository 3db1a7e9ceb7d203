package diff

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Kind says what became of an edge, a node or a group.
type Kind string

// Kinds of change.
const (
	New     Kind = "new"
	Gone    Kind = "gone"
	Changed Kind = "changed"
	Same    Kind = "same"
)

// Change is what became of one edge: Before is nil for a new one, After for one
// that is gone.
type Change struct {
	Before, After *Edge
}

// ID is the edge's id.
func (c Change) ID() model.EdgeID { return c.either().ID }

// Kind is Same only where every figure is equal.
func (c Change) Kind() Kind {
	switch {
	case c.Before == nil:
		return New
	case c.After == nil:
		return Gone
	case *c.Before == *c.After:
		return Same
	default:
		return Changed
	}
}

// either is the edge as it is after, or as it was where it is gone.
func (c Change) either() *Edge {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// Between pairs the edges of two states by id, in order of id, those that are
// the same included. An id that occurs twice in one state is an error.
func Between(before, after []*Edge) ([]Change, error) {
	before, err := byID(before)
	if err != nil {
		return nil, fmt.Errorf("the state before: %w", err)
	}
	if after, err = byID(after); err != nil {
		return nil, fmt.Errorf("the state after: %w", err)
	}
	changes := make([]Change, 0, max(len(before), len(after)))
	for len(before) > 0 || len(after) > 0 {
		var c Change
		switch order := firstOf(before, after); {
		case order < 0:
			c.Before, before = before[0], before[1:]
		case order > 0:
			c.After, after = after[0], after[1:]
		default:
			c = Change{before[0], after[0]}
			before, after = before[1:], after[1:]
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// firstOf compares the heads of two lists; an empty list comes last.
func firstOf(before, after []*Edge) int {
	switch {
	case len(before) == 0:
		return 1
	case len(after) == 0:
		return -1
	default:
		return cmp.Compare(before[0].ID, after[0].ID)
	}
}

func byID(edges []*Edge) ([]*Edge, error) {
	sorted := slices.SortedFunc(slices.Values(edges), func(a, b *Edge) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(sorted); i++ {
		if sorted[i].ID == sorted[i-1].ID {
			return nil, fmt.Errorf("edge %s occurs twice", sorted[i].ID)
		}
	}
	return sorted, nil
}

// Apply carries out changes on the state that they were found from, and returns
// the other one in order of id. A state that does not hold what a change starts
// from is refused.
func Apply(state []*Edge, changes []Change) ([]*Edge, error) {
	edges := make(map[model.EdgeID]*Edge, len(state))
	for _, e := range state {
		edges[e.ID] = e
	}
	for _, c := range changes {
		held := edges[c.ID()]
		if (held == nil) != (c.Before == nil) || held != nil && *held != *c.Before {
			return nil, fmt.Errorf("edge %s is not as the change found it", c.ID())
		}
		if c.After == nil {
			delete(edges, c.ID())
			continue
		}
		edges[c.ID()] = c.After
	}
	result := make([]*Edge, 0, len(edges))
	for _, e := range edges {
		result = append(result, e)
	}
	return byID(result)
}
