package flowstore

import (
	"context"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// AppendRowsOnly is what a crash between rows and ledger leaves behind.
func (s *Store) AppendRowsOnly(ctx context.Context, batch model.Batch, receivedAt time.Time) error {
	return s.appendFlows(ctx, batch, attempt(receivedAt))
}
