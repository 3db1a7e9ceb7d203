package graphstore

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// maxCachedKeys bounds the cache: about 300 bytes each.
const maxCachedKeys = 300_000

// keyCache keeps edge keys by id. An id is the hash of its key, so an entry
// can never be wrong.
type keyCache struct {
	mu   sync.Mutex
	keys map[model.EdgeID]model.EdgeKey
}

// of returns the keys of ids, in order, reading those it does not have.
func (c *keyCache) of(ctx context.Context, tx neo4j.Tx, ids []model.EdgeID) ([]model.EdgeKey, error) {
	keys, missing := c.known(ids)
	read := make(map[model.EdgeID]model.EdgeKey, len(missing))
	for chunk := range slices.Chunk(missing, chunkRows) {
		texts := column(chunk, func(id *model.EdgeID) string { return id.String() })
		err := tx.Each(ctx, edgeKeys, neo4j.Params{"ids": texts}, func(row neo4j.Row) error {
			id, key, err := scanKey(row)
			read[id] = key
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for i, id := range ids {
		if keys[i] != (model.EdgeKey{}) {
			continue
		}
		key, ok := read[id]
		if !ok {
			return nil, fmt.Errorf("edge %s has history but no live relationship", id)
		}
		keys[i] = key
	}
	c.add(read)
	return keys, nil
}

// fill says which keys transfers have, and returns the places of those whose keys it
// does not have.
func (c *keyCache) fill(found []Transfer) (missing []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range found {
		key, ok := c.keys[found[i].ID]
		if !ok {
			missing = append(missing, i)
			continue
		}
		found[i].Key = key
	}
	return missing
}

func (c *keyCache) known(ids []model.EdgeID) (keys []model.EdgeKey, missing []model.EdgeID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys = make([]model.EdgeKey, len(ids))
	for i, id := range ids {
		key, ok := c.keys[id]
		if !ok {
			missing = append(missing, id)
		}
		keys[i] = key
	}
	return keys, missing
}

func (c *keyCache) add(read map[model.EdgeID]model.EdgeKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.keys == nil || len(c.keys)+len(read) > maxCachedKeys {
		c.keys = make(map[model.EdgeID]model.EdgeKey, len(read))
	}
	for id, key := range read {
		c.keys[id] = key
	}
}

func scanKey(row neo4j.Row) (model.EdgeID, model.EdgeKey, error) {
	var k model.EdgeKey
	var id, sourceKind, destinationKind, protocol, initiator, path string
	err := row.Scan(&id,
		&sourceKind, &k.Source.Cluster, &k.Source.Namespace, &k.Source.Type, &k.Source.Name, &k.Source.Region,
		&destinationKind, &k.Destination.Cluster, &k.Destination.Namespace, &k.Destination.Type, &k.Destination.Name, &k.Destination.Region,
		&k.SourceRevision, &k.DestinationRevision, &k.ServerPort, &protocol, &initiator,
		&k.SourcePlace.Provider, &k.SourcePlace.Region, &k.SourcePlace.Zone,
		&k.DestinationPlace.Provider, &k.DestinationPlace.Region, &k.DestinationPlace.Zone,
		&path, &k.Path.Via, &k.Path.ViaZone, &k.Path.Assumed,
		&k.SourcePlace.Network, &k.SourcePlace.Account, &k.DestinationPlace.Network, &k.DestinationPlace.Account)
	if err != nil {
		return 0, model.EdgeKey{}, err
	}
	k.Source.Kind, k.Destination.Kind = model.IdentityKind(sourceKind), model.IdentityKind(destinationKind)
	k.Initiator, k.Path.Kind = model.Initiator(initiator), model.PathKind(path)
	if k.Protocol, err = model.ParseProtocol(protocol); err != nil {
		return 0, model.EdgeKey{}, fmt.Errorf("edge %s: %w", id, err)
	}
	if k.ID().String() != id {
		return 0, model.EdgeKey{}, fmt.Errorf("edge %s in the graph has the key of edge %s: its properties were changed", id, k.ID())
	}
	return k.ID(), k, nil
}
