package fold

import (
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

// Result is one minute of the transfer graph.
type Result struct {
	Minute model.Minute
	// Edges are in order of their key's text, each key once.
	Edges []model.EdgeMinute
	// Nodes are the ends of the edges, in order of their id.
	Nodes []Node
	// Totals sum the edges up. Cost and UnpricedBytes are left for pricing.
	Totals model.VersionTotals
}

// Node is one end of edges, with the wire bytes it sent and received in the
// minute.
type Node struct {
	Identity                 model.Identity
	SentBytes, ReceivedBytes uint64
}

// Fold adds flows up by edge. It fails on a flow of another minute, which would
// otherwise be counted in the wrong one.
func Fold(minute model.Minute, flows []attribution.AttributedFlow) (Result, error) {
	sums := newSums(len(flows))
	for i := range flows {
		flow := &flows[i]
		if flow.Minute != minute {
			return Result{}, fmt.Errorf("fold of %s: flow %s is of minute %s", minute, flow.Key, flow.Minute)
		}
		sums.add(&model.EdgeMinute{
			Minute: minute, Key: flow.Key, Sent: flow.Sent, Connections: flow.Connections,
			RTTMicros: flow.RTTMicros, CheckBytes: flow.CheckBytes, Checked: flow.Checked,
		})
	}
	return resultOf(minute, sums.edges), nil
}

// Merge folds two results of one minute into one, as if their flows had been
// folded together.
func Merge(a, b Result) (Result, error) {
	if a.Minute != b.Minute {
		return Result{}, fmt.Errorf("merge of minute %s with minute %s: only results of one minute can be merged", a.Minute, b.Minute)
	}
	sums := newSums(len(a.Edges))
	for _, edges := range [][]model.EdgeMinute{a.Edges, b.Edges} {
		for i := range edges {
			sums.add(&edges[i])
		}
	}
	return resultOf(a.Minute, sums.edges), nil
}

// resultOf orders edges, each there once, by the text of their key and derives
// the rest.
func resultOf(minute model.Minute, edges []model.EdgeMinute) Result {
	texts := make([]string, len(edges))
	order := make([]int, len(edges))
	for i := range edges {
		texts[i], order[i] = edges[i].Key.String(), i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(texts[a], texts[b]) })
	sorted := make([]model.EdgeMinute, len(edges))
	for to, from := range order {
		sorted[to] = edges[from]
	}
	nodes := nodesOf(sorted)
	return Result{Minute: minute, Edges: sorted, Nodes: nodes, Totals: totalsOf(sorted, nodes)}
}

// nodesOf derives the nodes. Two identities with one id are one node; the map by
// identity is there because it is far cheaper than building the id each time.
func nodesOf(edges []model.EdgeMinute) []Node {
	type named struct {
		id string
		Node
	}
	byIdentity, byID := map[model.Identity]int{}, map[string]int{}
	var all []named
	node := func(identity model.Identity) *Node {
		number, known := byIdentity[identity]
		if known {
			return &all[number].Node
		}
		id := identity.ID()
		if number, known = byID[id]; !known {
			number = len(all)
			all = append(all, named{id, Node{Identity: identity}})
		}
		byIdentity[identity], byID[id] = number, number
		return &all[number].Node
	}
	for i := range edges {
		node(edges[i].Key.Source).SentBytes += edges[i].Sent.WireBytes
		node(edges[i].Key.Destination).ReceivedBytes += edges[i].Sent.WireBytes
	}
	slices.SortFunc(all, func(a, b named) int { return strings.Compare(a.id, b.id) })
	nodes := make([]Node, len(all))
	for i := range all {
		nodes[i] = all[i].Node
	}
	return nodes
}

func totalsOf(edges []model.EdgeMinute, nodes []Node) model.VersionTotals {
	totals := model.VersionTotals{Nodes: uint64(len(nodes)), Edges: uint64(len(edges))}
	for i := range edges {
		edge := &edges[i]
		totals.Sent = totals.Sent.Add(edge.Sent)
		if edge.Key.Source.Kind == model.KindUnknown || edge.Key.Destination.Kind == model.KindUnknown {
			totals.UnknownBytes += edge.Sent.WireBytes
		}
	}
	return totals
}
