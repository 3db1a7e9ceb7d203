package graphstore

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
)

// Ownership says which team a rollout revision belongs to.
type Ownership struct {
	// Workload is the node id, Revision the rollout revision's.
	Workload, Revision, Team string
	// From is when the revision began, Recorded when it was heard of.
	From, Recorded time.Time
}

// Ownerships are the teams of all rollout revisions that name one, unordered.
func (s *Store) Ownerships(ctx context.Context) ([]Ownership, error) {
	var found []Ownership
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		found = nil
		return tx.Each(ctx, ownerships, nil, func(row neo4j.Row) error {
			var o Ownership
			err := row.Scan(&o.Workload, &o.Revision, &o.Team, &o.From, &o.Recorded)
			found = append(found, o)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading who owns the workloads: %w", err)
	}
	return found, nil
}
