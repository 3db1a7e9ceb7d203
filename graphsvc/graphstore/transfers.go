package graphstore

import (
	"context"
	"fmt"
	"math"

	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
)

// Window is a question's range: which minutes, as known in which version.
type Window struct {
	// From and To bound the minutes, half open.
	From, To model.Minute
	// AsOf is the version whose truth is asked for.
	AsOf uint64
}

// Transfer is one edge summed over a window, exactly.
type Transfer struct {
	ID          model.EdgeID
	Key         model.EdgeKey
	Sent        model.Counts
	Connections uint64
	// RTTMicros is the highest in the window, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is valid only when Checked: every minute has the other end's report.
	CheckBytes uint64
	Checked    bool
	Cost       money.Amount
}

// Transfers are the edges of a window as true in its version, unordered. A
// non-empty entity keeps only those that have it as an end.
func (s *Store) Transfers(ctx context.Context, window Window, entity string) ([]Transfer, error) {
	if window.AsOf > math.MaxInt64 {
		return nil, fmt.Errorf("reading the graph: there is no version %d", window.AsOf)
	}
	var found []Transfer
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		r := reading{tx: tx, asOf: int64(window.AsOf), recent: &s.recent}
		if err := r.only(ctx, entity); err != nil {
			return err
		}
		if err := r.window(ctx, window); err != nil {
			return err
		}
		found = transfersOf(r.sums.Rows())
		return s.fillKeys(ctx, tx, found)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the graph of %s to %s as of version %d: %w", window.From, window.To, window.AsOf, err)
	}
	return found, nil
}

func transfersOf(rows []pieces.Row) []Transfer {
	if len(rows) == 0 {
		return nil
	}
	found := make([]Transfer, len(rows))
	for i := range rows {
		row := &rows[i]
		found[i] = Transfer{
			ID: row.Edge, Sent: row.Sent, Connections: row.Connections, RTTMicros: row.RTTMicros,
			CheckBytes: row.CheckBytes, Checked: row.Checked, Cost: row.Cost,
		}
	}
	return found
}

func (s *Store) fillKeys(ctx context.Context, tx neo4j.Tx, found []Transfer) error {
	missing := s.keys.fill(found)
	if len(missing) == 0 {
		return nil
	}
	ids := make([]model.EdgeID, len(missing))
	for i, at := range missing {
		ids[i] = found[at].ID
	}
	keys, err := s.keys.of(ctx, tx, ids)
	if err != nil {
		return err
	}
	for i, at := range missing {
		found[at].Key = keys[i]
	}
	return nil
}
