package api

import (
	"context"
	"errors"
	"unicode/utf16"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/filter"
)

const defaultCompletions = 30

var completionKinds = map[filter.What]gqlmodel.FilterCompletionKind{
	filter.AField:    gqlmodel.FilterCompletionKindField,
	filter.AnOp:      gqlmodel.FilterCompletionKindOperator,
	filter.AValue:    gqlmodel.FilterCompletionKindValue,
	filter.AConnects: gqlmodel.FilterCompletionKindConnective,
}

// completions answers for a filter that is being typed.
func (r *Resolver) completions(ctx context.Context, text string, cursor *int, window *gqlmodel.Window, first int) (*gqlmodel.FilterCompletions, error) {
	ask, err := askOf(window)
	if err != nil {
		return nil, err
	}
	at := len(text)
	if cursor != nil {
		at = bytesBefore(text, *cursor)
	}
	found, err := r.explorer.Completions(ctx, text, at, ask, first)
	if err != nil {
		return nil, err
	}
	answer := &gqlmodel.FilterCompletions{From: unitsBefore(text, found.From), To: unitsBefore(text, found.To), Completions: make([]*gqlmodel.FilterCompletion, len(found.Items))}
	for i, item := range found.Items {
		answer.Completions[i] = &gqlmodel.FilterCompletion{Text: item.Text, Kind: completionKinds[item.What], Doc: item.Doc}
	}
	parsed, err := filter.Parse(text)
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		offset := unitsBefore(text, wrong.Offset)
		answer.Problem = &gqlmodel.FilterProblem{
			Message: wrong.Message, Hint: wrong.Hint, Offset: offset, Length: unitsBefore(text, wrong.Offset+wrong.Length) - offset,
		}
		return answer, nil
	}
	answer.Canonical = ptr(parsed.String())
	return answer, nil
}

// unitsBefore is how many UTF-16 code units the first so many bytes of a text are.
func unitsBefore(text string, bytes int) int {
	return len(utf16.Encode([]rune(text[:min(bytes, len(text))])))
}

// bytesBefore is how many bytes the first so many UTF-16 code units of a text are.
func bytesBefore(text string, units int) int {
	for at, r := range text {
		if units <= 0 {
			return at
		}
		units -= max(utf16.RuneLen(r), 1)
	}
	return len(text)
}

func filterFields() []*gqlmodel.FilterField {
	var converted []*gqlmodel.FilterField
	for _, f := range filter.Fields() {
		field := &gqlmodel.FilterField{
			Name: f.Name, Type: string(f.Type), Sided: f.Sided, FlowsOnly: f.Flow, Choices: append([]string{}, f.Choices...), Doc: f.Doc,
		}
		for _, op := range f.Operators() {
			field.Operators = append(field.Operators, string(op))
		}
		converted = append(converted, field)
	}
	return converted
}
