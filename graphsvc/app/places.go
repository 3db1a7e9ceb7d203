package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/egressor/egressor/graphsvc/layout"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// places keeps where each node is on the map. A node keeps its place for as
// long as the service runs.
type places struct {
	mu    sync.Mutex
	known map[string]layout.Point
}

var _ query.Layout = (*places)(nil)

func newPlaces() *places { return &places{known: map[string]layout.Point{}} }

// Place gives every node its place on the map.
func (p *places) Place(_ context.Context, nodes []query.Node, transfers []query.Transfer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fill(nodes) {
		return nil
	}
	for id, point := range layout.Arrange(p.known, layoutNodes(nodes), layoutLinks(transfers)) {
		p.known[id] = point
	}
	p.fill(nodes)
	return nil
}

// fill gives nodes the places that are known, and reports whether all were.
func (p *places) fill(nodes []query.Node) bool {
	for i := range nodes {
		point, known := p.known[nodes[i].Identity.ID()]
		if !known {
			return false
		}
		nodes[i].X, nodes[i].Y = point.X, point.Y
	}
	return true
}

func layoutNodes(nodes []query.Node) []layout.Node {
	converted := make([]layout.Node, len(nodes))
	for i := range nodes {
		identity := nodes[i].Identity
		group := string(identity.Kind)
		if identity.Kind == model.KindWorkload {
			group = identity.Cluster + "/" + identity.Namespace
		}
		converted[i] = layout.Node{ID: identity.ID(), Group: group}
	}
	return converted
}

// layoutLinks draws two nodes together once, however many transfers they have,
// by the share that all of them have of the busiest pair.
func layoutLinks(transfers []query.Transfer) []layout.Link {
	type pair struct{ a, b string }
	bytes := map[pair]uint64{}
	var most uint64 = 1
	for i := range transfers {
		ends := pair{transfers[i].Key.Source.ID(), transfers[i].Key.Destination.ID()}
		if ends.a > ends.b {
			ends.a, ends.b = ends.b, ends.a
		}
		bytes[ends] += transfers[i].Sent.WireBytes
		most = max(most, bytes[ends])
	}
	links := make([]layout.Link, 0, len(bytes))
	for ends, n := range bytes {
		links = append(links, layout.Link{A: ends.a, B: ends.b, Weight: float64(n) / float64(most)})
	}
	slices.SortFunc(links, func(x, y layout.Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return links
}
