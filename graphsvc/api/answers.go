package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/graphsvc/query"
)

const (
	// maxAnswerBytes bounds the answers that are kept, written out.
	maxAnswerBytes = 64 << 20
	// answerWeight is what an answer weighs beside its bytes, so that small ones are
	// bounded too.
	answerWeight = 1 << 10
)

// ofVersion are the fields of a query whose answers are those of the newest version,
// whenever they are asked: they say nothing of the clock, of decisions, tags, views,
// agents and investigations, which change between versions. A field that is not
// listed is answered anew each time.
var ofVersion = map[string]bool{
	"versions": true, "graph": true, "packedGraph": true, "groups": true, "filterCompletions": true, "filterFields": true, "entity": true,
	"transfer": true, "transfers": true, "totals": true, "diff": true, "paths": true, "neighbourhood": true, "blastRadius": true,
	"sharedDestinations": true, "crossZoneCircles": true, "savedCypher": true, "limits": true, "statement": true, "search": true,
	"__schema": true, "__type": true, "__typename": true,
}

// answers keeps answers as they are written out: the same question of those who see
// the same is answered once a version, however many ask at a time.
type answers struct {
	explorer *query.Explorer
	kept     *kept.Answers[answerKey, json.RawMessage]
}

// answerKey is a question by who sees what, at a newest version.
type answerKey struct {
	newest   uint64
	question [sha256.Size]byte
}

func newAnswers(explorer *query.Explorer) *answers {
	return &answers{explorer, kept.New[answerKey](maxAnswerBytes, func(data json.RawMessage) int { return answerWeight + len(data) })}
}

// around answers from what is kept where that may be done.
func (a *answers) around(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	asked := graphql.GetOperationContext(ctx)
	if asked.Operation == nil || asked.Operation.Operation != ast.Query || !staysSo(asked) {
		return next(ctx)
	}
	newest, folded, err := a.explorer.Newest(ctx)
	if err != nil || !folded {
		return next(ctx) // which says what is wrong
	}
	question, err := questionOf(ctx, asked)
	if err != nil {
		return next(ctx)
	}
	data, err := a.kept.Of(ctx, answerKey{newest.Number, question}, func(ctx context.Context) (json.RawMessage, error) {
		response := next(ctx)
		if response == nil {
			return nil, context.Canceled
		}
		if len(response.Errors) > 0 {
			return nil, &unanswered{response}
		}
		return response.Data, nil
	})
	var failed *unanswered
	switch {
	case errors.As(err, &failed):
		return &graphql.Response{Data: failed.response.Data, Errors: failed.response.Errors}
	case errors.Is(ctx.Err(), context.Canceled):
		return nil // who asked is gone
	case err != nil:
		return &graphql.Response{Errors: gqlerror.List{ended(ctx)}}
	}
	return &graphql.Response{Data: data}
}

// staysSo reports whether all that is asked is of the newest version. A tag may be
// given to another version in between.
func staysSo(asked *graphql.OperationContext) bool {
	for _, field := range graphql.CollectFields(asked, asked.Operation.SelectionSet, []string{"Query"}) {
		if !ofVersion[field.Name] {
			return false
		}
		for _, argument := range field.Arguments {
			value, err := argument.Value.Value(asked.Variables)
			if err != nil || namesTag(value) {
				return false
			}
		}
	}
	return true
}

func namesTag(value any) bool {
	fields, _ := value.(map[string]any)
	for name, inner := range fields {
		if name == "tag" && inner != nil || namesTag(inner) {
			return true
		}
	}
	return false
}

// questionOf tells questions apart: by who asks as far as they see different things,
// by the document and by the variables with their defaults.
func questionOf(ctx context.Context, asked *graphql.OperationContext) (sum [sha256.Size]byte, err error) {
	variables, err := json.Marshal(asked.Variables)
	if err != nil {
		return sum, fmt.Errorf("the variables are no JSON: %w", err)
	}
	hash := sha256.New()
	for _, part := range [][]byte{[]byte(query.Asker(ctx)), []byte(asked.OperationName), []byte(asked.RawQuery), variables} {
		_, _ = fmt.Fprintf(hash, "%d ", len(part)) // a hash takes everything
		_, _ = hash.Write(part)
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// unanswered is an answer with errors: whoever waits for it gets it, nobody later.
type unanswered struct{ response *graphql.Response }

// Error is the first of them.
func (u *unanswered) Error() string { return u.response.Errors[0].Message }

// Unwrap tells those who wait to ask for themselves where who asked went away or had
// no time left.
func (u *unanswered) Unwrap() error {
	switch code, _ := u.response.Errors[0].Extensions["code"].(string); query.Code(code) {
	case query.CodeCancelled, query.CodeTimeout:
		return context.Canceled
	default:
		return nil
	}
}
