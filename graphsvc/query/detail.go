package query

import (
	"context"
	"slices"
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

	only selection
}

// Entity is one node and its transfers, costliest first; nil where the window
// holds none of it.
func (e *Explorer) Entity(ctx context.Context, id string, ask Ask) (*EntityDetail, error) {
	graph, err := e.Transfers(ctx, ask, id, ByCost)
	if err != nil || graph.Version == nil {
		return nil, err
	}
	nodes, _, err := nodesOf(graph.Transfers)
	if err != nil {
		return nil, err
	}
	if err := e.layout.Place(ctx, nodes, graph.Transfers); err != nil {
		return nil, &Error{Code: CodeInternal, Message: "the map could not be laid out", Hint: "see the service's log", Cause: err}
	}
	for _, n := range nodes {
		if n.Identity.ID() == id {
			return &EntityDetail{Node: n, Window: graph.Window, Version: graph.Version, Transfers: graph.Transfers, Currency: graph.Currency, only: graph.only}, nil
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
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return nil, err
	}
	t, ok, err := e.point(ctx, window, id)
	if err != nil || !ok {
		return nil, err
	}
	return &TransferDetail{Transfer: t, Window: window, Version: version, Currency: version.Currency}, nil
}

// point reads one transfer: of a window that is kept, else from the series, where
// it is a read of its own rows alone. What only the graph has, such as an imported
// one, is looked for in the whole window.
func (e *Explorer) point(ctx context.Context, window Window, id model.EdgeID) (Transfer, bool, error) {
	if !e.windows.Keeps(window) {
		t, ok, err := e.series.Transfer(ctx, window, id)
		if err != nil {
			return Transfer{}, false, unavailable("the flow store", err)
		}
		if ok {
			return t, true, nil
		}
	}
	t, ok, err := e.windows.one(ctx, window, id)
	if err != nil {
		return Transfer{}, false, unavailable("the graph store", err)
	}
	return t, ok, nil
}

// Deployments are a workload's rollout revisions, newest first.
func (e *Explorer) Deployments(ctx context.Context, entity string) ([]model.Fact, error) {
	facts, err := e.graphs.Deployments(ctx, entity)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return facts, nil
}

// Deployment is one rollout revision by its id; nil where there is none that the
// asker may see.
func (e *Explorer) Deployment(ctx context.Context, id string) (*model.Fact, error) {
	fact, ok, err := e.graphs.Deployment(ctx, id)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if !ok {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	return &fact, nil
}

// namedTransfers is up to how many transfers of a node are named to the series, which
// is faster than to have it look them up.
const namedTransfers = 1000

// Totals are the window's totals per minute.
func (e *Explorer) Totals(ctx context.Context, ask Ask) ([]MinuteTotal, string, error) {
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil || version == nil {
		return nil, "", err
	}
	totals, err := e.seriesOf(ctx, window, Subject{}, only)
	return totals, version.Currency, err
}

// EntitySeries are totals per minute of the node's transfers.
func (e *Explorer) EntitySeries(ctx context.Context, d *EntityDetail) ([]MinuteTotal, error) {
	if len(d.Transfers) <= namedTransfers {
		ids := make([]model.EdgeID, len(d.Transfers))
		for i := range d.Transfers {
			ids[i] = d.Transfers[i].ID
		}
		slices.Sort(ids)
		return e.seriesOf(ctx, d.Window, Subject{Edges: ids}, selection{})
	}
	return e.seriesOf(ctx, d.Window, Subject{Entity: d.Node.Identity.ID()}, d.only)
}

// TransferSeries are totals per minute of one transfer.
func (e *Explorer) TransferSeries(ctx context.Context, d *TransferDetail) ([]MinuteTotal, error) {
	return e.seriesOf(ctx, d.Window, Subject{Edge: d.Transfer.ID}, selection{})
}

func (e *Explorer) seriesOf(ctx context.Context, window Window, of Subject, only selection) ([]MinuteTotal, error) {
	if !only.all() {
		ids, err := e.edgeIDs(ctx, window, only)
		if err != nil {
			return nil, err
		}
		of.Edges = ids
	}
	totals, err := e.series.Totals(ctx, window, of)
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
