package api

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// versionPage is one page of versions. A cursor is the number of the last
// version shown.
func (r *Resolver) versionPage(ctx context.Context, first *int, after *string) (*gqlmodel.GraphVersionConnection, error) {
	var before uint64
	if after != nil {
		if err := decodeCursor(*after, "v%d", &before); err != nil {
			return nil, err
		}
	}
	limit := orDefault(first, defaultPage)
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
		page.Edges[i] = &gqlmodel.GraphVersionEdge{Cursor: encodeCursor("v%d", versions[i].Number), Node: versionOf(&versions[i])}
	}
	if len(page.Edges) > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[len(page.Edges)-1].Cursor
	}
	return page, nil
}

// transferCursor pins the version and the window, so that paging on shows the
// same list even while new versions are committed.
const transferCursor = "t%d:%d:%d:%d"

func (r *Resolver) transferPage(ctx context.Context, window *gqlmodel.Window, orderBy *gqlmodel.TransferOrder, first *int, after, entity *string) (*gqlmodel.TransferConnection, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	offset := 0
	if after != nil {
		if ask, offset, err = continueAt(*after); err != nil {
			return nil, err
		}
	}
	order := query.ByCost
	if orDefault(orderBy, gqlmodel.TransferOrderCost) == gqlmodel.TransferOrderBytes {
		order = query.ByBytes
	}
	found, err := r.explorer.Transfers(ctx, ask, orDefault(entity, ""), order)
	if err != nil {
		return nil, err
	}
	offset = min(offset, len(found.Transfers))
	limit, err := pageSize(ptr(orDefault(first, defaultPage)), len(found.Transfers)-offset, query.MaxTransfers)
	if err != nil {
		return nil, err
	}
	return connectionOf(found, offset, limit), nil
}

func continueAt(cursor string) (query.Ask, int, error) {
	var version uint64
	var from, to model.Minute
	var shown int
	if err := decodeCursor(cursor, transferCursor, &version, &from, &to, &shown); err != nil {
		return query.Ask{}, 0, err
	}
	return query.Ask{From: from.Start(), To: to.Start(), AsOfVersion: version}, shown, nil
}

func connectionOf(found query.Graph, offset, limit int) *gqlmodel.TransferConnection {
	page := &gqlmodel.TransferConnection{
		Edges:      make([]*gqlmodel.TransferEdge, limit),
		PageInfo:   &gqlmodel.PageInfo{HasNextPage: offset+limit < len(found.Transfers), HasPreviousPage: offset > 0},
		TotalCount: len(found.Transfers),
		Total:      sumOf(found.Total, found.Currency),
		Version:    versionOf(found.Version),
		Window:     windowOf(found.Window),
	}
	for i := range limit {
		page.Edges[i] = &gqlmodel.TransferEdge{
			Cursor: encodeCursor(transferCursor, found.Window.Version, found.Window.From, found.Window.To, offset+i+1),
			Node:   transferOf(found.Transfers[offset+i], found.Currency),
		}
	}
	if limit > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[limit-1].Cursor
	}
	return page
}

func encodeCursor(format string, values ...any) string {
	for i, value := range values {
		if minute, ok := value.(model.Minute); ok {
			values[i] = int64(minute)
		}
	}
	return base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf(format, values...)))
}

func decodeCursor(cursor, format string, into ...any) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(text), format, into...)
	}
	if err != nil {
		return badInput("use a cursor that this field gave", "the cursor is not readable")
	}
	return nil
}

func ptr[T any](value T) *T { return &value }
