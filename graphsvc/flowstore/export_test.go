package flowstore

import (
	"context"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// FactsOfAllHistory reads the facts of an interval from table facts alone.
func (s *Store) FactsOfAllHistory(ctx context.Context, from, to, through time.Time) ([]model.Fact, error) {
	return s.factsFrom(ctx, "facts WHERE 1 = 1", from, to, through)
}

// AppendRowsOnly is what a crash between rows and ledger leaves behind.
func (s *Store) AppendRowsOnly(ctx context.Context, batch model.Batch, receivedAt time.Time) error {
	return s.appendFlows(ctx, batch, attempt(receivedAt))
}

// FirstDay is the first day that table fact_days has, 0 where it is empty.
func (s *Store) FirstDay() int64 { return s.days.first }

// Again is the store as a new process would have it.
func (s *Store) Again() *Store { return New(s.db) }
