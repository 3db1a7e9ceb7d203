package api

import (
	"cmp"
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/query"
)

// presenter shows people what they can act on and keeps internals in the log.
func presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		if why := turnedOut(ctx); why != nil && cancelled(ctx, err) {
			why.Path = graphql.GetPath(ctx)
			return why
		}
		if cancelled(ctx, err) {
			log.Debug("a question was cancelled", "path", graphql.GetPath(ctx).String(), "error", err)
			return &gqlerror.Error{
				Message: "the question was cancelled", Path: graphql.GetPath(ctx),
				Extensions: map[string]any{"code": string(query.CodeCancelled), "hint": "ask again"},
			}
		}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			log.Warn("a question took too long", "path", graphql.GetPath(ctx).String(), "error", err)
			late := ended(ctx)
			late.Path = graphql.GetPath(ctx)
			return late
		}
		var known *query.Error
		if errors.As(err, &known) {
			if known.Cause != nil {
				log.Error("a question failed", "path", graphql.GetPath(ctx).String(), "error", err)
			}
			return &gqlerror.Error{
				Message: known.Message, Path: graphql.GetPath(ctx),
				Extensions: map[string]any{"code": string(known.Code), "hint": known.Hint},
			}
		}
		var own *gqlerror.Error
		if errors.As(err, &own) && own.Unwrap() == nil {
			return hinted(own) // the parser's and validator's own words
		}
		if own != nil && own.Locations == nil { // a resolver's error has a location
			return &gqlerror.Error{
				Message: own.Message, Path: own.Path,
				Extensions: map[string]any{"code": string(query.CodeBadInput), "hint": "see the argument's type in the schema"},
			}
		}
		log.Error("a question failed in an unforeseen way", "path", graphql.GetPath(ctx).String(), "error", err)
		return &gqlerror.Error{
			Message: "the question could not be answered", Path: graphql.GetPath(ctx),
			Extensions: map[string]any{"code": string(query.CodeInternal), "hint": "see the service's log"},
		}
	}
}

// cancelled reports whether a question failed because its asker has gone, or
// the service stops: nobody's fault. A cancellation that is not the asker's is a
// failure like any other.
func cancelled(ctx context.Context, err error) bool {
	if !errors.Is(ctx.Err(), context.Canceled) {
		return false
	}
	var known *query.Error // a driver need not name the cancellation as its cause
	return errors.Is(err, context.Canceled) || errors.As(err, &known) && known.Code == query.CodeStoreUnavailable
}

// hints are what to do about the errors that the GraphQL library finds itself.
var hints = map[any]string{
	"GRAPHQL_PARSE_FAILED":      "correct the query's syntax",
	"GRAPHQL_VALIDATION_FAILED": "compare the query with schema.graphqls or the introspection",
	"COMPLEXITY_LIMIT_EXCEEDED": "ask for fewer fields at a time",
	"PERSISTED_QUERY_NOT_FOUND": "send the query with its hash once",
}

func hinted(own *gqlerror.Error) *gqlerror.Error {
	if own.Extensions == nil {
		own.Extensions = map[string]any{"code": string(query.CodeBadInput)}
	}
	if _, has := own.Extensions["hint"]; !has {
		own.Extensions["hint"] = cmp.Or(hints[own.Extensions["code"]], "see the message")
	}
	return own
}

// recoverer turns a panic into an error of its own and logs it.
func recoverer(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, reason any) error {
		log.Error("a resolver panicked", "path", graphql.GetPath(ctx).String(), "reason", reason)
		return &query.Error{Code: query.CodeInternal, Message: "the question could not be answered", Hint: "see the service's log"}
	}
}
