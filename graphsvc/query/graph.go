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
	nodes, err := nodesOf(graph.Transfers)
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
		nodes = onlyEndsOf(nodes, graph.Transfers)
	}
	graph.Nodes = nodes
	return graph, nil
}

// Transfers are all transfers of a window, ranked, with their total. A
// non-empty entity keeps the transfers that have it as an end.
func (e *Explorer) Transfers(ctx context.Context, ask Ask, entity string, order Order) (Graph, error) {
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil || version == nil {
		return Graph{Window: window, Currency: string(money.USD)}, err
	}
	transfers, err := e.read(ctx, window, entity, only)
	if err != nil {
		return Graph{}, err
	}
	rank(transfers, order)
	total, err := SumOf(transfers)
	if err != nil {
		return Graph{}, err
	}
	return Graph{Window: window, Version: version, Transfers: transfers, Total: total, Currency: version.Currency, only: only}, nil
}

// read reads the transfers of a window that are meant, for a caller who may
// change the slice.
func (e *Explorer) read(ctx context.Context, window Window, entity string, only selection) ([]Transfer, error) {
	if entity != "" {
		transfers, err := e.graphs.Transfers(ctx, window, entity)
		if err != nil {
			return nil, unavailable("the graph store", err)
		}
		return only.keep(transfers), nil
	}
	transfers, err := e.windows.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if only.all() {
		return slices.Clone(transfers), nil
	}
	return only.keep(transfers), nil
}

// rank orders by cost or bytes, largest first; equals by id, so that the same
// question always has the same answer.
func rank(transfers []Transfer, order Order) {
	slices.SortFunc(transfers, func(a, b Transfer) int {
		byCost, byBytes := b.Cost.Cmp(a.Cost), cmp.Compare(b.Sent.WireBytes, a.Sent.WireBytes)
		if order == ByBytes {
			return cmp.Or(byBytes, byCost, cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(byCost, byBytes, cmp.Compare(a.ID, b.ID))
	})
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

// nodesOf sums the transfers by their ends, in order of node id.
func nodesOf(transfers []Transfer) ([]Node, error) {
	at := make(map[model.Identity]int, len(transfers)/4)
	var nodes []Node
	node := func(identity *model.Identity) int {
		n, known := at[*identity]
		if !known {
			n = len(nodes)
			at[*identity] = n
			nodes = append(nodes, Node{Identity: *identity})
		}
		return n
	}
	for i := range transfers {
		t := &transfers[i]
		from, to := node(&t.Key.Source), node(&t.Key.Destination)
		source, destination := &nodes[from], &nodes[to]
		source.BytesOut += t.Sent.WireBytes
		destination.BytesIn += t.Sent.WireBytes
		source.Zones = withZone(source.Zones, t.Key.SourcePlace.Zone)
		destination.Zones = withZone(destination.Zones, t.Key.DestinationPlace.Zone)
		var err error
		if source.Cost, err = source.Cost.Add(t.Cost); err != nil {
			return nil, err
		}
		if from == to {
			continue
		}
		if destination.Cost, err = destination.Cost.Add(t.Cost); err != nil {
			return nil, err
		}
	}
	return sortedNodes(nodes), nil
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
func sortedNodes(nodes []Node) []Node {
	type named struct {
		id string
		at int
	}
	order := make([]named, len(nodes))
	for i := range nodes {
		order[i] = named{nodes[i].Identity.ID(), i}
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Compare(a.id, b.id) })
	sorted := make([]Node, len(nodes))
	for i, n := range order {
		sorted[i] = nodes[n.at]
	}
	return sorted
}

func onlyEndsOf(nodes []Node, transfers []Transfer) []Node {
	ends := map[model.Identity]bool{}
	for i := range transfers {
		ends[transfers[i].Key.Source] = true
		ends[transfers[i].Key.Destination] = true
	}
	return slices.DeleteFunc(nodes, func(n Node) bool { return !ends[n.Identity] })
}
