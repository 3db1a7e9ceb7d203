package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/cyphergate/gatetest"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/savedcypher"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// asked is a graph of a few workloads and an explorer that takes Cypher.
func asked(t *testing.T) (*query.Explorer, *neo4j.DB) {
	t.Helper()
	writer := newGraphWriter(t)
	const first model.Minute = 29_923_800
	writer.publish(t, model.VersionFold, first, pricedEdge(first, "web", "cart", 100), pricedEdge(first, "cart", "db", 50), pricedEdge(first, "db", "cart", 70))
	stores := &Stores{Graph: writer.store}
	return stores.Explorer(), neo4jtest.Shared(t)
}

// TestCypher is on one real graph, since making one takes longer than all its parts.
func TestCypher(t *testing.T) {
	explorer, db := asked(t)
	t.Run("every saved query", func(t *testing.T) { savedRuns(t, explorer) })
	t.Run("what people ask", func(t *testing.T) { honestRuns(t, explorer) })
	t.Run("values", func(t *testing.T) { valuesArePlain(t, explorer) })
	t.Run("history", func(t *testing.T) { historyIsAsked(t, explorer) })
	t.Run("attacks", func(t *testing.T) { attacksChangeNothing(t, explorer, db) })
}

// savedRuns runs every shipped query with its defaults.
func savedRuns(t *testing.T, explorer *query.Explorer) {
	queries, err := savedcypher.All()
	if err != nil || len(queries) != 20 {
		t.Fatal(len(queries), err)
	}
	for _, q := range queries {
		params := map[string]any{}
		for _, p := range q.Parameters {
			params[p.Name] = p.Default
			if p.Name == "node" {
				params[p.Name] = "w/lab/shop/Deployment/web"
			}
		}
		table, err := explorer.Cypher(t.Context(), q.Statement, params, nil, 100)
		if err != nil {
			t.Errorf("%s: %v", q.Name, err)
			continue
		}
		if q.Name == "neighbours" && (len(table.Nodes) != 2 || len(table.Relationships) != 1) {
			t.Errorf("%s as a graph: %d nodes, %d relationships", q.Name, len(table.Nodes), len(table.Relationships))
		}
		if q.Name == "cross-zone-workloads" && (len(table.Rows) != 3 || table.Rows[0][2] != int64(100)) {
			t.Errorf("%s: %v", q.Name, table.Rows)
		}
	}
}

// valuesArePlain: what JSON has no number for is a text, and times are as everywhere.
func valuesArePlain(t *testing.T, explorer *query.Explorer) {
	const statement = `RETURN 0.0 / 0.0, [1.0 / 0.0], {low: -1.0 / 0.0}, datetime('2026-11-23T10:04:05.25Z'), date('2026-11-23'), 0.5, 9007199254740993`
	table, err := explorer.Cypher(t.Context(), statement, nil, nil, 1)
	want := []any{"NaN", []any{"Infinity"}, map[string]any{"low": "-Infinity"}, "2026-11-23T10:04:05.25Z", "2026-11-23", 0.5, int64(9007199254740993)}
	if err != nil || len(table.Rows) != 1 {
		t.Fatalf("%v, %v", table.Rows, err)
	}
	if unequal := cmp.Diff(want, table.Rows[0]); unequal != "" {
		t.Error(unequal)
	}
}

// historyIsAsked: a statement gets a window's transfers as of a version, beside the
// nodes as they are now.
func historyIsAsked(t *testing.T, explorer *query.Explorer) {
	const statement = `UNWIND $transfers AS t MATCH (a:Entity {id: t.source}) RETURN a.name, t.wireBytes, $version ORDER BY t.wireBytes`
	table, err := explorer.Cypher(t.Context(), statement, map[string]any{}, &query.Ask{AsOfVersion: 1, Filter: "name=db"}, 10)
	if err != nil || len(table.Rows) != 2 || table.Rows[0][0] != "cart" || table.Rows[0][1] != int64(50) || table.Rows[1][1] != int64(70) || table.Rows[1][2] != int64(1) {
		t.Errorf("%v, %v", table.Rows, err)
	}
	var told *query.Error
	if _, err := explorer.Cypher(t.Context(), statement, map[string]any{"version": int64(9)}, &query.Ask{}, 10); !errors.As(err, &told) || told.Code != query.CodeBadInput {
		t.Errorf("a parameter in the window's place: %v", err)
	}
	if _, err := explorer.Cypher(t.Context(), statement, map[string]any{}, &query.Ask{AsOfVersion: 9}, 10); !errors.As(err, &told) || told.Code != query.CodeVersionNotYet {
		t.Errorf("a version to come: %v", err)
	}
}

// honestRuns: what people ask is answered, and bounds are told.
func honestRuns(t *testing.T, explorer *query.Explorer) {
	params := map[string]any{"node": "w/lab/shop/Deployment/web", "ids": []any{"w/lab/shop/Deployment/web"}}
	for _, statement := range gatetest.Honest {
		if _, err := explorer.Cypher(t.Context(), statement, params, nil, 100); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	table, err := explorer.Cypher(t.Context(), "UNWIND range(1, 100) AS i RETURN i", nil, nil, 7)
	if err != nil || len(table.Rows) != 7 || !table.More {
		t.Errorf("7 of 100 rows: %d, more %v, %v", len(table.Rows), table.More, err)
	}
	var known *query.Error
	if _, err := explorer.Cypher(t.Context(), "MATCH (n) RETURN m", nil, nil, 7); !errors.As(err, &known) || known.Code != query.CodeBadInput || !strings.Contains(known.Message, "`m`") {
		t.Errorf("a wrong statement: %v", err)
	}
}

// attacksChangeNothing: no attack writes, reads a file, opens a socket, or takes
// longer than a statement may.
func attacksChangeNothing(t *testing.T, explorer *query.Explorer, db *neo4j.DB) {
	canary := filepath.Join(t.TempDir(), "canary")
	if err := os.WriteFile(canary, []byte("the canary sings\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var opened atomic.Int32
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			opened.Add(1)
			_ = conn.Close()
		}
	}()
	before := graphState(t, db)
	params := map[string]any{"url": "http://" + listener.Addr().String(), "n": int64(1e12), "text": "9"}
	answered := 0
	for _, attack := range gatetest.Attacks(listener.Addr().String(), canary) {
		// Half a minute is the bound of ten seconds on a machine that is very busy.
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		table, err := explorer.Cypher(ctx, attack.Statement, params, nil, 100)
		if ctx.Err() != nil {
			t.Errorf("%s takes too long: %.150s", attack.Name, attack.Statement)
		}
		cancel()
		if err == nil {
			answered++
			t.Logf("answered: %s: %.150q", attack.Name, attack.Statement)
		}
		if strings.Contains(fmt.Sprint(table.Rows, err), "canary sings") {
			t.Errorf("%s reads a file: %.150s", attack.Name, attack.Statement)
		}
	}
	if after := graphState(t, db); after != before {
		t.Errorf("the graph was %s and is %s", before, after)
	}
	if n := opened.Load(); n > 0 {
		t.Errorf("%d connections were opened", n)
	}
	if answered > 0 {
		t.Errorf("%d attacks were answered", answered)
	}
}

// graphState is the graph in one line: what any write would change.
func graphState(t *testing.T, db *neo4j.DB) string {
	t.Helper()
	var nodes, relationships, properties, labels, types int64
	err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
		_, err := tx.Single(t.Context(), `MATCH (n) WITH count(n) AS nodes, sum(size(keys(n))) AS properties, sum(size(labels(n))) AS labels
			OPTIONAL MATCH ()-[r]->() RETURN nodes, properties, labels, count(r), sum(size(keys(r)))`, nil, &nodes, &properties, &labels, &relationships, &types)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(nodes, properties, labels, relationships, types)
}
