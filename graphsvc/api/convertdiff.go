package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
)

// The schema's defaults, for calls that leave the argument null.
const (
	defaultDiffRows = 100
	defaultNodes    = 100
)

var dimensions = map[gqlmodel.Dimension]diff.Dimension{
	gqlmodel.DimensionTransfer:             diff.ByTransfer,
	gqlmodel.DimensionSource:               diff.BySource,
	gqlmodel.DimensionDestination:          diff.ByDestination,
	gqlmodel.DimensionPair:                 diff.ByPair,
	gqlmodel.DimensionSourceNamespace:      diff.BySourceNamespace,
	gqlmodel.DimensionDestinationNamespace: diff.ByDestinationNamespace,
	gqlmodel.DimensionNamespacePair:        diff.ByNamespacePair,
	gqlmodel.DimensionSourceTeam:           diff.BySourceTeam,
	gqlmodel.DimensionDestinationTeam:      diff.ByDestinationTeam,
	gqlmodel.DimensionTeamPair:             diff.ByTeamPair,
	gqlmodel.DimensionZonePair:             diff.ByZonePair,
	gqlmodel.DimensionPath:                 diff.ByPath,
}

var changeKinds = map[diff.Kind]gqlmodel.ChangeKind{
	diff.New:     gqlmodel.ChangeKindNew,
	diff.Gone:    gqlmodel.ChangeKindGone,
	diff.Changed: gqlmodel.ChangeKindChanged,
}

func diffAskOf(before, after gqlmodel.Window, by *gqlmodel.Dimension, order *gqlmodel.TransferOrder, limit *int) (ask query.DiffAsk, err error) {
	if ask.Before, err = askOf(&before); err != nil {
		return ask, err
	}
	if ask.After, err = askOf(&after); err != nil {
		return ask, err
	}
	ask.By = dimensions[orDefault(by, gqlmodel.DimensionTransfer)]
	ask.Order = diffOrderOf(order)
	ask.Limit = orDefault(limit, defaultDiffRows)
	return ask, nil
}

func diffOrderOf(order *gqlmodel.TransferOrder) diff.Order {
	if orDefault(order, gqlmodel.TransferOrderCost) == gqlmodel.TransferOrderBytes {
		return diff.ByBytes
	}
	return diff.ByCost
}

func diffOf(d *query.Diff) *gqlmodel.GraphDiff {
	converted := &gqlmodel.GraphDiff{
		Diff:   d,
		Before: diffSideOf(d.Before), After: diffSideOf(d.After),
		SameLength:  d.Before.Window.To-d.Before.Window.From == d.After.Window.To-d.After.Window.From,
		GroupBy:     dimensionOf(d.Table.By),
		Total:       deltaOf(d.Table.Total, d.Currency),
		Appeared:    deltaOf(d.Table.New, d.Currency),
		Disappeared: deltaOf(d.Table.Gone, d.Currency),
		Changed:     deltaOf(d.Table.Changed, d.Currency),
		Unchanged:   deltaOf(d.Table.Same, d.Currency),
		Rows:        make([]*gqlmodel.DiffRow, len(d.Rows)),
		Rest:        deltaOf(d.Rest, d.Currency),
	}
	for i := range d.Rows {
		converted.Rows[i] = diffRowOf(&d.Rows[i], d.Table.By, d.Currency)
	}
	return converted
}

func dimensionOf(by diff.Dimension) gqlmodel.Dimension {
	for converted, one := range dimensions {
		if one == by {
			return converted
		}
	}
	return ""
}

func diffSideOf(s query.DiffSide) *gqlmodel.DiffSide {
	return &gqlmodel.DiffSide{Version: versionOf(s.Version), Window: windowOf(s.Window)}
}

func deltaOf(d diff.Delta, currency string) *gqlmodel.DiffSum {
	return &gqlmodel.DiffSum{
		Rows: d.Rows, Before: diffSumOf(d.Before, currency), After: diffSumOf(d.After, currency),
		BytesChange: scalar.Bytes(d.Bytes), CostChange: moneyOf(d.Cost, currency),
	}
}

func diffSumOf(s diff.Sum, currency string) *gqlmodel.TransferSum {
	return sumOf(query.Sum(s), currency)
}

func diffRowOf(row *diff.Row, by diff.Dimension, currency string) *gqlmodel.DiffRow {
	converted := &gqlmodel.DiffRow{
		Change: changeKinds[row.Kind], Group: by.Names(row.Group),
		Before: diffSumOf(row.Before, currency), After: diffSumOf(row.After, currency),
		BytesChange: scalar.Bytes(row.Bytes), CostChange: moneyOf(row.Cost, currency),
	}
	if row.Edge != nil {
		converted.Transfer = transferOf(query.Transfer(*row.Edge), currency)
	}
	return converted
}

func changedNodes(d *query.Diff, first int) ([]*gqlmodel.NodeChange, error) {
	limit, err := pageSize(first, query.MaxDiffRows)
	if err != nil {
		return nil, err
	}
	nodes, err := diff.Nodes(d.Changes)
	if err != nil {
		return nil, err
	}
	nodes = nodes[:min(limit, len(nodes))]
	converted := make([]*gqlmodel.NodeChange, len(nodes))
	for i := range nodes {
		n := &nodes[i]
		converted[i] = &gqlmodel.NodeChange{
			ID: n.ID, Kind: entityKinds[n.Identity.Kind], Name: n.Identity.Name, Change: changeKinds[n.Kind],
			Before: nodeSumOf(n.Before, d.Currency), After: nodeSumOf(n.After, d.Currency), CostChange: moneyOf(n.Cost, d.Currency),
		}
	}
	return converted, nil
}

func nodeSumOf(s diff.NodeSum, currency string) *gqlmodel.NodeSum {
	return &gqlmodel.NodeSum{Transfers: s.Transfers, BytesOut: scalar.BytesOf(s.BytesOut), BytesIn: scalar.BytesOf(s.BytesIn), Cost: moneyOf(s.Cost, currency)}
}
