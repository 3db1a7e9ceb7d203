package neo4j_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/migrations"
	"github.com/egressor/egressor/migrations/migrationstest"
)

func schema(t *testing.T, db *neo4j.DB) (constraints, indexes int64) {
	t.Helper()
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		if _, err := tx.Single(t.Context(), "SHOW CONSTRAINTS YIELD name RETURN count(*)", nil, &constraints); err != nil {
			return err
		}
		_, err := tx.Single(t.Context(), "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN count(*)", nil, &indexes)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return constraints, indexes
}

func TestMigrateOnceHoweverOften(t *testing.T) {
	db := neo4jtest.DB(t)
	failures := make([]error, 3)
	var together sync.WaitGroup
	for i := range failures {
		together.Go(func() { failures[i] = neo4j.Migrate(t.Context(), db) })
	}
	together.Wait()
	for _, err := range failures {
		if err != nil {
			t.Fatal(err)
		}
	}
	available, err := migrations.Neo4j()
	if err != nil {
		t.Fatal(err)
	}
	applied, err := neo4j.Schema{DB: db}.Applied(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(available) == 0 || len(applied) != len(available) {
		t.Fatalf("%d migrations recorded, want each of %d once", len(applied), len(available))
	}
	constraints, indexes := schema(t, db)
	if err := neo4j.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	againConstraints, againIndexes := schema(t, db)
	if constraints < 4 || constraints != againConstraints || indexes != againIndexes {
		t.Fatalf("schema of %d constraints and %d indexes became %d and %d", constraints, indexes, againConstraints, againIndexes)
	}
}

func TestLockKeepsOthersOut(t *testing.T) {
	db := neo4jtest.DB(t)
	target := neo4j.Schema{DB: db}
	unlock, err := target.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := target.Lock(waiting); err == nil {
		t.Fatal("two migrators hold the lock")
	}
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, err := target.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := again(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestNewerGraphIsRefused(t *testing.T) {
	db := neo4jtest.DB(t)
	if err := neo4j.Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	future := migrations.Migration{ID: 9999, Name: "future", Checksum: "x"}
	if err := (neo4j.Schema{DB: db}).Record(t.Context(), future); err != nil {
		t.Fatal(err)
	}
	if err := neo4j.Migrate(t.Context(), db); err == nil {
		t.Fatal("a graph from the future was accepted")
	}
}

// bare drops every constraint, index and node of the shared graph.
func bare(t *testing.T, db *neo4j.DB) {
	t.Helper()
	neo4jtest.Clean(t, db)
	for list, drop := range map[string]string{
		"SHOW CONSTRAINTS YIELD name RETURN name": "DROP CONSTRAINT ",
		"SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name": "DROP INDEX ",
	} {
		for _, name := range names(t, db, list) {
			if err := (neo4j.Schema{DB: db}).Execute(t.Context(), drop+name+" IF EXISTS"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func names(t *testing.T, db *neo4j.DB, statement string) (all []string) {
	t.Helper()
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		all = nil
		return tx.Each(t.Context(), statement, nil, func(row neo4j.Row) error {
			var name string
			err := row.Scan(&name)
			all = append(all, name)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// described is every constraint and index, a line each.
func described(t *testing.T, db *neo4j.DB) []string {
	t.Helper()
	line := func(kind string) string {
		return "SHOW " + kind + " YIELD name, type, labelsOrTypes, properties " +
			"RETURN name + ' ' + type + reduce(s = '', x IN coalesce(labelsOrTypes, []) + coalesce(properties, []) | s + ' ' + x) ORDER BY name"
	}
	return append(names(t, db, line("CONSTRAINTS")), names(t, db, line("INDEXES"))...)
}

// Every state that a release ever left behind ends in the same schema, and so does
// every state that a migrator killed between two statements leaves.
func TestEveryPastStateConverges(t *testing.T) {
	db := neo4jtest.DB(t)
	available, err := migrations.Neo4j()
	if err != nil {
		t.Fatal(err)
	}
	converge := func(what string, before func(target migrations.Target)) []string {
		bare(t, db)
		before(neo4j.Schema{DB: db})
		for range 2 { // a second run does nothing
			if err := neo4j.Migrate(t.Context(), db); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		return described(t, db)
	}
	want := converge("an empty graph", func(migrations.Target) {})
	if len(want) < 10 {
		t.Fatalf("the schema is %v", want)
	}
	steps := 0
	for n, migration := range available {
		steps += len(migration.Statements) + 1
		got := converge(migration.String(), func(target migrations.Target) {
			if _, err := migrations.Run(t.Context(), slog.New(slog.DiscardHandler), target, available[:n+1]); err != nil {
				t.Fatal(err)
			}
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("from %s (-new +migrated):\n%s", migration, diff)
		}
	}
	for n := range steps {
		got := converge("killed", func(target migrations.Target) {
			if _, err := migrations.Run(t.Context(), slog.New(slog.DiscardHandler), &migrationstest.Dying{Target: target, Left: n}, available); !errors.Is(err, migrationstest.ErrKilled) {
				t.Fatalf("killed before step %d: error %v", n+1, err)
			}
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("killed before step %d of %d (-new +migrated):\n%s", n+1, steps, diff)
		}
	}
}
