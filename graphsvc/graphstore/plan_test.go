package graphstore_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// The planner is free to scan, and does from one start of the server to the next, whatever
// the size of the graph. Statements that look thousands of edges up by their ids, or one
// hour among many, seek: a plan that scans goes through all edges for each.
func TestWhatIsLookedUpOftenIsSought(t *testing.T) {
	s, db := store(t)
	var c chain
	publish(t, s, c.next(firstMinute, benchMinute(firstMinute, 2_000)...))
	for _, name := range []string{
		"edge_keys", "edges_locate", "edges_merge", "places_settle", "spans", "spans_close", "spans_prune",
	} {
		operators := planOf(t, db, name)
		scans := func(operator string) bool { return strings.Contains(operator, "Scan") }
		seeks := func(operator string) bool { return strings.Contains(operator, "IndexSeek") }
		if slices.ContainsFunc(operators, scans) || !slices.ContainsFunc(operators, seeks) {
			t.Errorf("%s does not seek: its plan is %v", name, operators)
		}
	}
}

// planOf are the operators of a statement's plan. It is not run.
func planOf(t *testing.T, db *neo4j.DB, name string) (operators []string) {
	t.Helper()
	statement, err := os.ReadFile("cypher/" + name + ".cypher")
	if err != nil {
		t.Fatal(err)
	}
	planned := errors.New("planned")
	_, _, err = db.Ask(t.Context(), string(statement), neo4j.Params{}, neo4j.Bounds{Within: time.Minute, Rows: 1},
		func(plan neo4j.Plan) error {
			operators = plan.Operators
			return planned
		})
	if !errors.Is(err, planned) {
		t.Fatalf("%s: %v", name, err)
	}
	return operators
}
