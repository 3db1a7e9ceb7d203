package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/cyphergate"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
	"github.com/egressor/egressor/internal/report"
)

// unplanned runs what the look at the plan would refuse, for longer than people's
// statements may: it ends because its asker leaves, or the test fails.
type unplanned struct{ db *neo4j.DB }

func (u unplanned) Cypher(ctx context.Context, statement string, params map[string]any, rows int, _ func(cyphergate.Plan) error) (query.CypherTable, error) {
	table, _, err := u.db.Ask(ctx, statement, params, neo4j.Bounds{Within: 2 * time.Minute, Rows: rows}, func(neo4j.Plan) error { return nil })
	return query.CypherTable{Columns: table.Columns, Rows: table.Rows}, err
}

// TestWhoLeavesEndsTheWorkInTheStore: an HTTP request that is given up ends its
// transaction, by the store's own list.
func TestWhoLeavesEndsTheWorkInTheStore(t *testing.T) {
	writer, db := newGraphWriter(t), neo4jtest.Shared(t)
	const first model.Minute = 29_923_800
	writer.publish(t, model.VersionFold, first, pricedEdge(first, "web", "cart", 100))
	routes, server, err := routesOf(DefaultConfig(), doors{}, nil, report.Discard(), rollup.NewHub(), query.New(query.Dependencies{
		Graphs: graphs{writer.store}, Cypher: unplanned{db}, Layout: placement.Passing(), Sources: &priceSources{}, Clock: clock.System{},
	}))
	if err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(routes)
	t.Cleanup(func() {
		served.Close()
		_ = server.Stop(context.Background())
	})
	body, err := json.Marshal(map[string]any{"query": `query($q: String!) { cypher(query: $q) { rows } }`, "variables": map[string]any{
		"q": "UNWIND range(1, 1000) AS abandoned UNWIND range(1, 1000) AS b UNWIND range(1, 1000) AS c WITH abandoned WHERE abandoned < 0 RETURN count(abandoned)",
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, served.URL+"/graphql", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	gone := make(chan error, 1)
	go func() {
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			text := new(strings.Builder)
			_, _ = text.WriteString(response.Status)
			_ = response.Body.Close()
			err = errors.New("answered " + text.String())
		}
		gone <- err
	}()
	awaitRunning(t, db, 1, gone)
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	awaitRunning(t, db, 0, nil)
}

// awaitRunning waits until so many abandoned statements run.
func awaitRunning(t *testing.T, db *neo4j.DB, want int64, ended <-chan error) {
	t.Helper()
	deadline := time.Now().Add(25 * time.Second) // a question may take thirty
	for {
		var running int64
		err := db.ExecuteRead(t.Context(), func(tx neo4j.Tx) error {
			_, err := tx.Single(t.Context(), "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $marked RETURN count(*)", neo4j.Params{"marked": "AS abandoned"}, &running)
			return err
		})
		switch {
		case err != nil:
			t.Fatal(err)
		case running == want:
			return
		case time.Now().After(deadline):
			t.Fatalf("%d statements run, want %d", running, want)
		}
		select {
		case err := <-ended:
			t.Fatalf("the question ended before it was seen to run: %v", err)
		default:
		}
	}
}
