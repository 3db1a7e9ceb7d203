package graphstore

import (
	"context"

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
	_, err := r.pieces(ctx, minuteTier, []span{{window.From, window.To}})
	return err
}

// pieces adds the pieces of one tier up that begin in some spans, and returns
// where those begin that were there.
func (r *reading) pieces(ctx context.Context, of tier, spans []span) (begins []model.Minute, err error) {
	params := neo4j.Params{
		"tier": of.name, "asOf": r.asOf,
		"froms": column(spans, func(s *span) int64 { return int64(s.from) }),
		"tos":   column(spans, func(s *span) int64 { return int64(s.to) }),
	}
	err = r.tx.Each(ctx, piecesRead, params, func(row neo4j.Row) error {
		var from int64
		var columns any
		if err := row.Scan(&from, &columns); err != nil {
			return err
		}
		begins = append(begins, model.Minute(from))
		return r.add(of, model.Minute(from), columns)
	})
	return begins, err
}

func (r *reading) add(of tier, from model.Minute, columns any) error {
	rows, err := unpack(of, from, columns)
	if err != nil {
		return err
	}
	for i := range rows {
		if r.wanted != nil && !r.wanted[rows[i].Edge] {
			continue
		}
		if err := r.sums.Add(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}
