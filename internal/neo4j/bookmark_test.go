package neo4j_test

import (
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
)

// routed is a DB on a child by way of its routing table, with bookmarks of its own.
func routed(t *testing.T, child *neo4j.Child, dir string) *neo4j.DB {
	t.Helper()
	password, err := os.ReadFile(filepath.Join(dir, "neo4j-password"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := neo4j.DefaultConfig()
	cfg.URI, cfg.Password = "neo4j://"+child.Address(), strings.TrimSpace(string(password))
	db, err := neo4j.New(report.Discard(), cfg, neo4j.Dependencies{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Stop(context.Background()) })
	if db.Scheme() != "neo4j" {
		t.Fatalf("%s is reached by %q: without routing", cfg.URI, db.Scheme())
	}
	return db
}

// next is the bookmark of the transaction after the one that a bookmark is of: a
// bookmark ends with the number of the transaction, one byte below 128, and an empty list.
func next(t *testing.T, bookmark string) string {
	t.Helper()
	form, text, _ := strings.Cut(bookmark, ":")
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(packed) < 3 || packed[len(packed)-2] > 120 {
		t.Fatalf("bookmark %q (% x, %v) is not of the form that this test knows", bookmark, packed, err)
	}
	packed[len(packed)-2]++
	return form + ":" + base64.StdEncoding.EncodeToString(packed)
}

// A read of a routed DB waits for what the DB has written, wherever the read goes:
// it waits even for a transaction that is still to come, and then sees it.
func TestReadsWaitForWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	child := neo4jtest.Child(t, dir)
	db, other := routed(t, child, dir), routed(t, child, dir)
	create(t, db, "first")
	seen, err := db.Bookmarks(t.Context())
	if err != nil || len(seen) != 1 {
		t.Fatalf("bookmarks after a write: %q, %v", seen, err)
	}
	if err := db.Expect(t.Context(), next(t, seen[0])); err != nil {
		t.Fatal(err)
	}
	count := func(ctx context.Context) (n int64, err error) {
		err = db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
			_, err := tx.Single(ctx, "MATCH (n:Thing) RETURN count(n)", nil, &n)
			return err
		})
		return n, err
	}
	impatient, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if n, err := count(impatient); err == nil {
		t.Errorf("a read that is to wait for the next transaction answered %d at once", n)
	}
	create(t, other, "second")
	if n, err := count(t.Context()); err != nil || n != 2 {
		t.Errorf("%d things (%v), want 2", n, err)
	}
}
