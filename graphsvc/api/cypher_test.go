package api_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/cyphergate"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

// cypherDouble answers every statement with one node, and keeps what it was asked.
type cypherDouble struct {
	statement string
	params    map[string]any
	err       error
}

func (c *cypherDouble) Cypher(_ context.Context, statement string, params map[string]any, _ int, allow func(cyphergate.Plan) error) (query.CypherTable, error) {
	c.statement, c.params = statement, params
	if err := allow(cyphergate.Plan{Kind: "r", Operators: []string{"AllNodesScan@neo4j"}}); err != nil {
		return query.CypherTable{}, err
	}
	node := query.CypherNode{Element: "1", Labels: []string{"Workload"}, Properties: map[string]any{"name": "web"}}
	return query.CypherTable{Columns: []string{"n"}, Rows: [][]any{{map[string]any{"labels": node.Labels}, []any{int64(1<<53 + 1), int64(1 << 53)}}}, Nodes: []query.CypherNode{node}}, c.err
}

func TestCypher(t *testing.T) {
	s, double := newService(), &cypherDouble{}
	server := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: s.graphs, Series: s.series, Layout: s.layout, Cypher: double, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	ask := func(body string) answer { return read(t, send(t, server, "", body).Body) }
	got := ask(`{"query":"query($p: JSON) { cypher(query: \"MATCH (n) WHERE n.a = $a RETURN n\", params: $p) { columns rows nodes { labels properties } relationships { type } more } }","variables":{"p":{"a":3,"b":[1.5,"x"]}}}`)
	if len(got.Errors) > 0 || walk(got, "cypher.nodes.0.properties.name") != "web" || walk(got, "cypher.columns.0") != "n" {
		t.Errorf("got %+v", got)
	}
	if got := walk(got, "cypher.rows.0.1.0"); got != "9007199254740993" {
		t.Errorf("a number that JavaScript would round came as %v", got)
	}
	if double.params["a"] != int64(3) {
		t.Errorf("a whole number came as %T", double.params["a"])
	}
	double.statement = ""
	for body, want := range map[string]string{
		`{"query":"{ cypher(query: \"MATCH (n) DETACH DELETE n\") { more } }"}`:                                                                                               "CYPHER_REFUSED",
		`{"query":"{ cypher(query: \"MATCH (n) RETURN n\", params: [1]) { more } }"}`:                                                                                         "BAD_INPUT",
		`{"query":"query($p: JSON) { cypher(query: \"RETURN $x\", params: $p) { more } }","variables":{"p":{"x":` + strings.Repeat("[", 51) + strings.Repeat("]", 51) + `}}}`: "BAD_INPUT",
		`{"query":"{ cypher(query: \"MATCH (n) RETURN n\", limit: 1001) { more } }"}`:                                                                                         "BAD_INPUT",
		`{"query":"{ ` + strings.Repeat(`a: cypher(query: \"RETURN 1\") { more } `, 10) + `}"}`:                                                                               "COMPLEXITY_LIMIT_EXCEEDED",
		`{"query":"{ cypher(query: \"SHOW USERS\", params: null) { more } }"}`:                                                                                                "CYPHER_REFUSED",
	} {
		if got := ask(body); got.code() != want {
			t.Errorf("%s: %+v, want %s", body, got.Errors, want)
		}
	}
	if double.statement != "" {
		t.Errorf("the store was asked %q", double.statement)
	}
	if got := s.ask(t, `{ cypher(query: "RETURN 1") { more } }`, nil); got.code() != "STORE_UNAVAILABLE" {
		t.Errorf("without a graph database: %+v", got.Errors)
	}
	saved := s.must(t, `{ savedCypher { name title statement parameters { name default } } }`, nil)
	if list, _ := saved.at("savedCypher").([]any); len(list) != 20 || !strings.HasPrefix(walk(saved, "savedCypher.0.statement").(string), "MATCH") {
		t.Errorf("%d saved queries", len(list))
	}
}
