package graphstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// mostNew is how many new edges one transaction creates: each takes the server
// about 5 kB of heap until the commit.
const mostNew = 20_000

// prepared are nodes and live relationships that were written ahead of their
// version, without `since`: no version knows them yet.
type prepared struct {
	ends  []model.Identity
	edges map[model.EdgeID]int64
}

// prepare writes the edges that a publication brings to the graph for the first
// time, in transactions of their own, where they are more than the server could
// hold in the version's: a first minute, or a cluster rolled out anew. They carry
// nothing, as no version says yet, and stay unknown to every question; the
// version's transaction adopts them. An attempt after a crash meets them again.
func (s *Store) prepare(ctx context.Context, p Publication, ids []model.EdgeID) (prepared, error) {
	keys := s.seen.unknownEdges(p.Edges, ids)
	ready := prepared{edges: map[model.EdgeID]int64{}}
	if len(keys) <= s.mostNew {
		return ready, nil
	}
	ready.ends = s.seen.unknownEnds(keys)
	for ends := range slices.Chunk(ready.ends, s.mostNew) {
		if err := s.ahead(ctx, p.Lease, func(w *writer) error { return w.entities(ctx, ends) }); err != nil {
			return prepared{}, err
		}
	}
	for chunk := range slices.Chunk(keys, s.mostNew) {
		found := map[model.EdgeID]int64{}
		err := s.ahead(ctx, p.Lease, func(w *writer) error {
			w.found = found
			return w.edges(ctx, chunk)
		})
		if err != nil {
			return prepared{}, err
		}
		for id, number := range found {
			ready.edges[id] = number
		}
	}
	return ready, nil
}

// ahead runs work in a transaction of a writer that has no version yet.
func (s *Store) ahead(ctx context.Context, lease Lease, work func(*writer) error) error {
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := work(&writer{tx: tx, seen: &s.seen}); err != nil {
			return err
		}
		return fence(ctx, tx, lease)
	})
	if err != nil {
		return fmt.Errorf("writing new edges ahead: %w", err)
	}
	return nil
}

// adopt makes what was prepared part of this version.
func (w *writer) adopt(ctx context.Context, ready prepared) error {
	if err := w.entities(ctx, ready.ends); err != nil {
		return err
	}
	ids := make([]model.EdgeID, 0, len(ready.edges))
	for id, number := range ready.edges {
		ids = append(ids, id)
		w.found[id] = number
	}
	for chunk := range slices.Chunk(ids, chunkRows) {
		params := neo4j.Params{
			"number":        w.number,
			"ids":           column(chunk, func(id *model.EdgeID) string { return id.String() }),
			"relationships": column(chunk, func(id *model.EdgeID) int64 { return ready.edges[*id] }),
		}
		if err := w.all(ctx, edgesAdopt, params, len(chunk)); err != nil {
			return err
		}
	}
	w.ends = ready.ends
	return nil
}

// since is the version that what is written now was first known in, null while
// it is written ahead.
func (w *writer) since() any {
	if w.number == 0 {
		return nil
	}
	return w.number
}
