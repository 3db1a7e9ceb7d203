package graphstore_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// A graph that has grown gives statements another plan. Those that look thousands of
// edges up by their ids seek each: a plan that scans goes through all edges for each.
func TestEdgesAreSoughtByTheirIds(t *testing.T) {
	s, db := store(t)
	var c chain
	publish(t, s, c.next(firstMinute, benchMinute(firstMinute, 2_000)...))
	for _, name := range []string{"edge_keys", "edges_locate"} {
		statement, err := os.ReadFile("cypher/" + name + ".cypher")
		if err != nil {
			t.Fatal(err)
		}
		var operators []string
		_, _, err = db.Ask(t.Context(), "CYPHER replan=force "+string(statement), neo4j.Params{"ids": []string{"none"}},
			neo4j.Bounds{Within: time.Minute, Rows: 1}, func(plan neo4j.Plan) error {
				operators = plan.Operators
				return nil
			})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(operators, "DirectedRelationshipUniqueIndexSeek@neo4j") {
			t.Errorf("%s does not seek: its plan is %v", name, operators)
		}
	}
}
