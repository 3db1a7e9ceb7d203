package flowstore

import (
	"context"

	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/internal/clickhouse"
)

var _ audit.Sink = (*Store)(nil)

const insertAudit = `INSERT INTO audit_log (at, principal, method, kind, action, document, detail, outcome, took_micros)`

// AppendAudit stores entries of the audit log.
func (s *Store) AppendAudit(ctx context.Context, entries []audit.Entry) error {
	return s.fill(ctx, insertAudit, func(batch clickhouse.Batch) error {
		for i := range entries {
			e := &entries[i]
			if err := batch.Append(e.At, e.Principal, e.Method, e.Kind, e.Action, e.Document, e.Detail, e.Outcome, uint64(e.Took.Microseconds())); err != nil {
				return err
			}
		}
		return nil
	})
}
