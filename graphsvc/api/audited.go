package api

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/query"
)

// Operation is what somebody asked, as the audit log keeps it.
type Operation struct {
	// Kind is "query", "mutation" or "subscription"; Name is "" where it has none.
	Kind, Name string
	// Document is the operation's text, Arguments what its fields were given as JSON.
	Document, Arguments string
}

// Auditor is told of every operation that is about to be answered, and returns
// what is called once: when it was, with "ok" or the code of its first error, or
// with CANCELLED where its asker left before. A subscription is answered once it
// has begun. The context may have ended by then.
type Auditor func(ctx context.Context, operation Operation) (answered func(outcome string))

// roots are the types of operations.
var roots = map[ast.Operation]string{ast.Query: "Query", ast.Mutation: "Mutation", ast.Subscription: "Subscription"}

// audited tells an auditor of every operation.
func audited(auditor Auditor) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		asked := graphql.GetOperationContext(ctx)
		answered := auditor(ctx, Operation{
			Kind: string(asked.Operation.Operation), Name: asked.Operation.Name, Document: asked.RawQuery,
			Arguments: argumentsIn(asked, roots[asked.Operation.Operation]),
		})
		var once sync.Once
		tell := func(outcome string) { once.Do(func() { answered(outcome) }) }
		// Who leaves before the first answer is on the record all the same.
		left := context.AfterFunc(ctx, func() { tell(string(query.CodeCancelled)) })
		respond := next(ctx)
		return func(ctx context.Context) *graphql.Response {
			response := respond(ctx)
			if response != nil {
				left()
				tell(outcomeOf(response))
			}
			return response
		}
	}
}

func outcomeOf(response *graphql.Response) string {
	if len(response.Errors) == 0 {
		return "ok"
	}
	if code, ok := response.Errors[0].Extensions["code"].(string); ok {
		return code
	}
	return "FAILED"
}
