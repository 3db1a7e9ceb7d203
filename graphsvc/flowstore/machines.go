package flowstore

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// AgentsIn are the agents whose batches speak of minutes in [from, to), by cluster
// and node. Files that were imported are none.
func (s *Store) AgentsIn(ctx context.Context, from, to model.Minute) ([]model.AgentID, error) {
	var agents []model.AgentID
	const statement = `SELECT DISTINCT cluster, node FROM batches
		WHERE minute_from < {to:UInt32} AND minute_to > {from:UInt32} AND mode != 'import' ORDER BY cluster, node`
	args := []any{clickhouse.Named("from", uint32(from)), clickhouse.Named("to", uint32(to))}
	err := s.each(ctx, statement, args, func(rows clickhouse.Rows) error {
		var id model.AgentID
		err := rows.Scan(&id.Cluster, &id.Node)
		agents = append(agents, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the agents of %s to %s: %w", from, to, err)
	}
	return agents, nil
}

// NodeFacts are what is known now of the machines that held at some instant of
// [from, to).
func (s *Store) NodeFacts(ctx context.Context, from, to model.Minute) ([]model.Fact, error) {
	through, err := s.newestRecorded(ctx)
	if err != nil {
		return nil, err
	}
	return s.factsFrom(ctx, "facts WHERE kind = 'node'", from.Start(), to.Start(), through)
}
