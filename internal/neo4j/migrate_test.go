package neo4j_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/migrations"
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
