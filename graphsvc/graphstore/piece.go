package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// standing is a piece that is true now.
type standing struct {
	pieces.Part
	since int64
}

// readStanding reads the pieces of a tier that are true now and begin in
// [from, to), in order. Nobody writes to their rows.
func (w *writer) readStanding(ctx context.Context, tier pieces.Tier, from, to model.Minute) ([]standing, error) {
	var found []standing
	have := w.recent.of(tier, from, to)
	params := neo4j.Params{"tier": tier.Name, "from": int64(from), "to": int64(to), "known": have.keys()}
	err := w.tx.Each(ctx, piecesStanding, params, func(row neo4j.Row) error {
		var piece standing
		var begin int64
		var columns any
		if err := row.Scan(&begin, &piece.since, &columns); err != nil {
			return err
		}
		piece.From = model.Minute(begin)
		if n := len(found); n > 0 && found[n-1].From == piece.From {
			return fmt.Errorf("the %s of %s has two pieces that are true now", tier.Name, piece.From)
		}
		kept, err := have.piece(tier, pieceID{piece.From, piece.since}, columns)
		if err != nil {
			return err
		}
		if piece.Rows = kept.rows; piece.Rows == nil {
			piece.Rows, err = unpack(tier, piece.From, kept.packed)
		}
		found = append(found, piece)
		return err
	})
	return found, err
}

// unpack decodes the column of a piece. An error names the piece.
func unpack(tier pieces.Tier, from model.Minute, columns any) ([]pieces.Row, error) {
	column, err := packedColumn(tier, from, columns)
	if err != nil {
		return nil, err
	}
	rows, err := pieces.Decode(column)
	if err != nil {
		return nil, fmt.Errorf("the %s piece of %s: %w", tier.Name, from, err)
	}
	return rows, nil
}

func packedColumn(tier pieces.Tier, from model.Minute, columns any) ([]byte, error) {
	column, ok := columns.([]byte)
	if !ok {
		return nil, fmt.Errorf("the %s piece of %s has a %T for columns: its properties were changed", tier.Name, from, columns)
	}
	return column, nil
}

// create writes a piece that begins to be true with this version.
func (w *writer) create(ctx context.Context, tier pieces.Tier, from model.Minute, rows []pieces.Row) error {
	packed, err := pack(tier, from, rows)
	if err != nil {
		return err
	}
	return w.tx.Exec(ctx, pieceCreate, neo4j.Params{"properties": pieceProperties(tier, from, w.number, len(rows), packed)})
}

// createMinute is create of a minute that is packed already.
func (w *writer) createMinute(ctx context.Context, m minuteRows) error {
	w.made = append(w.made, keep(pieceID{m.minute, w.number}, m.packed, m.rows))
	return w.tx.Exec(ctx, pieceCreate, neo4j.Params{"properties": pieceProperties(pieces.Minute, m.minute, w.number, len(m.rows), m.packed)})
}

// pack packs rows. It sorts them.
func pack(tier pieces.Tier, from model.Minute, rows []pieces.Row) ([]byte, error) {
	packed, err := pieces.Encode(rows)
	if err != nil {
		return nil, fmt.Errorf("the %s of %s: %w", tier.Name, from, err)
	}
	return packed, nil
}

func pieceProperties(tier pieces.Tier, from model.Minute, since int64, edges int, packed []byte) map[string]any {
	return map[string]any{
		"tier": tier.Name, "from": int64(from), "to": int64(from + tier.Minutes), "since": since,
		"edges": edges, "columns": packed,
	}
}

// close ends the truth of a piece.
func (w *writer) close(ctx context.Context, tier pieces.Tier, piece standing) error {
	return w.all(ctx, piecesClose, neo4j.Params{
		"tier": tier.Name, "froms": []int64{int64(piece.From)}, "sinces": []int64{piece.since}, "number": w.number,
	}, 1)
}
