package flowstore

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/clickhouse"
)

const insertDecisions = `INSERT INTO decisions (kind, subject, at, principal, method, key, action, note, until, body)`

// AppendDecision stores what somebody decided. It is durable when nil is returned.
func (s *Store) AppendDecision(ctx context.Context, r decision.Record) error {
	until := r.Until.UTC()
	if r.Until.IsZero() {
		until = time.Unix(0, 0).UTC()
	}
	err := s.fill(ctx, insertDecisions, func(batch clickhouse.Batch) error {
		return batch.Append(string(r.Kind), r.Subject, r.At.UTC(), r.By, r.Method, r.Key, string(r.Action), r.Note, until, r.Body)
	})
	if err != nil {
		return fmt.Errorf("storing what %s decided about %s %s: %w", r.By, r.Kind, r.Subject, err)
	}
	return nil
}

// Decisions are what was decided about some subjects of a kind, or about all of
// them where none is named, unordered.
func (s *Store) Decisions(ctx context.Context, kind decision.Kind, subjects []string) ([]decision.Record, error) {
	statement := `SELECT kind, subject, at, principal, method, key, action, note, until, body FROM decisions WHERE kind = {kind:String}`
	args := []any{clickhouse.Named("kind", string(kind))}
	if len(subjects) > 0 {
		statement += ` AND subject IN {subjects:Array(String)}`
		args = append(args, clickhouse.Named("subjects", subjects))
	}
	var found []decision.Record
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var r decision.Record
		var of, action string
		if err := rows.Scan(&of, &r.Subject, &r.At, &r.By, &r.Method, &r.Key, &action, &r.Note, &r.Until, &r.Body); err != nil {
			return err
		}
		r.Kind, r.Action, r.At = decision.Kind(of), decision.Action(action), r.At.UTC()
		if r.Until.UnixNano() == 0 {
			r.Until = time.Time{}
		} else {
			r.Until = r.Until.UTC()
		}
		found = append(found, r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading what was decided about %d of kind %s: %w", len(subjects), kind, err)
	}
	return found, nil
}
