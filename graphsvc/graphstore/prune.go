package graphstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// ErrPruned means that a question, or a fold, needs minutes of which only the
// hour is kept, or hours of which only the day is.
var ErrPruned = errors.New("finer history is not kept so long")

// Prune drops the parts of spans of a tier that end before a minute and have
// parts left, at most limit spans, and returns how many there were. What was
// never compacted, and what is pinned, stays.
func (s *Store) Prune(ctx context.Context, lease Lease, tier pieces.Tier, before model.Minute, limit int) (spans int, err error) {
	params := neo4j.Params{
		"tier": tier.Name, "parts": tier.Parts().Name, "minutes": int64(tier.Minutes), "before": int64(before), "limit": limit,
	}
	err = s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		var froms []int64
		err := tx.Each(ctx, piecesPrune, params, func(row neo4j.Row) error {
			var from int64
			err := row.Scan(&from)
			froms = append(froms, from)
			return err
		})
		if err != nil {
			return err
		}
		if spans = len(froms); spans > 0 && tier == pieces.Day {
			params["froms"] = froms
			if err := tx.Exec(ctx, spansPrune, params); err != nil {
				return err
			}
		}
		return fence(ctx, tx, lease)
	})
	if err != nil {
		return 0, fmt.Errorf("dropping old %ss from the graph: %w", tier.Parts().Name, err)
	}
	return spans, nil
}

// forNone asks for pieces that are kept for whoever asks, not for one version.
const forNone = int64(-1)

// whole fails with ErrPruned where some of the spans lie in a span whose finer
// pieces are gone, and not kept for a version.
func whole(ctx context.Context, tx neo4j.Tx, spans []span, asOf int64) error {
	params := neo4j.Params{
		"asOf":  asOf,
		"froms": column(spans, func(s *span) int64 { return int64(s.from) }),
		"tos":   column(spans, func(s *span) int64 { return int64(s.to) }),
	}
	var name string
	var from int64
	there, err := tx.Single(ctx, piecesPruned, params, &name, &from)
	if err != nil || !there {
		return err
	}
	return fmt.Errorf("%w: of the %s of %s only the whole is left: ask for all of it, as of a version that had it", ErrPruned, name, model.Minute(from))
}
