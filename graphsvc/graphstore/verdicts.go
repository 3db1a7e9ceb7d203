package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// maxVerdicts is how many verdicts are read: the newest.
const maxVerdicts = 200

// SaveVerdicts writes what became of recommendations; each replaces the one before.
func (s *Store) SaveVerdicts(ctx context.Context, verdicts []model.Verdict) error {
	rows := make([]map[string]any, len(verdicts))
	for n := range verdicts {
		v := &verdicts[n]
		rows[n] = map[string]any{
			"recommendation": v.Recommendation, "kind": v.Kind, "subject": v.Subject, "title": v.Title, "applied": v.Applied.UTC(), "evidence": v.Evidence,
			"state": v.State, "predicted": v.Predicted.Decimal(), "realised": v.Realised.Decimal(), "currency": v.Currency,
			"from": int64(v.From), "to": int64(v.To), "minutes": int64(v.Minutes), "summary": v.Summary, "reasons": texts(v.Reasons), "entities": texts(v.Entities),
		}
	}
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error { return tx.Exec(ctx, verdictsMerge, neo4j.Params{"rows": rows}) })
	if err != nil {
		return fmt.Errorf("storing %d verdicts: %w", len(verdicts), err)
	}
	return nil
}

// Verdicts are what became of recommendations that were followed, the newest
// change first, at most 200.
func (s *Store) Verdicts(ctx context.Context) ([]model.Verdict, error) {
	var found []model.Verdict
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found = nil
		return tx.Each(ctx, verdictsRead, neo4j.Params{"limit": int64(maxVerdicts)}, func(row neo4j.Row) error {
			var values any
			if err := row.Scan(&values); err != nil {
				return err
			}
			v, err := verdictOf(bagOf(values))
			found = append(found, v)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading verdicts: %w", err)
	}
	return found, nil
}

func verdictOf(p *properties) (model.Verdict, error) {
	v := model.Verdict{
		Recommendation: p.text("recommendation"), Kind: p.text("kind"), Subject: p.text("subject"), Title: p.text("title"),
		Applied: p.time("applied"), Evidence: p.text("evidence"), State: p.text("state"),
		Predicted: p.amount("predicted"), Realised: p.amount("realised"), Currency: p.text("currency"),
		From: p.minute("from"), To: p.minute("to"), Minutes: p.uint64("minutes"), Summary: p.text("summary"), Reasons: p.texts("reasons"), Entities: p.texts("entities"),
	}
	return v, p.err
}
