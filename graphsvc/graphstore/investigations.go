package graphstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// maxInvestigations is how many investigations of one incident are listed: the newest.
const maxInvestigations = 100

// SaveInvestigation writes an investigation, in one transaction with a pin on what its
// version says of the minutes that it looked at: so it can be made again.
func (s *Store) SaveInvestigation(ctx context.Context, q model.Investigation) error {
	properties := map[string]any{
		"id": q.ID, "question": q.Question, "incident": q.Incident, "occasion": q.Occasion, "by": q.By, "engine": q.Engine,
		"startedAt": q.StartedAt.UTC(), "endedAt": q.EndedAt.UTC(), "version": int64(q.Version), "from": int64(q.From), "to": int64(q.To), "answer": q.Answer,
	}
	params := neo4j.Params{"properties": properties, "entities": texts(q.Entities), "revisions": texts(q.Revisions)}
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := tx.Exec(ctx, investigationMerge, params); err != nil {
			return err
		}
		return pinInvestigation(ctx, tx, &q)
	})
	if err != nil {
		return fmt.Errorf("storing investigation %s: %w", q.ID, err)
	}
	return nil
}

// pinInvestigation pins what was looked at, as far as it is there.
func pinInvestigation(ctx context.Context, tx neo4j.Tx, q *model.Investigation) error {
	if q.From >= q.To {
		return nil
	}
	if _, there, err := folded(ctx, tx, q.Version); err != nil || !there {
		return err
	}
	err := writePin(ctx, tx, Pin{Version: q.Version, From: q.From, To: q.To, By: investigationPin + q.ID})
	if errors.Is(err, ErrPruned) {
		return nil
	}
	return err
}

// investigationPin begins the holder's name of an investigation's pin.
const investigationPin = "investigation "

// InvestigationsOf are the ids of the investigations of an incident, newest first, at
// most 100.
func (s *Store) InvestigationsOf(ctx context.Context, incident string) ([]string, error) {
	var ids []string
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		ids = nil
		return tx.Each(ctx, investigationsOf, neo4j.Params{"incident": incident, "limit": int64(maxInvestigations)}, func(row neo4j.Row) error {
			var id string
			err := row.Scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading the investigations of incident %s: %w", incident, err)
	}
	return ids, nil
}
