package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/graphsvc/query"
)

// TestWhatWasAskedIsOnTheRecord: by literals, by variables or in a fragment, and
// however much else is asked for beside it.
func TestWhatWasAskedIsOnTheRecord(t *testing.T) {
	s := newService()
	var recorded api.Operation
	server := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{Graphs: s.graphs, Cypher: &cypherDouble{}}), Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
		Audit: func(_ context.Context, o api.Operation) func(string) { recorded = o; return func(string) {} },
	})
	const statement = "MATCH (n) RETURN n"
	var crowd strings.Builder
	for n := range 60 {
		fmt.Fprintf(&crowd, `a%d: incident(id: "%s") { id } `, n, strings.Repeat("é", 500))
	}
	padding := strings.Repeat(`"\u0001`, 40_000)
	for name, test := range map[string]struct {
		document  string
		variables map[string]any
		want      string
	}{
		"literal":  {`{ z: cypher(query: "` + statement + `") { more } }`, nil, `{"z":{"query":"` + statement + `"}}`},
		"variable": {`query($q: String!) { cypher(query: $q) { more } }`, map[string]any{"q": statement}, `{"cypher":{"query":"` + statement + `"}}`},
		"fragment": {`{ ...f } fragment f on Query { cypher(query: "` + statement + `") { more } }`, nil, `{"cypher":{"query":"` + statement + `"}}`},
		"padded": {
			`query($p: JSON) { a: cypher(query: "RETURN 1", params: $p) { more } z: cypher(query: "` + statement + `") { more } }`,
			map[string]any{"p": map[string]any{"x": padding}}, `"z":{"query":"` + statement + `"}`,
		},
		"crowded":   {`{ ` + crowd.String() + ` z: cypher(query: "` + statement + `") { more } }`, nil, `"z":{"query":"` + statement + `"}`},
		"no number": {`{ versions(first: 99999999999999999999) { pageInfo { hasNextPage } } }`, nil, `9999`},
	} {
		recorded = api.Operation{}
		body, err := json.Marshal(map[string]any{"query": test.document, "variables": test.variables})
		if err != nil {
			t.Fatal(err)
		}
		answered := send(t, server, "", string(body)).Body.String()
		if recorded.Kind == "" {
			if name != "no number" { // that may be refused before it runs
				t.Errorf("%s: not recorded: %.200s", name, answered)
			}
			continue
		}
		if !strings.Contains(recorded.Arguments, test.want) || len(recorded.Arguments) > audit.MaxDetailBytes || !json.Valid([]byte(recorded.Arguments)) {
			t.Errorf("%s: recorded %d bytes %.300s, want %s", name, len(recorded.Arguments), recorded.Arguments, test.want)
		}
	}
}
