package api

import (
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
			return own // the parser's and validator's own words
		}
		log.Error("a question failed in an unforeseen way", "path", graphql.GetPath(ctx).String(), "error", err)
		return &gqlerror.Error{
			Message: "the question could not be answered", Path: graphql.GetPath(ctx),
			Extensions: map[string]any{"code": string(query.CodeInternal), "hint": "see the service's log"},
		}
	}
}

// recoverer turns a panic into an error of its own and logs it.
func recoverer(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, reason any) error {
		log.Error("a resolver panicked", "path", graphql.GetPath(ctx).String(), "reason", reason)
		return &query.Error{Code: query.CodeInternal, Message: "the question could not be answered", Hint: "see the service's log"}
	}
}
