package fold

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Change is what turns one result into another. An edge that carried the same
// in both is in neither list, so a change between two quiet minutes is small.
type Change struct {
	// Minute is that of the result the change leads to.
	Minute model.Minute
	// Set holds the edges that are new or carried something else.
	Set []model.EdgeMinute
	// Removed holds the edges that carried nothing any more.
	Removed []model.EdgeKey
}

// Diff returns the change from a to b, in order of the edges' keys.
func Diff(a, b Result) Change {
	before := byKey(a)
	after := byKey(b)
	change := Change{Minute: b.Minute}
	for _, edge := range b.Edges {
		known, ok := before[edge.Key]
		known.Minute = edge.Minute
		if !ok || known != edge {
			change.Set = append(change.Set, edge)
		}
	}
	for _, edge := range a.Edges {
		if _, ok := after[edge.Key]; !ok {
			change.Removed = append(change.Removed, edge.Key)
		}
	}
	return change
}

// Apply returns the result that a change leads to: Apply(a, Diff(a, b)) = b.
func Apply(a Result, change Change) Result {
	edges := byKey(a)
	for _, key := range change.Removed {
		delete(edges, key)
	}
	for _, edge := range change.Set {
		edges[edge.Key] = edge
	}
	list := make([]model.EdgeMinute, 0, len(edges))
	for _, edge := range edges {
		edge.Minute = change.Minute
		list = append(list, edge)
	}
	return resultOf(change.Minute, list)
}

// IsEmpty reports whether the change sets and removes nothing.
func (c Change) IsEmpty() bool { return len(c.Set) == 0 && len(c.Removed) == 0 }

// Keys returns the keys of every edge that the change touches, set ones first.
func (c Change) Keys() []model.EdgeKey {
	keys := make([]model.EdgeKey, 0, len(c.Set)+len(c.Removed))
	for _, edge := range c.Set {
		keys = append(keys, edge.Key)
	}
	return slices.Concat(keys, c.Removed)
}

func byKey(r Result) map[model.EdgeKey]model.EdgeMinute {
	edges := make(map[model.EdgeKey]model.EdgeMinute, len(r.Edges))
	for _, edge := range r.Edges {
		edges[edge.Key] = edge
	}
	return edges
}
