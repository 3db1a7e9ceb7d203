package graphstore

import (
	"context"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// askWithin is how long a person's statement may take, planning included.
const askWithin = 10 * time.Second

// Ask runs a person's statement in a read transaction of its own, after allow has
// seen its plan. Whether the statement is fit to be run is its caller's to know.
func (s *Store) Ask(ctx context.Context, statement string, params map[string]any, rows int, allow func(neo4j.Plan) error) (neo4j.Table, neo4j.Plan, error) {
	return s.db.Ask(ctx, statement, params, neo4j.Bounds{Within: askWithin, Rows: rows}, allow)
}
