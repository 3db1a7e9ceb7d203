package rolluptest

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// OpenAt returns migrated stores whose data lies in dir and outlives the benchmark,
// so that what takes minutes to load is loaded once. One process at a time.
func OpenAt(tb testing.TB, dir string) *Stores {
	tb.Helper()
	config := clickhousetest.ChildConfig(tb, filepath.Join(dir, "clickhouse"))
	config.Output = io.Discard
	child := clickhouse.NewChild(slog.New(slog.DiscardHandler), config)
	started(tb, child)
	db, err := clickhouse.New(slog.New(slog.DiscardHandler), clickhouse.Config{Address: child.URL(), PasswordFile: clickhouse.KeyFile(config.DataDir), Database: "egressor"})
	if err != nil {
		tb.Fatal(err)
	}
	started(tb, db)
	s := &Stores{ClickHouse: db, Neo4j: neo4jtest.Connect(tb, neo4jtest.Child(tb, filepath.Join(dir, "neo4j")))}
	if _, err := clickhouse.Migrate(tb.Context(), slog.New(slog.DiscardHandler), s.ClickHouse); err != nil {
		tb.Fatal(err)
	}
	if err := neo4j.Migrate(tb.Context(), s.Neo4j); err != nil {
		tb.Fatal(err)
	}
	return s.Again()
}

// started starts a part and stops it with the benchmark.
func started(tb testing.TB, part interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
},
) {
	tb.Helper()
	if err := part.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = part.Stop(context.WithoutCancel(tb.Context())) })
}
