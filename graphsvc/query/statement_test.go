package query_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
)

// A list in a variable can be as long as a request: 50,000 dimensions took seven
// seconds, and each line as many texts.
func TestAStatementAsksForNothingTwice(t *testing.T) {
	e, _, _ := filtered()
	for name, ask := range map[string]query.StatementAsk{
		"a dimension again": {By: []statement.Dimension{statement.Workload, statement.Path, statement.Workload}, Limit: 10},
		"many conditions":   {Where: slices.Repeat([]statement.Filter{{By: statement.Team, Value: "core"}}, query.MaxStatementFilters+1), Limit: 10},
		"no line":           {Limit: 0},
		"too many lines":    {Limit: query.MaxStatementLines + 1},
	} {
		ask.View = statement.ByPayer
		var told *query.Error
		if _, err := e.Statement(noContext, ask); !errors.As(err, &told) || told.Code != query.CodeBadInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	every := query.StatementAsk{By: statement.Dimensions, View: statement.ByPayer, Limit: 10}
	if _, err := e.Statement(noContext, every); err != nil {
		t.Errorf("every dimension at once: %v", err)
	}
}
