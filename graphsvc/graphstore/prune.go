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

// pruneRows is how many relationships or versions one transaction deletes: a
// relationship of an hour, with its two lists, takes the server about 5 kB of heap
// until the commit.
const pruneRows = 20_000

// Prune drops the parts of spans of a tier that end before a minute and have
// parts left, at most limit spans, and returns how many there were. What was
// never compacted, and what is pinned, stays.
func (s *Store) Prune(ctx context.Context, lease Lease, tier pieces.Tier, before model.Minute, limit int) (spans int, err error) {
	params := neo4j.Params{
		"tier": tier.Name, "parts": tier.Parts().Name, "minutes": int64(tier.Minutes), "before": int64(before), "limit": limit,
	}
	if tier == pieces.Day {
		err = s.pruneSpans(ctx, lease, params)
	}
	if err == nil {
		var froms []model.Minute
		froms, err = s.pruning(ctx, lease, piecesPrune, params)
		spans = len(froms)
	}
	if err != nil {
		return 0, fmt.Errorf("dropping old %ss from the graph: %w", tier.Parts().Name, err)
	}
	return spans, nil
}

// pruneSpans drops the relationships of the hours of days that are pruned next. It
// comes first, in transactions of its own, as a day has more of them than one
// transaction holds: a crash on the way leaves days that are still to be pruned.
func (s *Store) pruneSpans(ctx context.Context, lease Lease, params neo4j.Params) error {
	begins, err := s.begins(ctx, piecesToPrune, params)
	if err != nil {
		return err
	}
	for _, begin := range begins {
		if err := s.dropSpans(ctx, lease, pieces.Hour, begin, begin+pieces.Day.Minutes); err != nil {
			return err
		}
	}
	return nil
}

// dropSpans deletes the relationships of a tier that begin in [from, to).
func (s *Store) dropSpans(ctx context.Context, lease Lease, tier pieces.Tier, from, to model.Minute) error {
	return s.untilNone(ctx, lease, spansPrune, neo4j.Params{"tier": tier.Name, "from": int64(from), "to": int64(to), "limit": pruneRows})
}

// untilNone runs a statement that deletes at most $limit rows and counts them, until
// there are fewer.
func (s *Store) untilNone(ctx context.Context, lease Lease, statement string, params neo4j.Params) error {
	for deleted := int64(pruneRows); deleted == pruneRows; {
		err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
			if _, err := tx.Single(ctx, statement, params, &deleted); err != nil {
				return err
			}
			return fence(ctx, tx, lease)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// begins lists the minutes that a reading statement returns.
func (s *Store) begins(ctx context.Context, statement string, params neo4j.Params) (begins []model.Minute, err error) {
	err = s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		begins, err = minutesOf(ctx, tx, statement, params)
		return err
	})
	return begins, err
}

// pruning is the same of a statement that writes.
func (s *Store) pruning(ctx context.Context, lease Lease, statement string, params neo4j.Params) (begins []model.Minute, err error) {
	err = s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if begins, err = minutesOf(ctx, tx, statement, params); err != nil {
			return err
		}
		return fence(ctx, tx, lease)
	})
	return begins, err
}

func minutesOf(ctx context.Context, tx neo4j.Tx, statement string, params neo4j.Params) (found []model.Minute, err error) {
	err = tx.Each(ctx, statement, params, func(row neo4j.Row) error {
		var minute int64
		err := row.Scan(&minute)
		found = append(found, model.Minute(minute))
		return err
	})
	return found, err
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
	var forgotten bool
	there, err := tx.Single(ctx, piecesPruned, params, &name, &from, &forgotten)
	if err != nil || !there {
		return err
	}
	if forgotten {
		return fmt.Errorf("%w: the %s of %s is past its time: ask for later ones", ErrPruned, name, model.Minute(from))
	}
	return fmt.Errorf("%w: of the %s of %s only the whole is left: ask for all of it, as of a version that had it", ErrPruned, name, model.Minute(from))
}
