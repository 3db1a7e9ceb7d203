package api

import (
	"strconv"
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// The schema's defaults, for calls that leave the argument null.
const (
	defaultGraphLimit  = 500
	defaultPage        = 50
	defaultTransfers   = 100
	defaultFlowRows    = 20
	defaultFound       = 10
	maxQuestionLetters = 4000
)

func orDefault[T any](value *T, fallback T) T {
	if value == nil {
		return fallback
	}
	return *value
}

// mostOf reads how much of a graph is wanted: nodes that are not given are as many as the
// transfers have.
func mostOf(limit *int, fallback int, nodes *int) (query.Most, error) {
	if nodes != nil && *nodes < 1 {
		return query.Most{}, badInput("ask for 1 to "+strconv.Itoa(query.MaxNodes)+" nodes, or leave it out", "a graph of "+strconv.Itoa(*nodes)+" nodes")
	}
	return query.Most{Transfers: orDefault(limit, fallback), Nodes: orDefault(nodes, 0)}, nil
}

// askOf reads a window argument. gqlgen checks @oneOf for literals only, so
// that variables are checked here.
func askOf(window *gqlmodel.Window) (query.Ask, error) {
	var ask query.Ask
	if window == nil {
		return ask, nil
	}
	if window.From != nil {
		ask.From = window.From.UTC()
	}
	if window.To != nil {
		ask.To = window.To.UTC()
	}
	ask.Filter = orDefault(window.Filter, "")
	if window.AsOf == nil {
		return ask, nil
	}
	err := asOf(&ask, window.AsOf)
	return ask, err
}

func asOf(ask *query.Ask, of *gqlmodel.AsOf) error {
	given := 0
	if of.Version != nil {
		given++
		ask.AsOfVersion = uint64(*of.Version)
	}
	if of.Time != nil {
		given++
		ask.AsOfTime = of.Time.UTC()
	}
	if of.Tag != nil {
		given++
		ask.AsOfTag = *of.Tag
	}
	if given != 1 || of.Tag != nil && *of.Tag == "" {
		return badInput("give version, time or tag, one of them", "asOf takes exactly one field")
	}
	return nil
}

// pageSize checks how many elements are asked for.
func pageSize(first, most int) (int, error) {
	if first < 1 || first > most {
		return 0, badInput("ask for 1 to "+strconv.Itoa(most), "a page of "+strconv.Itoa(first))
	}
	return first, nil
}

// countOf is a count of bytes, 0 where none is given.
func countOf(bytes *scalar.Bytes, name string) (uint64, error) {
	given := orDefault(bytes, 0)
	if given < 0 {
		return 0, badInput("give 0 or more", name+" is negative")
	}
	return uint64(given), nil
}

func edgeIDOf(id string) (model.EdgeID, error) {
	digits, found := strings.CutPrefix(id, "t")
	number, err := strconv.ParseUint(digits, 16, 64)
	if !found || err != nil || model.EdgeID(number).String() != id {
		return 0, badInput("transfer ids are t and 16 hexadecimal digits, as `graph` and `transfers` give them", "no transfer has the id "+strconv.Quote(id))
	}
	return model.EdgeID(number), nil
}

func checkQuestion(question string) error {
	if strings.TrimSpace(question) == "" {
		return badInput("ask a question", "the question is empty")
	}
	if len([]rune(question)) > maxQuestionLetters {
		return badInput("ask in at most 4000 characters", "the question is too long")
	}
	return nil
}

func badInput(hint, message string) error {
	return &query.Error{Code: query.CodeBadInput, Message: message, Hint: hint}
}
