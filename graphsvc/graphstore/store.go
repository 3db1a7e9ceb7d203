package graphstore

import (
	"errors"

	"github.com/egressor/egressor/internal/neo4j"
)

// Store reads and writes the graph. Any number may read; the process that holds
// the lease folds, and Publish refuses every other one.
type Store struct {
	db     *neo4j.DB
	keys   keyCache
	seen   seen
	recent recent
	// mostNew is how many new edges one transaction creates.
	mostNew int
}

// New returns a store over a started or yet to be started connection. The
// schema must have been migrated before the first call.
func New(db *neo4j.DB) *Store { return &Store{db: db, mostNew: mostNew} }

// ErrVersionConflict means that the graph holds another version under the
// number, or that the version does not follow the graph's newest one.
var ErrVersionConflict = errors.New("version conflict")

// errStaleSeen means that the graph lacks what this process had written: it
// was emptied or restored behind our back.
var errStaleSeen = errors.New("the graph lacks edges that were written before")
