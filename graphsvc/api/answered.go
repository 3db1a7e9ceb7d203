package api

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/query"
)

// pinned fixes the newest version for all fields of one query: whatever is
// committed while it is answered, every field speaks of the same state.
func pinned(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Query {
		ctx = query.Pin(ctx)
	}
	respond := next(ctx)
	return func(inner context.Context) *graphql.Response { return respond(query.Repin(inner, ctx)) }
}

// told adds to each answer of a query what it was read from and how long it took;
// how much of it all is known, for who may see it all.
func told(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response, asked := next(ctx), graphql.GetOperationContext(ctx)
	if response == nil || asked.Operation == nil || asked.Operation.Operation != ast.Query {
		return response
	}
	said := map[string]any{"ms": graphql.Now().Sub(asked.Stats.OperationStart).Milliseconds()}
	if version, ok := query.Pinned(ctx); ok {
		said["version"] = version.Number
		if all := version.Totals.Sent.WireBytes; all > 0 && query.SeesAll(ctx) && version.Totals.UnknownBytes <= all {
			said["coverage"] = share(all-version.Totals.UnknownBytes, all)
		}
	}
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["egressor"] = said
	return response
}

// share is a fraction of 1 as a decimal with four places, rounded down, so that
// 1 is said of all alone.
func share(part, all uint64) string {
	const scale = 10_000
	for all > 1<<49 { // scale times part must fit 64 bits
		part, all = part>>1, all>>1
	}
	units := part * scale / all
	digits := strconv.FormatUint(units%scale+scale, 10)
	return strconv.FormatUint(units/scale, 10) + "." + digits[1:]
}
