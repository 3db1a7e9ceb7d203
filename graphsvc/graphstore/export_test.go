package graphstore

// NewOf is a store that creates at most so many edges in one transaction.
func NewOf(s *Store, mostNew int) *Store { return &Store{db: s.db, mostNew: mostNew} }
