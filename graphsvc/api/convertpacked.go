package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/packed"
	"github.com/egressor/egressor/graphsvc/query"
)

func packedOf(g *query.Graph) *gqlmodel.PackedGraph {
	return &gqlmodel.PackedGraph{
		Version: versionOf(g.Version), Window: windowOf(g.Window), Currency: g.Currency,
		Nodes: tableOf(len(g.Nodes), g.PackedNodes()), Transfers: tableOf(len(g.Transfers), g.PackedTransfers()),
		Total: sumOf(g.Total, g.Currency), Rest: sumOf(g.Rest, g.Currency), RestNodes: g.RestNodes,
	}
}

func tableOf(rows int, columns []packed.Column) *gqlmodel.PackedTable {
	table := &gqlmodel.PackedTable{Rows: rows, Columns: make([]*packed.Column, len(columns))}
	for i := range columns {
		table.Columns[i] = &columns[i]
	}
	return table
}

func groupsOf(g *query.Groups) *gqlmodel.TransferGroups {
	converted := &gqlmodel.TransferGroups{
		Version: versionOf(g.Version), Window: windowOf(g.Window), GroupBy: dimensionOf(g.By), Groups: make([]*gqlmodel.TransferGroup, len(g.Rows)),
		GroupCount: g.Count, Total: sumOf(g.Total, g.Currency), Rest: sumOf(g.Rest, g.Currency),
	}
	for i := range g.Rows {
		row := &g.Rows[i]
		converted.Groups[i] = &gqlmodel.TransferGroup{Group: g.By.Names(row.Group), Sum: diffSumOf(row.After, g.Currency)}
	}
	return converted
}
