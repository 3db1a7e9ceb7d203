package graphstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// Live is one edge as it is true now.
type Live struct {
	ID  model.EdgeID
	Key model.EdgeKey
	// Since is the version that first knew the edge.
	Since uint64
	// LastMinute is the newest minute that it carried something in.
	LastMinute model.Minute
	TotalBytes uint64
	// TotalCostNano is in 10^-9 currency units, each minute rounded down: for
	// ranking. Exact sums come from Transfers.
	TotalCostNano int64
}

// Live lists the edges as true now, largest total first, at most limit.
func (s *Store) Live(ctx context.Context, limit int) ([]Live, error) {
	var found []Live
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found = nil
		err := tx.Each(ctx, edgesLive, neo4j.Params{"limit": limit}, func(row neo4j.Row) error {
			live, err := scanLive(row)
			found = append(found, live)
			return err
		})
		if err != nil {
			return err
		}
		keys, err := s.keys.of(ctx, tx, column(found, func(l *Live) model.EdgeID { return l.ID }))
		if err != nil {
			return err
		}
		for i := range found {
			found[i].Key = keys[i]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the live graph: %w", err)
	}
	return found, nil
}

func scanLive(row neo4j.Row) (Live, error) {
	var l Live
	var edge string
	var minute int64
	err := row.Scan(&edge, &l.Since, &minute, &l.TotalBytes, &l.TotalCostNano)
	if err != nil {
		return Live{}, err
	}
	l.LastMinute = model.Minute(minute)
	l.ID, err = parseEdgeID(edge)
	return l, err
}
