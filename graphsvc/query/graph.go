package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/egressor/egressor/internal/money"
)

// Order is how transfers are ranked.
type Order int

// Orders.
const (
	ByCost Order = iota
	ByBytes
)

// Graph is the window's graph: its largest transfers with their ends, as many as most
// says, and the sum of what was left out.
func (e *Explorer) Graph(ctx context.Context, ask Ask, order Order, most Most) (Graph, error) {
	most, err := most.checked()
	if err != nil {
		return Graph{}, err
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
	return folded(graph, nodes, ends, most)
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
