package api

import (
	"context"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

// versionPage is one page of versions. A cursor is the number of the last
// version shown.
func (r *Resolver) versionPage(ctx context.Context, first *int, after *string) (*gqlmodel.GraphVersionConnection, error) {
	var before uint64
	if after != nil {
		if err := decodeCursor(*after, versionCursor, &before); err != nil {
			return nil, err
		}
	}
	limit, err := pageSize(orDefault(first, defaultPage), query.MaxVersions)
	if err != nil {
		return nil, err
	}
	versions, err := r.explorer.Versions(ctx, before, limit+1)
	if err != nil {
		return nil, err
	}
	more := len(versions) > limit
	if more {
		versions = versions[:limit]
	}
	page := &gqlmodel.GraphVersionConnection{
		Edges:    make([]*gqlmodel.GraphVersionEdge, len(versions)),
		PageInfo: &gqlmodel.PageInfo{HasNextPage: more, HasPreviousPage: after != nil},
	}
	for i := range versions {
		page.Edges[i] = &gqlmodel.GraphVersionEdge{Cursor: encodeCursor(versionCursor, versions[i].Number), Node: versionOf(&versions[i])}
	}
	if len(page.Edges) > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[len(page.Edges)-1].Cursor
		page.Behind = versions[len(versions)-1].Number
	}
	return page, nil
}

// transferPage is one page of transfers. A page after a cursor is of the list
// that the cursor is from: its version, window, order and entity.
func (r *Resolver) transferPage(ctx context.Context, window *gqlmodel.Window, orderBy *gqlmodel.TransferOrder, first *int, after, entity *string) (*gqlmodel.TransferConnection, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	limit, err := pageSize(orDefault(first, defaultPage), query.MaxTransfers)
	if err != nil {
		return nil, err
	}
	meant, err := query.ParseFilter(ask.Filter)
	if err != nil {
		return nil, err
	}
	list := transferList{order: orderOf(orderBy), entity: orDefault(entity, ""), filter: meant.String()}
	offset := 0
	if after != nil {
		if ask, offset, err = list.continueAt(*after); err != nil {
			return nil, err
		}
	}
	found, err := r.explorer.Transfers(ctx, ask, list.entity, list.order)
	if err != nil {
		return nil, err
	}
	offset = min(offset, len(found.Transfers))
	return list.page(found, offset, min(limit, len(found.Transfers)-offset))
}

func orderOf(order *gqlmodel.TransferOrder) query.Order {
	if orDefault(order, gqlmodel.TransferOrderCost) == gqlmodel.TransferOrderBytes {
		return query.ByBytes
	}
	return query.ByCost
}

func (l transferList) page(found query.Graph, offset, limit int) (*gqlmodel.TransferConnection, error) {
	rest, err := query.SumOf(found.Transfers[offset+limit:])
	if err != nil {
		return nil, err
	}
	page := &gqlmodel.TransferConnection{
		Edges:      make([]*gqlmodel.TransferEdge, limit),
		PageInfo:   &gqlmodel.PageInfo{HasNextPage: offset+limit < len(found.Transfers), HasPreviousPage: offset > 0},
		TotalCount: len(found.Transfers),
		Total:      sumOf(found.Total, found.Currency),
		Rest:       sumOf(rest, found.Currency),
		Version:    versionOf(found.Version),
		Window:     windowOf(found.Window),
	}
	for i := range limit {
		page.Edges[i] = &gqlmodel.TransferEdge{
			Cursor: l.cursor(found.Window, offset+i+1),
			Node:   transferOf(found.Transfers[offset+i], found.Currency),
		}
	}
	if limit > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[limit-1].Cursor
	}
	return page, nil
}

func ptr[T any](value T) *T { return &value }
