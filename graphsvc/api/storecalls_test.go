package api_test

import (
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// mostCalls is how often one operation may ask the stores, whatever it is of.
const mostCalls = 24

// counted is the API over a graph of so many transfers, whose stores count how
// often they are asked.
func counted(transfers int) (*service, *doubles.Decisions, *countedInsights) {
	s := newService()
	s.graphs.Kept = []model.GraphVersion{doubles.Version(4)}
	s.graphs.Edges = map[uint64][]query.Transfer{}
	for n := range transfers {
		s.graphs.Edges[4] = append(s.graphs.Edges[4], doubles.Transfer("web", fmt.Sprint("db", n), uint64(1000+n), int64(n+1)))
	}
	s.series.Minutes = []query.MinuteTotal{{Minute: model.MinuteOf(doubles.Epoch) + 4, Bytes: 1}}
	decisions, insights := &doubles.Decisions{}, &countedInsights{}
	for n := range transfers {
		insights.incidents = append(insights.incidents, model.Incident{ID: fmt.Sprintf("i%016x", n), Currency: "USD", Since: model.Minute(transfers - n), Anomalies: []model.Anomaly{anomaly(s.graphs.Edges[4][n])}})
		insights.recommendations = append(insights.recommendations, model.Recommendation{ID: fmt.Sprintf("r%016x", n), Currency: "USD"})
	}
	s.Server = api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: s.graphs, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Decisions: decisions, Insights: insights, Cypher: &cypherDouble{},
			Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	return s, decisions, insights
}

// TestNoOperationAsksPerRow runs what the user interface and the investigator ask,
// on a small graph and on a large one: the stores are asked as often.
func TestNoOperationAsksPerRow(t *testing.T) {
	for name, document := range storedOperations(t) {
		few, many := callsOf(t, document, 2), callsOf(t, document, 150)
		if few != many {
			t.Errorf("%s asks per row:\n2 transfers:   %s\n150 transfers: %s", name, few, many)
		}
	}
}

// callsOf is how often each store is asked for what by one document.
func callsOf(t *testing.T, document string, transfers int) string {
	t.Helper()
	s, decisions, insights := counted(transfers)
	parsed, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		t.Fatalf("%s: %v", document, err)
	}
	variables := map[string]any{}
	for _, v := range parsed.Operations[0].VariableDefinitions {
		variables[v.Variable] = valueFor(s.Schema(), v, asksOf(parsed.Operations[0], v.Variable), s.graphs.Edges[4][0])
	}
	if got := s.ask(t, document, variables); len(got.Errors) > 0 {
		t.Errorf("%s with %v: %+v", parsed.Operations[0].Name, variables, got.Errors)
	}
	var calls []string
	total := 0
	for _, store := range []interface{ Counts() map[string]int }{s.graphs, s.series, s.layout, decisions, insights} {
		counts := store.Counts()
		for _, method := range slices.Sorted(maps.Keys(counts)) {
			calls = append(calls, fmt.Sprintf("%s %d", method, counts[method]))
			total += counts[method]
		}
	}
	if total > mostCalls {
		t.Errorf("%s asks the stores %d times: %s", parsed.Operations[0].Name, total, calls)
	}
	return strings.Join(calls, ", ")
}

// asksOf is the root field that a variable is an argument of, with the argument.
func asksOf(operation *ast.OperationDefinition, variable string) string {
	for _, selection := range operation.SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok {
			continue
		}
		for _, argument := range field.Arguments {
			if argument.Value.Kind == ast.Variable && argument.Value.Raw == variable {
				return field.Name + "." + argument.Name
			}
		}
	}
	return ""
}

// valueFor is a value of a variable that finds something; of is what it asks.
func valueFor(schema *ast.Schema, v *ast.VariableDefinition, of string, some query.Transfer) any {
	name := strings.ToLower(v.Variable)
	if v.DefaultValue != nil && v.Type.Name() != "ID" {
		value, _ := v.DefaultValue.Value(nil)
		return value
	}
	workload, other := some.Key.Source.ID(), some.Key.Destination.ID()
	value := map[string]any{
		"Int": 5, "Boolean": true, "Version": 4, "Bytes": 1, "String": "web", "JSON": map[string]any{}, "DateTime": nil, "Window": map[string]any{}, "AsOf": map[string]any{"version": 4},
		"StatementFilter": map[string]any{"dimension": "NAMESPACE", "value": "shop"}, "BlastTarget": map[string]any{"node": workload}, "ID": workload,
	}[v.Type.Name()]
	switch {
	case strings.HasPrefix(of, "incident."):
		value = "i0000000000000000"
	case strings.HasPrefix(of, "recommendation."):
		value = "r0000000000000000"
	case of == "transfer.id" || of == "explain.transfer":
		value = some.ID.String()
	case v.Type.Name() == "ID" && (name == "to" || name == "destination"):
		value = other
	case name == "after" && v.Type.Name() == "String":
		return nil
	case v.Type.Name() == "DateTime" && v.Type.NonNull:
		value = doubles.Epoch.Add(time.Duration(len(name)) * time.Minute) // From before To, whatever is before it
		if strings.HasSuffix(name, "to") {
			value = doubles.Epoch.Add(time.Hour)
		}
	case v.Type.Name() == "String" && strings.Contains(name, "filter"):
		value = "namespace=shop"
	case v.Type.Name() == "String" && (name == "query" || name == "statement"):
		value = "MATCH (n) RETURN n"
	case schema.Types[v.Type.Name()].Kind == ast.Enum:
		value = schema.Types[v.Type.Name()].EnumValues[0].Name
	}
	if v.Type.Elem != nil {
		return []any{value}
	}
	return value
}

var tagged = regexp.MustCompile("(?s)graphql\\(`(.*?)`\\)")

// storedOperations are the queries of the user interface and of the investigator,
// by name.
func storedOperations(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	text, err := os.ReadFile("../../ui/src/api/documents.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range tagged.FindAllStringSubmatch(string(text), -1) {
		if fields := strings.Fields(document[1]); fields[0] == "query" {
			found["ui "+fields[1]] = document[1]
		}
	}
	tools, err := filepath.Glob("../chat/operations/*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range tools {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found["chat "+filepath.Base(path)] = string(text)
	}
	if len(found) < 20 {
		t.Fatalf("%d operations found: where have they gone?", len(found))
	}
	return found
}
