// Package flowstore keeps raw flows, facts, losses and the minute series in
// ClickHouse, and is their only writer and reader.
//
// A batch counts once its row stands in the ledger (table batches), which is
// written last. Every attempt to store a batch stamps its rows with the
// attempt's own number, and only rows of the attempt that the ledger names are
// ever read: a crash between rows and ledger leaves rows that nobody sees, and
// the retry needs no luck with deduplication.
package flowstore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
)

// Store reads and writes one database.
type Store struct {
	db *clickhouse.DB

	mu           sync.Mutex // orders the recording of facts and the days that they are in
	lastRecorded time.Time
	known        knowledge
	days         dayRange

	keys    keyCache
	written writtenEdges
}

// New returns a store over a connection that is started before the store is used.
func New(db *clickhouse.DB) *Store { return &Store{db: db, known: knowledge{}} }

// Attempt is the number of one attempt to store a batch: the nanoseconds since
// the epoch at which the service received it.
func attempt(receivedAt time.Time) uint64 { return uint64(receivedAt.UnixNano()) }

func labels(key model.BatchKey) string {
	return fmt.Sprintf("batch %s/%s/%d", key.Agent, key.Boot, key.Sequence)
}

// fill prepares an insert, lets appendTo fill it and sends it.
func (s *Store) fill(ctx context.Context, statement string, appendTo func(clickhouse.Batch) error) error {
	batch, err := s.db.PrepareBatch(ctx, statement)
	if err != nil {
		return err
	}
	if err := appendTo(batch); err != nil {
		_ = batch.Abort() // the append's error is the one to report
		return err
	}
	return batch.Send()
}

// each runs a query and calls scan for every row.
func (s *Store) each(ctx context.Context, statement string, args []any, scan func(clickhouse.Rows) error) error {
	rows, err := s.db.Query(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close() // rows.Err below has the failure
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
