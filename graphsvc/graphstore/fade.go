package graphstore

import (
	"context"

	"github.com/egressor/egressor/internal/neo4j"
)

// fade drops what carried nothing in any minute that the graph has history of, pinned
// ones among it: live relationships, rollout revisions whose transfers these were, and
// nodes that nothing leads to any more. No version that can be asked about knows them. Each has transactions of
// its own, in an order in which what a crash leaves is dropped the next time.
func (s *Store) fade(ctx context.Context, lease Lease) error {
	begins, err := s.begins(ctx, historyBegin, nil)
	if err != nil {
		return err
	}
	before := neo4j.Params{"before": int64(begins[0]), "limit": pruneRows}
	edges, err := s.deleting(ctx, lease, edgesForget, before)
	if err != nil {
		return err
	}
	if _, err := s.deleting(ctx, lease, deploymentsForget, before); err != nil {
		return err
	}
	nodes, err := s.deleting(ctx, lease, entitiesForget, neo4j.Params{"limit": pruneRows})
	if err != nil {
		return err
	}
	return s.seen.drop(edges, nodes)
}

// deleting runs a statement that deletes at most $limit rows and returns their ids,
// until there are fewer.
func (s *Store) deleting(ctx context.Context, lease Lease, statement string, params neo4j.Params) (all []string, err error) {
	for {
		var ids []string
		err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
			ids = nil
			err := tx.Each(ctx, statement, params, func(row neo4j.Row) error {
				var id string
				err := row.Scan(&id)
				ids = append(ids, id)
				return err
			})
			if err != nil {
				return err
			}
			return fence(ctx, tx, lease)
		})
		if err != nil {
			return nil, err
		}
		if all = append(all, ids...); len(ids) < pruneRows {
			return all, nil
		}
	}
}

// drop forgets what is not there any more.
func (s *seen) drop(edges, nodes []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, text := range edges {
		id, err := parseEdgeID(text)
		if err != nil {
			return err
		}
		delete(s.edges, id)
	}
	gone := make(map[string]bool, len(nodes))
	for _, id := range nodes {
		gone[id] = true
	}
	for end := range s.entities {
		if len(gone) > 0 && gone[end.ID()] {
			delete(s.entities, end)
		}
	}
	return nil
}
