package clickhousetest

import (
	"log/slog"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
)

// Migrated is Open with the schema of the product, whose rows have no end.
func Migrated(tb testing.TB) *clickhouse.DB {
	tb.Helper()
	db := Open(tb)
	Migrate(tb, db)
	return db
}

// Migrate brings a test's database up to date, and keeps for ever what the schema
// keeps for a time: stories are of fixed days, and the engine deletes by the
// machine's clock.
func Migrate(tb testing.TB, db *clickhouse.DB) {
	tb.Helper()
	if _, err := clickhouse.Migrate(tb.Context(), slog.New(slog.DiscardHandler), db); err != nil {
		tb.Fatalf("clickhouse for tests: %v", err)
	}
	for _, table := range []string{"fact_days", "audit_log"} {
		if err := db.Exec(tb.Context(), "ALTER TABLE "+table+" REMOVE TTL"); err != nil {
			tb.Fatalf("clickhouse for tests: %v", err)
		}
	}
}
