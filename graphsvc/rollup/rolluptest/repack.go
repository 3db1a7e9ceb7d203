package rolluptest

import (
	"testing"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/neo4j"
)

// Repack changes the rows of the pieces of a tier that a version began, behind
// the service's back.
func Repack(tb testing.TB, db *neo4j.DB, tier string, since uint64, change func(rows []pieces.Row)) {
	tb.Helper()
	err := db.ExecuteWrite(tb.Context(), func(tx neo4j.Tx) error {
		found := map[string][]byte{}
		const read = "MATCH (p:Piece {tier: $tier, since: $since}) RETURN elementId(p), p.columns"
		err := tx.Each(tb.Context(), read, neo4j.Params{"tier": tier, "since": int64(since)}, func(row neo4j.Row) error {
			var id string
			var columns any
			err := row.Scan(&id, &columns)
			found[id], _ = columns.([]byte)
			return err
		})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			tb.Fatalf("version %d began no %s piece", since, tier)
		}
		for id, packed := range found {
			rows, err := pieces.Decode(packed)
			if err != nil {
				return err
			}
			change(rows)
			if packed, err = pieces.Encode(rows); err != nil {
				return err
			}
			const write = "MATCH (p:Piece) WHERE elementId(p) = $id SET p.columns = $columns"
			if err := tx.Exec(tb.Context(), write, neo4j.Params{"id": id, "columns": packed}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}
