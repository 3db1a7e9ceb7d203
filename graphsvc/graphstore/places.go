package graphstore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/egressor/egressor/graphsvc/layout"
	"github.com/egressor/egressor/internal/neo4j"
)

// Places are where nodes are on the map, of all that have a place, by the node's id.
func (s *Store) Places(ctx context.Context) (map[string]layout.Point, error) {
	var places map[string]layout.Point
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		places = map[string]layout.Point{}
		return tx.Each(ctx, placesRead, nil, func(row neo4j.Row) error { return scanPlace(row, places) })
	})
	if err != nil {
		return nil, fmt.Errorf("reading where nodes are on the map: %w", err)
	}
	return places, nil
}

// Settle stores the places of nodes that have none, and returns what is stored of all
// that were given and are nodes of the graph.
func (s *Store) Settle(ctx context.Context, places map[string]layout.Point) (map[string]layout.Point, error) {
	stored := map[string]layout.Point{}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(places)), chunkRows) {
		xs, ys := make([]float64, len(ids)), make([]float64, len(ids))
		for i, id := range ids {
			xs[i], ys[i] = places[id].X, places[id].Y
		}
		err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
			return tx.Each(ctx, placesSettle, neo4j.Params{"ids": ids, "xs": xs, "ys": ys}, func(row neo4j.Row) error { return scanPlace(row, stored) })
		})
		if err != nil {
			return nil, fmt.Errorf("storing where %d nodes are on the map: %w", len(ids), err)
		}
	}
	return stored, nil
}

func scanPlace(row neo4j.Row, into map[string]layout.Point) error {
	var id string
	var at layout.Point
	if err := row.Scan(&id, &at.X, &at.Y); err != nil {
		return err
	}
	into[id] = at
	return nil
}
