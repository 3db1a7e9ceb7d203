package api

import (
	"context"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// ofWhole is a sum over a whole version, null for who may not see all of it.
func ofWhole[T any](ctx context.Context, header *model.GraphVersion, sum func(model.GraphVersion) T) *T {
	if header == nil || !query.SeesAll(ctx) {
		return nil
	}
	return ptr(sum(*header))
}
