package graphstore

import (
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// seen remembers which nodes and live relationships the graph has, and where,
// so that their properties are sent once and not every minute.
type seen struct {
	mu       sync.Mutex
	entities map[model.Identity]bool
	// edges are Neo4j's numbers of the live relationships. A number is used anew
	// after a deletion, so whoever goes by it checks the edge's id too.
	edges map[model.EdgeID]int64
}

// unknownEdges are the edges that were not written before, each once.
func (s *seen) unknownEdges(edges []model.PricedEdge, ids []model.EdgeID) []*model.EdgeKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	var keys []*model.EdgeKey
	taken := map[model.EdgeID]bool{}
	for i := range edges {
		if _, known := s.edges[ids[i]]; !known && !taken[ids[i]] {
			taken[ids[i]] = true
			keys = append(keys, &edges[i].Key)
		}
	}
	return keys
}

// unknownEnds are the ends of edges that were not written before, each once.
func (s *seen) unknownEnds(keys []*model.EdgeKey) []model.Identity {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ends []model.Identity
	taken := map[model.Identity]bool{}
	for _, key := range keys {
		for _, end := range []model.Identity{key.Source, key.Destination} {
			if !s.entities[end] && !taken[end] {
				taken[end] = true
				ends = append(ends, end)
			}
		}
	}
	return ends
}

// locate fills in the relationship numbers of changes, from what the
// transaction found and from what is known, and returns the edges of the rest.
func (s *seen) locate(changes []change, found map[model.EdgeID]int64) (missing []model.EdgeID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range changes {
		number, known := found[changes[i].edge]
		if !known {
			number, known = s.edges[changes[i].edge]
		}
		if !known {
			missing = append(missing, changes[i].edge)
		}
		changes[i].relationship = number
	}
	return missing
}

// add remembers what a committed transaction wrote.
func (s *seen) add(ends []model.Identity, found map[model.EdgeID]int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.edges == nil {
		s.entities, s.edges = map[model.Identity]bool{}, map[model.EdgeID]int64{}
	}
	for _, end := range ends {
		s.entities[end] = true
	}
	for id, number := range found {
		s.edges[id] = number
	}
}

func (s *seen) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entities, s.edges = nil, nil
}
