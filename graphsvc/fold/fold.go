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
	edges := map[model.EdgeKey]model.EdgeMinute{}
	for _, flow := range flows {
		if flow.Minute != minute {
			return Result{}, fmt.Errorf("fold of %s: flow %s is of minute %s", minute, flow.Key, flow.Minute)
		}
		put(edges, model.EdgeMinute{
			Minute: minute, Key: flow.Key, Sent: flow.Sent, Connections: flow.Connections,
			RTTMicros: flow.RTTMicros, CheckBytes: flow.CheckBytes, Checked: flow.Checked,
		})
	}
	return resultOf(minute, edges), nil
}

// Merge folds two results of one minute into one, as if their flows had been
// folded together.
func Merge(a, b Result) (Result, error) {
	if a.Minute != b.Minute {
		return Result{}, fmt.Errorf("merge of minute %s with minute %s: only results of one minute can be merged", a.Minute, b.Minute)
	}
	edges := make(map[model.EdgeKey]model.EdgeMinute, len(a.Edges))
	for _, edge := range slices.Concat(a.Edges, b.Edges) {
		put(edges, edge)
	}
	return resultOf(a.Minute, edges), nil
}

// put adds an edge to those of its minute. An edge is checked only if all of
// its parts are: a check that covers a part of the bytes would look like loss.
func put(edges map[model.EdgeKey]model.EdgeMinute, part model.EdgeMinute) {
	if !part.Checked {
		part.CheckBytes = 0
	}
	edge, known := edges[part.Key]
	if !known {
		edges[part.Key] = part
		return
	}
	edge.Sent = edge.Sent.Add(part.Sent)
	edge.Connections += part.Connections
	edge.RTTMicros = max(edge.RTTMicros, part.RTTMicros)
	edge.Checked = edge.Checked && part.Checked
	edge.CheckBytes += part.CheckBytes
	if !edge.Checked {
		edge.CheckBytes = 0
	}
	edges[part.Key] = edge
}

func resultOf(minute model.Minute, edges map[model.EdgeKey]model.EdgeMinute) Result {
	sorted := sortEdges(edges)
	nodes := nodesOf(sorted)
	return Result{Minute: minute, Edges: sorted, Nodes: nodes, Totals: totalsOf(sorted, nodes)}
}

// sortEdges orders edges by the text of their key, which is built once each.
func sortEdges(edges map[model.EdgeKey]model.EdgeMinute) []model.EdgeMinute {
	type named struct {
		text string
		edge model.EdgeMinute
	}
	list := make([]named, 0, len(edges))
	for key, edge := range edges {
		list = append(list, named{key.String(), edge})
	}
	slices.SortFunc(list, func(a, b named) int { return strings.Compare(a.text, b.text) })
	sorted := make([]model.EdgeMinute, len(list))
	for i, item := range list {
		sorted[i] = item.edge
	}
	return sorted
}

func nodesOf(edges []model.EdgeMinute) []Node {
	byID := map[string]*Node{}
	node := func(identity model.Identity) *Node {
		id := identity.ID()
		if byID[id] == nil {
			byID[id] = &Node{Identity: identity}
		}
		return byID[id]
	}
	for _, edge := range edges {
		node(edge.Key.Source).SentBytes += edge.Sent.WireBytes
		node(edge.Key.Destination).ReceivedBytes += edge.Sent.WireBytes
	}
	nodes := make([]Node, 0, len(byID))
	for _, n := range byID {
		nodes = append(nodes, *n)
	}
	slices.SortFunc(nodes, func(a, b Node) int { return strings.Compare(a.Identity.ID(), b.Identity.ID()) })
	return nodes
}

func totalsOf(edges []model.EdgeMinute, nodes []Node) model.VersionTotals {
	totals := model.VersionTotals{Nodes: uint64(len(nodes)), Edges: uint64(len(edges))}
	for _, edge := range edges {
		totals.Sent = totals.Sent.Add(edge.Sent)
		if edge.Key.Source.Kind == model.KindUnknown || edge.Key.Destination.Kind == model.KindUnknown {
			totals.UnknownBytes += edge.Sent.WireBytes
		}
	}
	return totals
}
