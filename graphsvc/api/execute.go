package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func newExecutor(schema graphql.ExecutableSchema, audit Auditor, given *answers, log *slog.Logger) *executor.Executor {
	run := executor.New(schema)
	run.SetQueryCache(parsedTexts[*ast.QueryDocument]())
	run.SetParserTokenLimit(parserTokens)
	run.Use(shapeLimit{})
	run.Use(extension.FixedComplexityLimit(complexityLimit))
	for _, middleware := range operations(audit) {
		run.AroundOperations(middleware)
	}
	run.AroundResponses(given.around)
	run.SetErrorPresenter(presenter(log))
	run.SetRecoverFunc(recoverer(log))
	return run
}

// Execute answers one query in process, with the same limits and the same
// errors as over HTTP; an error's text ends in what to do. The answer is the
// JSON of the response's data.
func (s *Server) Execute(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
	ctx = graphql.StartOperationTrace(ctx)
	operation, failed := s.inProcess.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables})
	if failed != nil {
		return nil, inWords(s.inProcess.DispatchError(graphql.WithOperationContext(ctx, operation), failed).Errors)
	}
	if operation.Operation.Operation != ast.Query {
		return nil, badInput("ask a query", "only queries can be asked in process")
	}
	respond, ctx := s.inProcess.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if response == nil { // the asker had gone before anything was asked
		return nil, fmt.Errorf("the question was cancelled (ask again): %w", context.Cause(ctx))
	}
	if len(response.Errors) > 0 {
		return nil, inWords(response.Errors)
	}
	return response.Data, nil
}

// inWords is what failed and what to do, for a reader who sees no extensions.
func inWords(failed gqlerror.List) error {
	words := make([]string, len(failed))
	for i, one := range failed {
		words[i] = one.Message
		if hint, _ := one.Extensions["hint"].(string); hint != "" {
			words[i] = fmt.Sprintf("%s (%s)", one.Message, hint)
		}
	}
	return errors.New(strings.Join(words, "; "))
}
