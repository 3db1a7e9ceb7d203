package clickhouse_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/migrations"
	"github.com/egressor/egressor/migrations/migrationstest"
)

const states = "../../migrations/testdata/states/clickhouse"

var silent = slog.New(slog.DiscardHandler)

// schema is every table's definition, as a file that can be executed again.
func schema(t *testing.T, db *clickhouse.DB) string {
	t.Helper()
	var tables []struct {
		Definition string `ch:"create_table_query"`
	}
	check(t, db.Select(t.Context(), &tables, "SELECT create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name"))
	var text strings.Builder
	for _, table := range tables {
		text.WriteString(strings.ReplaceAll(table.Definition, db.Database()+".", "") + ";\n")
	}
	return text.String()
}

// migrated is the schema that an empty database ends up with.
func migrated(t *testing.T) string {
	t.Helper()
	db := clickhousetest.Open(t)
	_, err := clickhouse.Migrate(t.Context(), silent, db)
	check(t, err)
	return schema(t, db)
}

func TestMigrateTwiceAppliesOnce(t *testing.T) {
	available, err := migrations.ClickHouse()
	check(t, err)
	db := clickhousetest.Open(t)
	for _, want := range []int{len(available), 0} {
		done, err := clickhouse.Migrate(t.Context(), silent, db)
		check(t, err)
		if len(done) != want {
			t.Errorf("applied %d migrations, want %d", len(done), want)
		}
	}
}

// Every state that a release ever left behind ends in the same schema. The dump
// of today's state is written by running this test with -update.
func TestEveryPastStateConverges(t *testing.T) {
	want := migrated(t)
	available, err := migrations.ClickHouse()
	check(t, err)
	newest := available[len(available)-1]
	testkit.Golden(t, filepath.Join(states, newest.String()+".sql"), []byte(want+recorded(available)))

	dumps, err := filepath.Glob(filepath.Join(states, "*.sql"))
	check(t, err)
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			db := clickhousetest.Open(t)
			text, err := os.ReadFile(dump)
			check(t, err)
			statements, err := migrations.Split(string(text))
			check(t, err)
			for _, statement := range statements {
				do(t, db, statement)
			}
			_, err = clickhouse.Migrate(t.Context(), silent, db)
			check(t, err)
			if diff := cmp.Diff(want, schema(t, db)); diff != "" {
				t.Errorf("the schema differs from a new one (-new +from %s):\n%s", dump, diff)
			}
		})
	}
}

// recorded is the list of applied migrations, as statements.
func recorded(applied []migrations.Migration) string {
	var text strings.Builder
	for _, m := range applied {
		text.WriteString("INSERT INTO schema_migrations SELECT " + strings.TrimLeft(m.String()[:4], "0") +
			", '" + m.Name + "', '" + m.Checksum + "', '2026-11-23 00:00:00';\n")
	}
	return text.String()
}

// A migrator killed between any two statements leaves a state that the next
// one completes.
func TestKilledMigratorConverges(t *testing.T) {
	want := migrated(t)
	available, err := migrations.ClickHouse()
	check(t, err)
	steps := 0
	for _, m := range available {
		steps += len(m.Statements) + 1
	}
	for n := range steps {
		db := clickhousetest.Open(t)
		_, err := migrations.Run(t.Context(), silent, &migrationstest.Dying{Target: clickhouse.NewMigrationTarget(db, clickhouse.MigrationLease), Left: n}, available)
		if !errors.Is(err, migrationstest.ErrKilled) {
			t.Fatalf("killed before step %d: error %v", n+1, err)
		}
		_, err = clickhouse.Migrate(t.Context(), silent, db)
		check(t, err)
		if diff := cmp.Diff(want, schema(t, db)); diff != "" {
			t.Errorf("killed before step %d of %d, the schema differs (-new +after):\n%s", n+1, steps, diff)
		}
	}
}

func TestLockOfADeadMigratorExpires(t *testing.T) {
	db := clickhousetest.Open(t)
	dead := clickhouse.NewMigrationTarget(db, time.Second)
	_, err := dead.Lock(t.Context()) // and never unlocked
	check(t, err)

	patient := clickhouse.NewMigrationTarget(db, time.Hour)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := patient.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a lock that is an hour from its end was not respected: %v", err)
	}
	unlock, err := clickhouse.NewMigrationTarget(db, time.Second).Lock(t.Context())
	check(t, err)
	check(t, unlock(t.Context()))
}

func TestOneMigratorAtATime(t *testing.T) {
	db := clickhousetest.Open(t)
	done := make(chan error)
	inside := make(chan struct{}, 1)
	const migrators = 4
	for range migrators {
		go func() {
			unlock, err := clickhouse.NewMigrationTarget(db, clickhouse.MigrationLease).Lock(t.Context())
			if err != nil {
				done <- err
				return
			}
			select {
			case inside <- struct{}{}:
				_ = db.Exec(t.Context(), "SELECT 1") // stay a moment
				<-inside
				done <- unlock(t.Context())
			default:
				done <- errors.New("two migrators hold the lock")
			}
		}()
	}
	for range migrators {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestStoreNewerThanTheBinaryIsRefused(t *testing.T) {
	db := clickhousetest.Open(t)
	_, err := clickhouse.Migrate(t.Context(), silent, db)
	check(t, err)
	do(t, db, "INSERT INTO schema_migrations SELECT max(id) + 1, 'from_the_future', '', now64(3) FROM schema_migrations")
	_, err = clickhouse.Migrate(t.Context(), silent, db)
	if err == nil || !strings.Contains(err.Error(), "upgrade egressor") {
		t.Errorf("error %v, want the advice to upgrade", err)
	}
}
