package placement

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/graphsvc/layout"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// layoutNodes groups workloads by their namespace, all else by its kind.
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
