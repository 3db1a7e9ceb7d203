package api

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// turnedOut says why the sign-in ended what it had let in, nil where it did not.
func turnedOut(ctx context.Context) *gqlerror.Error {
	why := query.TurnedOut(ctx)
	if why == nil {
		return nil
	}
	return &gqlerror.Error{Message: why.Message, Extensions: map[string]any{"code": string(why.Code), "hint": why.Hint}}
}

// lastWord ends a subscription that the sign-in ended with the reason. GraphQL over
// server-sent events has "complete" alone for an end, which says that all is told.
func lastWord(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
		return next(ctx)
	}
	respond, said := next(ctx), false
	return func(ctx context.Context) *graphql.Response {
		response := respond(ctx)
		if response != nil || said {
			return response
		}
		why := turnedOut(ctx)
		if why == nil {
			return nil
		}
		said = true
		return &graphql.Response{Errors: gqlerror.List{why}}
	}
}
