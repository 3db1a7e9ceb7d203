package query

import (
	"context"
	"strconv"

	"github.com/egressor/egressor/internal/model"
)

// EntityDetail is one node with its window.
type EntityDetail struct {
	Node      Node
	Window    Window
	Version   *model.GraphVersion
	Transfers []Transfer
	Currency  string
}

// Entity is one node and its transfers, costliest first; nil where the window
// holds none of it.
func (e *Explorer) Entity(ctx context.Context, id string, ask Ask) (*EntityDetail, error) {
	graph, err := e.Transfers(ctx, ask, id, ByCost)
	if err != nil || graph.Version == nil {
		return nil, err
	}
	nodes, err := nodesOf(graph.Transfers)
	if err != nil {
		return nil, err
	}
	if err := e.layout.Place(ctx, nodes, graph.Transfers); err != nil {
		return nil, &Error{Code: CodeInternal, Message: "the map could not be laid out", Hint: "see the service's log", Cause: err}
	}
	for _, n := range nodes {
		if n.Identity.ID() == id {
			return &EntityDetail{Node: n, Window: graph.Window, Version: graph.Version, Transfers: graph.Transfers, Currency: graph.Currency}, nil
		}
	}
	return nil, nil //nolint:nilnil // documented: not in the window
}

// TransferDetail is one transfer with its window.
type TransferDetail struct {
	Transfer Transfer
	Window   Window
	Version  *model.GraphVersion
	Currency string
}

// Transfer is one transfer by id; nil where the window holds none of it.
func (e *Explorer) Transfer(ctx context.Context, id model.EdgeID, ask Ask) (*TransferDetail, error) {
	graph, err := e.Transfers(ctx, ask, "", ByCost)
	if err != nil || graph.Version == nil {
		return nil, err
	}
	for _, t := range graph.Transfers {
		if t.ID == id {
			return &TransferDetail{Transfer: t, Window: graph.Window, Version: graph.Version, Currency: graph.Currency}, nil
		}
	}
	return nil, nil //nolint:nilnil // documented: not in the window
}

// Deployments are a workload's rollout revisions, newest first.
func (e *Explorer) Deployments(ctx context.Context, entity string) ([]model.Fact, error) {
	facts, err := e.graphs.Deployments(ctx, entity)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return facts, nil
}

// Totals are the window's totals per minute.
func (e *Explorer) Totals(ctx context.Context, ask Ask) ([]MinuteTotal, string, error) {
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return nil, "", err
	}
	totals, err := e.SeriesOf(ctx, window, 0, "")
	return totals, version.Currency, err
}

// SeriesOf are totals per minute of one edge, one entity, or everything.
func (e *Explorer) SeriesOf(ctx context.Context, window Window, edge model.EdgeID, entity string) ([]MinuteTotal, error) {
	totals, err := e.series.Totals(ctx, window, Subject{Edge: edge, Entity: entity})
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return totals, nil
}

// Charges are the receipt of one transfer over a window.
func (e *Explorer) Charges(ctx context.Context, window Window, edge model.EdgeID) ([]Charge, error) {
	charges, err := e.series.Charges(ctx, window, edge)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return charges, nil
}

// Flows are the raw rows behind one transfer, newest first.
func (e *Explorer) Flows(ctx context.Context, window Window, edge model.EdgeKey, limit int) ([]RawRow, error) {
	if limit < 1 || limit > MaxFlowRows {
		return nil, badInput("ask for 1 to "+strconv.Itoa(MaxFlowRows), "a page of %d flow rows", limit)
	}
	rows, err := e.series.Flows(ctx, window, edge, limit)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return rows, nil
}
