package graphstore

import (
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// reading adds the history of a window up, as true in one version.
type reading struct {
	tx   neo4j.Tx
	asOf int64
	// wanted are the edges to keep, nil for all.
	wanted map[model.EdgeID]bool
	sums   pieces.Sums
	recent *recent
}

// span is some minutes, half open.
type span struct{ from, to model.Minute }

// only keeps the edges that have an entity as an end; "" keeps all.
func (r *reading) only(ctx context.Context, entity string) error {
	if entity == "" {
		return nil
	}
	r.wanted = map[model.EdgeID]bool{}
	return r.tx.Each(ctx, edgesOfEntity, neo4j.Params{"entity": entity}, func(row neo4j.Row) error {
		var text string
		if err := row.Scan(&text); err != nil {
			return err
		}
		id, err := parseEdgeID(text)
		r.wanted[id] = true
		return err
	})
}

// window reads the pieces of a window.
func (r *reading) window(ctx context.Context, window Window) error {
	if r.wanted != nil && len(r.wanted) == 0 {
		return nil
	}
	rest := []span{{window.From, window.To}}
	for _, tier := range []pieces.Tier{pieces.Day, pieces.Hour, pieces.Minute} {
		begins, err := r.pieces(ctx, tier, within(rest, tier))
		if err != nil {
			return err
		}
		rest = without(rest, begins, tier)
	}
	if len(rest) == 0 {
		return nil
	}
	return whole(ctx, r.tx, rest, r.asOf) // minutes without a piece: never folded, or gone
}

// within are the parts of spans that hold whole spans of a tier.
func within(spans []span, tier pieces.Tier) []span {
	var whole []span
	for _, s := range spans {
		from, to := tier.Start(s.from+tier.Minutes-1), tier.Start(s.to)
		if from < to {
			whole = append(whole, span{from, to})
		}
	}
	return whole
}

// without are the parts of spans that no piece of a tier covers; begins are where
// those begin, each of which lies in one of the spans.
func without(spans []span, begins []model.Minute, tier pieces.Tier) []span {
	slices.Sort(begins)
	var rest []span
	for _, s := range spans {
		for _, begin := range begins {
			if begin < s.from || begin >= s.to {
				continue
			}
			if s.from < begin {
				rest = append(rest, span{s.from, begin})
			}
			s.from = begin + tier.Minutes
		}
		if s.from < s.to {
			rest = append(rest, s)
		}
	}
	return rest
}

// pieces adds the pieces of one tier up that begin in some spans, and returns
// where those begin that were there.
func (r *reading) pieces(ctx context.Context, tier pieces.Tier, spans []span) (begins []model.Minute, err error) {
	if len(spans) == 0 {
		return nil, nil
	}
	have := r.recent.of(tier, spans[0].from, spans[len(spans)-1].to)
	params := neo4j.Params{
		"tier": tier.Name, "asOf": r.asOf, "known": have.keys(),
		"froms": column(spans, func(s *span) int64 { return int64(s.from) }),
		"tos":   column(spans, func(s *span) int64 { return int64(s.to) }),
	}
	var fresh []kept
	sums := newSumming(r.wanted, &r.sums)
	err = r.tx.Each(ctx, piecesRead, params, func(row neo4j.Row) error {
		var from, since int64
		var columns any
		if err := row.Scan(&from, &since, &columns); err != nil {
			return err
		}
		piece, err := have.piece(tier, pieceID{model.Minute(from), since}, columns)
		if err != nil {
			return err
		}
		if columns != nil && tier == pieces.Minute {
			fresh = append(fresh, piece)
		}
		begins = append(begins, piece.from)
		return sums.take(packed{tier, piece, columns == nil})
	})
	if failed := sums.end(); failed != nil {
		return nil, failed
	}
	if err == nil {
		r.recent.add(fresh...)
	}
	return begins, err // bare, so that it is seen whether it passes by itself
}
