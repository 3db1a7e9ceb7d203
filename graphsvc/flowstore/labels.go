package flowstore

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// LabelFacts reads what was known, when the fact recorded at through was the
// newest, of the workloads and pods that held at some instant of [from, to) and
// whose stored text has one of some label keys.
func (s *Store) LabelFacts(ctx context.Context, from, to time.Time, keys []string, through time.Time) ([]model.Fact, error) {
	if through.IsZero() {
		through = time.Unix(1<<32, 0) // beyond any
	}
	args := []any{
		clickhouse.Named("start", from.UnixNano()), clickhouse.Named("end", to.UnixNano()), clickhouse.Named("cut", through.UTC()),
		clickhouse.Named("keys", keys),
	}
	// The newest of each fact is chosen first: a label that was taken away is gone.
	statement := `SELECT kind, key, valid_from, valid_to, recorded_at, source, body FROM (` +
		fmt.Sprintf(currentFacts, "facts WHERE kind IN ('workload', 'pod')") +
		`) WHERE arrayExists(k -> position(body, k) > 0, {keys:Array(String)})`
	var facts []model.Fact
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		fact, err := scanFact(rows)
		facts = append(facts, fact)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the labels of workloads from %s to %s: %w", from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339), err)
	}
	return facts, nil
}
