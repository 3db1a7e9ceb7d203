package query

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Order is how transfers are ranked.
type Order int

// Orders.
const (
	ByCost Order = iota
	ByBytes
)

// Graph is the window's graph: its limit largest transfers with their ends, and
// the sum of what was left out.
func (e *Explorer) Graph(ctx context.Context, ask Ask, order Order, limit int) (Graph, error) {
	if limit < 1 || limit > MaxTransfers {
		return Graph{}, badInput("ask for 1 to "+strconv.Itoa(MaxTransfers), "a graph of %d transfers", limit)
	}
	graph, err := e.Transfers(ctx, ask, "", order)
	if err != nil || graph.Version == nil {
		return graph, err
	}
	nodes, ends, err := nodesOf(graph.Transfers)
	if err != nil {
		return Graph{}, err
	}
	if err := e.layout.Place(ctx, nodes, graph.Transfers); err != nil {
		return Graph{}, &Error{Code: CodeInternal, Message: "the map could not be laid out", Hint: "see the service's log", Cause: err}
	}
	if len(graph.Transfers) > limit {
		if graph.Rest, err = SumOf(graph.Transfers[limit:]); err != nil {
			return Graph{}, err
		}
		graph.Transfers = graph.Transfers[:limit]
		nodes, ends = onlyEnds(nodes, ends[:limit])
	}
	graph.Nodes, graph.ends = nodes, ends
	return graph, nil
}

// Transfers are all transfers of a window, ranked, with their total. They may be
// shared and are not written to. A non-empty entity keeps the transfers that have it
// as an end.
func (e *Explorer) Transfers(ctx context.Context, ask Ask, entity string, order Order) (Graph, error) {
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil || version == nil {
		return Graph{Window: window, Currency: string(money.USD)}, err
	}
	transfers, err := e.read(ctx, window, entity, only)
	if err != nil {
		return Graph{}, err
	}
	if order != ByCost {
		transfers = ranked(transfers, order)
	}
	total, err := SumOf(transfers)
	if err != nil {
		return Graph{}, err
	}
	return Graph{Window: window, Version: version, Transfers: transfers, Total: total, Currency: version.Currency, only: only}, nil
}

// read reads the transfers of a window that are meant, by cost. They may be shared and
// are not written to.
func (e *Explorer) read(ctx context.Context, window Window, entity string, only selection) ([]Transfer, error) {
	if entity != "" {
		transfers, err := e.windows.of(ctx, window, entity)
		if err != nil {
			return nil, unavailable("the graph store", err)
		}
		return only.keep(transfers), nil
	}
	transfers, err := e.windows.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return only.keep(transfers), nil
}

// ranked are the transfers by cost or bytes, largest first; equals by id, so that the
// same question always has the same answer. Places are sorted, and then each transfer
// is copied once: it is a hundred times as large as its place.
func ranked(transfers []Transfer, order Order) []Transfer {
	places := make([]int32, len(transfers))
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortFunc(places, func(at, bt int32) int {
		a, b := &transfers[at], &transfers[bt]
		byCost, byBytes := b.Cost.Cmp(a.Cost), cmp.Compare(b.Sent.WireBytes, a.Sent.WireBytes)
		if order == ByBytes {
			return cmp.Or(byBytes, byCost, cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(byCost, byBytes, cmp.Compare(a.ID, b.ID))
	})
	sorted := make([]Transfer, len(transfers))
	for i, place := range places {
		sorted[i] = transfers[place]
	}
	return sorted
}

// SumOf adds transfers up.
func SumOf(transfers []Transfer) (Sum, error) {
	sum := Sum{Transfers: len(transfers)}
	var err error
	for i := range transfers {
		sum.Bytes += transfers[i].Sent.WireBytes
		if sum.Cost, err = sum.Cost.Add(transfers[i].Cost); err != nil {
			return Sum{}, err
		}
	}
	return sum, nil
}

// ends are the places of a transfer's source and destination among nodes.
type ends struct{ source, destination int32 }

// nodesOf sums the transfers by their ends, in order of node id, and tells the
// ends of each.
func nodesOf(transfers []Transfer) ([]Node, []ends, error) {
	at := make(map[model.Identity]int32, len(transfers)/4)
	var nodes []Node
	node := func(identity *model.Identity) int32 {
		n, known := at[*identity]
		if !known {
			n = int32(len(nodes))
			at[*identity] = n
			nodes = append(nodes, Node{Identity: *identity})
		}
		return n
	}
	of := make([]ends, len(transfers))
	for i := range transfers {
		t := &transfers[i]
		from, to := node(&t.Key.Source), node(&t.Key.Destination)
		of[i] = ends{from, to}
		source, destination := &nodes[from], &nodes[to]
		source.BytesOut += t.Sent.WireBytes
		destination.BytesIn += t.Sent.WireBytes
		source.Zones = withZone(source.Zones, t.Key.SourcePlace.Zone)
		destination.Zones = withZone(destination.Zones, t.Key.DestinationPlace.Zone)
		var err error
		if source.Cost, err = source.Cost.Add(t.Cost); err != nil {
			return nil, nil, err
		}
		if from == to {
			continue
		}
		if destination.Cost, err = destination.Cost.Add(t.Cost); err != nil {
			return nil, nil, err
		}
	}
	nodes, of = sortedNodes(nodes, of)
	return nodes, of, nil
}

func withZone(zones []string, zone string) []string {
	if zone == "" || slices.Contains(zones, zone) {
		return zones
	}
	zones = append(zones, zone)
	slices.Sort(zones)
	return zones
}

// sortedNodes are in order of id. An id is put together once: that costs more than
// comparing it.
func sortedNodes(nodes []Node, of []ends) ([]Node, []ends) {
	type named struct {
		id string
		at int32
	}
	order := make([]named, len(nodes))
	for i := range nodes {
		order[i] = named{nodes[i].Identity.ID(), int32(i)}
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Compare(a.id, b.id) })
	sorted, places := make([]Node, len(nodes)), make([]int32, len(nodes))
	for i, n := range order {
		sorted[i] = nodes[n.at]
		places[n.at] = int32(i)
	}
	return sorted, moved(of, places)
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

// moved are ends after the nodes have moved to other places.
func moved(of []ends, places []int32) []ends {
	now := make([]ends, len(of))
	for i, e := range of {
		now[i] = ends{places[e.source], places[e.destination]}
	}
	return now
}
