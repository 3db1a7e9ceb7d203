package graphstore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// mostNew is how many new edges one transaction creates: each takes the server
// about 5 kB of heap until the commit.
const mostNew = 20_000

// prepared are nodes and live relationships that were written ahead of their
// version. They have carried nothing in any minute: no version knows them yet.
type prepared struct {
	// few are the new edges where they are not too many for the version's own
	// transaction: nothing was written ahead then.
	few   []*model.EdgeKey
	ends  []model.Identity
	edges map[model.EdgeID]int64
}

// prepare writes the edges that a publication brings to the graph for the first
// time, in transactions of their own, where they are more than the server could
// hold in the version's: a first minute, or a cluster rolled out anew. They name the
// version as the one that first knew them, and carry nothing, as no version says
// yet: every question passes them by. The version's transaction makes of them what
// it makes of any edge that carries something. An attempt after a crash meets them
// again, and gives those to its own version that none knows.
func (s *Store) prepare(ctx context.Context, p Publication, ids []model.EdgeID) (prepared, error) {
	keys := s.seen.unknownEdges(p.Edges, ids)
	if len(keys) <= s.mostNew {
		return prepared{few: keys}, nil
	}
	ready := prepared{edges: map[model.EdgeID]int64{}}
	ready.ends = s.seen.unknownEnds(keys)
	for ends := range slices.Chunk(ready.ends, s.mostNew) {
		if err := s.ahead(ctx, p, func(w *writer) error { return w.entities(ctx, ends) }); err != nil {
			return prepared{}, err
		}
	}
	for chunk := range slices.Chunk(keys, s.mostNew) {
		found := map[model.EdgeID]int64{}
		err := s.ahead(ctx, p, func(w *writer) error {
			w.found = found
			return w.edges(ctx, chunk)
		})
		if err != nil {
			return prepared{}, err
		}
		maps.Copy(ready.edges, found)
	}
	return ready, nil
}

// ahead runs work in a transaction before the version's.
func (s *Store) ahead(ctx context.Context, p Publication, work func(*writer) error) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := work(&writer{tx: tx, number: int64(p.Version.Number), seen: &s.seen}); err != nil {
			return err
		}
		return fence(ctx, tx, p.Lease)
	})
	if err != nil {
		return fmt.Errorf("writing new edges ahead: %w", err)
	}
	return nil
}
