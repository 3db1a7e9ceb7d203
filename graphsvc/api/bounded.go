package api

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// bounded gives up what has one answer after a time, however it was asked: by
// HTTP, in an event stream, by WebSocket or in process. A subscription goes on.
func bounded(within time.Duration) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
			return next(ctx)
		}
		ctx, cancel := context.WithTimeout(ctx, within)
		respond := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			defer cancel()
			return respond(ctx)
		}
	}
}

// paced refuses operations of who asks too fast. The gate counts requests, and a
// WebSocket is one request however much is asked over it.
func paced(pace func(context.Context) bool) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if pace == nil || pace(ctx) {
			return next(ctx)
		}
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{
			Message: "too many questions at a time", Extensions: map[string]any{"code": string(query.CodeRateLimited), "hint": "ask at most 50 times a second"},
		}}})
	}
}
