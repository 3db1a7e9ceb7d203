package flowstore

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// FactsOf reads what a source says now: of each fact the newest version, if it
// still holds or ended after a moment; and of every watch until when it was
// complete, however long ago.
func (s *Store) FactsOf(ctx context.Context, source string, since time.Time) ([]model.Fact, error) {
	const statement = `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM (
			SELECT * FROM facts WHERE source = {source:String}
			ORDER BY kind, cluster, key, valid_from, recorded_at DESC, digest DESC
			LIMIT 1 BY kind, cluster, key, valid_from
		) WHERE valid_to = 0 OR valid_to > {since:Int64} OR kind = 'watch'`
	var facts []model.Fact
	args := []any{clickhouse.Named("source", source), clickhouse.Named("since", since.UnixNano())}
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		fact, err := scanFact(rows)
		facts = append(facts, fact)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading what %s says: %w", source, err)
	}
	return facts, nil
}
