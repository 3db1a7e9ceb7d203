package graphstore

import (
	"context"
	"fmt"
	"math"

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
	statement := transfers
	params := neo4j.Params{"from": int64(window.From), "to": int64(window.To), "asOf": int64(window.AsOf)}
	if entity != "" {
		statement = transfersOfEntity
		params["entity"] = entity
	}
	var found []Transfer
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found = nil
		err := tx.Each(ctx, statement, params, func(row neo4j.Row) error {
			transfer, err := scanTransfer(row)
			found = append(found, transfer)
			return err
		})
		if err != nil {
			return err
		}
		return s.fillKeys(ctx, tx, found)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the graph of %s to %s as of version %d: %w", window.From, window.To, window.AsOf, err)
	}
	return found, nil
}

func scanTransfer(row neo4j.Row) (Transfer, error) {
	var t Transfer
	var edge string
	var nano, restHigh, restLow int64
	err := row.Scan(&edge, &t.Sent.WireBytes, &t.Sent.PayloadBytes, &t.Sent.Packets, &t.Sent.RetransmittedPackets,
		&t.Connections, &t.RTTMicros, &t.CheckBytes, &t.Checked, &nano, &restHigh, &restLow)
	if err != nil {
		return Transfer{}, err
	}
	if !t.Checked {
		t.CheckBytes = 0
	}
	if t.ID, err = parseEdgeID(edge); err != nil {
		return Transfer{}, err
	}
	t.Cost, err = joinCost(nano, restHigh, restLow)
	return t, err
}

func (s *Store) fillKeys(ctx context.Context, tx neo4j.Tx, found []Transfer) error {
	ids := make([]model.EdgeID, len(found))
	for i := range found {
		ids[i] = found[i].ID
	}
	keys, err := s.keys.of(ctx, tx, ids)
	if err != nil {
		return err
	}
	for i := range found {
		found[i].Key = keys[i]
	}
	return nil
}
