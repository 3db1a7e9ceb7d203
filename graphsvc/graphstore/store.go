package graphstore

import (
	"errors"
	"sync"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
)

// Store reads and writes the graph. Any number may read; the process that holds
// the lease folds, and Publish refuses every other one.
type Store struct {
	db   *neo4j.DB
	keys keyCache
	seen seen
}

// New returns a store over a started or yet to be started connection. The
// schema must have been migrated before the first call.
func New(db *neo4j.DB) *Store { return &Store{db: db} }

// ErrVersionConflict means that the graph holds another version under the
// number, or that the version does not follow the graph's newest one.
var ErrVersionConflict = errors.New("version conflict")

// errStaleSeen means that the graph lacks what this process had written: it
// was emptied or restored behind our back.
var errStaleSeen = errors.New("the graph lacks edges that were written before")

// seen remembers which nodes and live relationships the graph has, so that
// their properties are sent once and not every minute.
type seen struct {
	mu       sync.Mutex
	entities map[model.Identity]bool
	edges    map[model.EdgeID]bool
}

// unknownEdges are the edges that were not written before.
func (s *seen) unknownEdges(edges []model.PricedEdge) []*model.EdgeKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	var keys []*model.EdgeKey
	for i := range edges {
		if !s.edges[edges[i].Key.ID()] {
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

// add remembers what a committed transaction wrote.
func (s *seen) add(ends []model.Identity, keys []*model.EdgeKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.edges == nil {
		s.entities, s.edges = map[model.Identity]bool{}, map[model.EdgeID]bool{}
	}
	for _, end := range ends {
		s.entities[end] = true
	}
	for _, key := range keys {
		s.edges[key.ID()] = true
	}
}

func (s *seen) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entities, s.edges = nil, nil
}
