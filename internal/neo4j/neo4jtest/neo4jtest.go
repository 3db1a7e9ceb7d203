// Package neo4jtest gives tests a real Neo4j: one embedded child per test
// binary, emptied for each test.
package neo4jtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// startTimeout is generous: test machines are small and shared.
const startTimeout = 3 * time.Minute

var shared struct {
	once  sync.Once
	dir   string
	child *neo4j.Child
	db    *neo4j.DB
	err   error
}

// Main runs the tests of a package and stops the shared server after them.
// Call it from TestMain: func TestMain(m *testing.M) { neo4jtest.Main(m) }.
func Main(m *testing.M) {
	code := m.Run()
	if shared.db != nil {
		_ = shared.db.Stop(context.Background())
	}
	if shared.child != nil {
		_ = shared.child.Stop(context.Background())
	}
	_ = os.RemoveAll(shared.dir)
	os.Exit(code)
}

// DB returns the shared database without any node. The schema stays, as it
// does in production. Tests that use it must not run in parallel.
func DB(tb testing.TB) *neo4j.DB {
	tb.Helper()
	testkit.Require(tb, "neo4j", Missing())
	shared.once.Do(startShared)
	if shared.err != nil {
		tb.Fatalf("shared neo4j: %v", shared.err)
	}
	Clean(tb, shared.db)
	return shared.db
}

// Shared is the shared database as the test left it: DB must have been called.
func Shared(tb testing.TB) *neo4j.DB {
	tb.Helper()
	if shared.db == nil {
		tb.Fatal("the shared neo4j is not started: call DB first")
	}
	return shared.db
}

func startShared() {
	shared.dir, shared.err = os.MkdirTemp("", "egressor-neo4j-")
	if shared.err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	if shared.child, shared.err = neo4j.NewChild(report.Discard(), ChildConfig(shared.dir)); shared.err != nil {
		return
	}
	if shared.err = shared.child.Start(ctx); shared.err != nil {
		shared.child = nil
		return
	}
	shared.db, shared.err = neo4j.New(report.Discard(), neo4j.DefaultConfig(), neo4j.Dependencies{Child: shared.child})
	if shared.err == nil {
		shared.err = shared.db.Start(ctx)
	}
}

// ChildConfig is a small server on a free port with its data in dir; benchmarks
// get one that holds a minute of 100,000 edges.
func ChildConfig(dir string) neo4j.ChildConfig {
	cfg := neo4j.DefaultChildConfig()
	cfg.Data = dir
	cfg.Deps = neo4j.FindDeps()
	cfg.Listen = "127.0.0.1:0"
	cfg.HeapMiB = 768
	cfg.PageCacheMiB = 64
	if bench := flag.Lookup("test.bench"); bench != nil && bench.Value.String() != "" {
		cfg.HeapMiB, cfg.PageCacheMiB = 2048, 256
	}
	cfg.StartTimeout = startTimeout
	return cfg
}

// Restartable is ChildConfig with an address that nobody else gets while the server
// is away: it comes back to it.
func Restartable(tb testing.TB, dir string) neo4j.ChildConfig {
	tb.Helper()
	address, release, err := testkit.HoldAddress()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(release)
	cfg := ChildConfig(dir)
	cfg.Listen = address
	return cfg
}

// Child starts a server of the test's own, for tests that kill it. The data
// directory outlives Stop, so that it can be started again.
func Child(tb testing.TB, dir string) *neo4j.Child {
	tb.Helper()
	testkit.Require(tb, "neo4j", Missing())
	child, err := neo4j.NewChild(report.Discard(), Restartable(tb, dir))
	if err != nil {
		tb.Fatal(err)
	}
	if err := child.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = child.Stop(context.Background()) })
	return child
}

// Connect returns a DB on the child.
func Connect(tb testing.TB, child *neo4j.Child) *neo4j.DB {
	tb.Helper()
	db, err := neo4j.New(report.Discard(), neo4j.DefaultConfig(), neo4j.Dependencies{Child: child})
	if err != nil {
		tb.Fatal(err)
	}
	if err := db.Start(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Stop(context.Background()) })
	return db
}

// Clean deletes every node and relationship, in batches that fit the heap.
func Clean(tb testing.TB, db *neo4j.DB) {
	tb.Helper()
	for _, statement := range []string{
		"MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*)",
		"MATCH (n) WITH n LIMIT 20000 DELETE n RETURN count(*)",
	} {
		for deleted := int64(1); deleted > 0; {
			err := db.ExecuteWrite(tb.Context(), func(tx neo4j.Tx) error {
				_, err := tx.Single(tb.Context(), statement, nil, &deleted)
				return err
			})
			if err != nil {
				tb.Fatalf("cleaning the graph: %v", err)
			}
		}
	}
}

// Missing says why no server can be started here, nil when one can.
func Missing() error {
	deps := neo4j.FindDeps()
	if deps == "" {
		return errors.New("no .deps/neo4j: run deploy/deps/neo4j.sh")
	}
	if _, err := os.Stat(filepath.Join(deps, "neo4j", "classes", "Launcher.class")); err != nil {
		return fmt.Errorf("the launcher is not compiled: run deploy/deps/neo4j.sh: %w", err)
	}
	return nil
}
