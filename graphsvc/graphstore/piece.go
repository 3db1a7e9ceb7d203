package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// tier is the span that a piece of history covers.
type tier struct {
	name    string
	minutes model.Minute
}

var (
	minuteTier = tier{"minute", 1}
	hourTier   = tier{"hour", 60}
	dayTier    = tier{"day", 24 * 60}
)

// standing is the piece of one minute that is true now.
type standing struct {
	minute model.Minute
	since  int64
	rows   []pieces.Row
}

// standing reads the pieces of the minutes [from, to) that are true now.
func (w *writer) standing(ctx context.Context, from, to model.Minute) (map[model.Minute]standing, error) {
	found := map[model.Minute]standing{}
	err := w.tx.Each(ctx, piecesStanding, neo4j.Params{"from": int64(from), "to": int64(to)}, func(row neo4j.Row) error {
		var piece standing
		var minute int64
		var columns any
		if err := row.Scan(&minute, &piece.since, &columns); err != nil {
			return err
		}
		piece.minute = model.Minute(minute)
		if found[piece.minute].rows != nil {
			return fmt.Errorf("minute %s has two pieces that are true now", piece.minute)
		}
		var err error
		piece.rows, err = unpack(minuteTier, piece.minute, columns)
		found[piece.minute] = piece
		return err
	})
	return found, err
}

// unpack decodes the column of a piece. An error names the piece.
func unpack(of tier, from model.Minute, columns any) ([]pieces.Row, error) {
	packed, ok := columns.([]byte)
	if !ok {
		return nil, fmt.Errorf("the %s piece of %s has a %T for columns: its properties were changed", of.name, from, columns)
	}
	rows, err := pieces.Decode(packed)
	if err != nil {
		return nil, fmt.Errorf("the %s piece of %s: %w", of.name, from, err)
	}
	return rows, nil
}

// create writes a piece that begins to be true with this version.
func (w *writer) create(ctx context.Context, of tier, from model.Minute, rows []pieces.Row) error {
	properties, err := pieceProperties(of, from, w.number, rows)
	if err != nil {
		return err
	}
	return w.tx.Exec(ctx, pieceCreate, neo4j.Params{"properties": properties})
}

// pieceProperties packs rows. It sorts them.
func pieceProperties(of tier, from model.Minute, since int64, rows []pieces.Row) (map[string]any, error) {
	packed, err := pieces.Encode(rows)
	if err != nil {
		return nil, fmt.Errorf("the %s of %s: %w", of.name, from, err)
	}
	return map[string]any{
		"tier": of.name, "from": int64(from), "to": int64(from + of.minutes), "since": since,
		"edges": len(rows), "columns": packed,
	}, nil
}

// closed ends the truth of pieces of one tier, given by where they begin and
// since when they are true.
func (w *writer) closed(ctx context.Context, of tier, froms, sinces []int64) error {
	return w.all(ctx, piecesClose, neo4j.Params{"tier": of.name, "froms": froms, "sinces": sinces, "number": w.number}, len(froms))
}
