package query

import "strconv"

// Most is how much of a graph is given; the rest is added up.
type Most struct {
	// Transfers is 1 to MaxTransfers.
	Transfers int
	// Nodes is 1 to MaxNodes; 0 is as many as the transfers have.
	Nodes int
}

func (m Most) checked() (Most, error) {
	if m.Transfers < 1 || m.Transfers > MaxTransfers {
		return m, badInput("ask for 1 to "+strconv.Itoa(MaxTransfers), "a graph of %d transfers", m.Transfers)
	}
	if m.Nodes < 0 || m.Nodes > MaxNodes {
		return m, badInput("ask for 1 to "+strconv.Itoa(MaxNodes), "a graph of %d nodes", m.Nodes)
	}
	if m.Nodes == 0 {
		m.Nodes = MaxNodes
	}
	return m, nil
}

// folded keeps of a graph's ranked transfers what most allows, with their ends; the
// others are added up in Rest. A transfer whose ends would be too many nodes is left
// out, and a smaller one between nodes that are there is not: so the nodes are those of
// the most money, and all that is between them is seen.
func folded(graph Graph, nodes []Node, of []ends, most Most) (Graph, error) {
	kept, left := most.choose(len(nodes), of)
	given, over := at(graph.Transfers, kept), at(graph.Transfers, left)
	rest, err := SumOf(over)
	if err != nil {
		return Graph{}, err
	}
	graph.Transfers, graph.Rest = given, rest
	graph.Nodes, graph.ends = onlyEnds(nodes, at(of, kept))
	graph.RestNodes = len(nodes) - len(graph.Nodes)
	return graph, nil
}

// choose tells the places of the transfers that are kept and of those that are left.
func (m Most) choose(nodes int, of []ends) (kept, left []int32) {
	is, count := make([]bool, nodes), 0
	for i, e := range of {
		fresh := 0
		if !is[e.source] {
			fresh++
		}
		if !is[e.destination] && e.destination != e.source {
			fresh++
		}
		if len(kept) == m.Transfers || count+fresh > m.Nodes {
			left = append(left, int32(i))
			continue
		}
		is[e.source], is[e.destination] = true, true
		count += fresh
		kept = append(kept, int32(i))
	}
	return kept, left
}

// at are the elements at some places, in order; where they are the first ones nothing is
// copied.
func at[T any](all []T, places []int32) []T {
	n := len(places)
	if n == 0 || int(places[n-1]) == n-1 {
		return all[:n:n]
	}
	chosen := make([]T, n)
	for i, place := range places {
		chosen[i] = all[place]
	}
	return chosen
}

// onlyEnds leaves out the nodes that are no ends.
func onlyEnds(nodes []Node, of []ends) ([]Node, []ends) {
	is := make([]bool, len(nodes))
	for _, e := range of {
		is[e.source], is[e.destination] = true, true
	}
	only, places := make([]Node, 0, len(nodes)), make([]int32, len(nodes))
	for i := range nodes {
		if is[i] {
			places[i] = int32(len(only))
			only = append(only, nodes[i])
		}
	}
	return only, moved(of, places)
}
