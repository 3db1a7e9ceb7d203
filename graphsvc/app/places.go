package app

import (
	"context"
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
	for id, point := range layout.Arrange(p.known, layoutNodes(nodes), layoutLinks(transfers)) {
		p.known[id] = point
	}
	for i := range nodes {
		point := p.known[nodes[i].Identity.ID()]
		nodes[i].X, nodes[i].Y = point.X, point.Y
	}
	return nil
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

func layoutLinks(transfers []query.Transfer) []layout.Link {
	var most uint64 = 1
	for i := range transfers {
		most = max(most, transfers[i].Sent.WireBytes)
	}
	links := make([]layout.Link, len(transfers))
	for i := range transfers {
		t := &transfers[i]
		links[i] = layout.Link{
			A: t.Key.Source.ID(), B: t.Key.Destination.ID(),
			Weight: float64(t.Sent.WireBytes) / float64(most),
		}
	}
	return links
}
