package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// Forget drops days that end before a minute and have nothing finer left, at most
// limit, and the headers of versions that only speak of such days. It returns how
// many days there were. A question about them is refused with ErrPruned. What is
// pinned stays, and so do the headers of versions that pins name. With the days go the
// live relationships, rollouts and nodes of what carried nothing since.
func (s *Store) Forget(ctx context.Context, lease Lease, before model.Minute, limit int) (days int, err error) {
	params := neo4j.Params{"minutes": int64(pieces.Day.Minutes), "before": int64(before), "limit": limit}
	begins, err := s.begins(ctx, daysToForget, params)
	if err == nil && len(begins) > 0 {
		err = s.forget(ctx, lease, begins)
	}
	if err != nil {
		return 0, fmt.Errorf("dropping old days from the graph: %w", err)
	}
	return len(begins), nil
}

// forget drops days: relationships first, the days themselves after them, so that
// what a crash leaves is still to be dropped; then versions.
func (s *Store) forget(ctx context.Context, lease Lease, begins []model.Minute) error {
	for _, begin := range begins {
		if err := s.dropSpans(ctx, lease, pieces.Day, begin, begin+1); err != nil {
			return err
		}
	}
	froms := column(begins, func(m *model.Minute) int64 { return int64(*m) })
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := tx.Exec(ctx, daysForget, neo4j.Params{"froms": froms}); err != nil {
			return err
		}
		return fence(ctx, tx, lease)
	})
	if err != nil {
		return err
	}
	forgotten, err := s.Forgotten(ctx)
	if err != nil {
		return err
	}
	if err := s.untilNone(ctx, lease, versionsForget, neo4j.Params{"before": int64(forgotten), "limit": pruneRows}); err != nil {
		return err
	}
	return s.fade(ctx, lease)
}

// Forgotten is the end of the newest day that was dropped; 0 where none was.
func (s *Store) Forgotten(ctx context.Context) (through model.Minute, err error) {
	found, err := s.begins(ctx, forgottenThrough, nil)
	if err != nil {
		return 0, fmt.Errorf("reading how far the graph reaches back: %w", err)
	}
	return found[0], nil
}
