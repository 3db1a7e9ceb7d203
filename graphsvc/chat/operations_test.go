package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/testkit"
)

// lettersPerToken approximates how many characters of JSON make one token.
const lettersPerToken = 3.6

func TestOperationsLoadAgainstTheSchema(t *testing.T) {
	operations, err := LoadOperations(theSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(operations) == 0 {
		t.Fatal("no operations")
	}
	for _, operation := range operations {
		if len(operation.Description) < 40 {
			t.Errorf("%s has hardly a description: %q", operation.Name, operation.Description)
		}
		for name, property := range operation.Input.Properties {
			if meaning, _ := property.(map[string]any)["description"].(string); len(meaning) < 10 {
				t.Errorf("%s: $%s is not explained: %q", operation.Name, name, meaning)
			}
		}
	}
}

// TestToolDefinitions keeps the definitions and what they cost in every request.
func TestToolDefinitions(t *testing.T) {
	operations, err := LoadOperations(theSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	var golden strings.Builder
	total := 0
	for _, tool := range toolsOf(operations) {
		compact, err := json.Marshal(tool)
		if err != nil {
			t.Fatal(err)
		}
		tokens := int(float64(len(compact)) / lettersPerToken)
		total += tokens
		indented, err := json.MarshalIndent(tool, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&golden, "# %s: about %d tokens\n%s\n\n", tool.OfTool.Name, tokens, indented)
	}
	fmt.Fprintf(&golden, "# all tools: about %d tokens; system prompt: about %d\n", total, int(float64(len(systemPrompt))/lettersPerToken))
	if total > 2500 {
		t.Errorf("the definitions take about %d tokens of every request, more than 2500", total)
	}
	testkit.Golden(t, "testdata/tools.golden", []byte(golden.String()))
}

func TestOperationsAreRefused(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"a subscription", "# d\nsubscription bad { versionCommitted { number } }", "exactly one query"},
		{"two queries", "# d\nquery bad { meta { lab } }\nquery worse { meta { lab } }", "exactly one query"},
		{"another name", "# d\nquery other { meta { lab } }", "name it as the file"},
		{"an unknown field", "# d\nquery bad { secrets }", "secrets"},
		{"no description", "query bad { meta { lab } }", "leading comment"},
		{"an unexplained variable", "# d\nquery bad($first: Int) { versions(first: $first) { edges { cursor } } }", "$first"},
		{"an input object", "# d\n# $window: w\nquery bad($window: Window) { graph(window: $window) { total { bytes } } }", "not supported"},
		{"no GraphQL", "# d\nquery bad {", "Expected"},
	} {
		if operation, err := parseOperation("bad.graphql", row.text, theSchema(t)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %+v, %v; want an error about %q", row.name, operation, err, row.want)
		}
	}
}

func TestToolbox(t *testing.T) {
	operations, err := LoadOperations(theSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	var seen map[string]any
	answer := `{"ok":true}`
	box := NewDesk(NewToolbox(operations, func(_ context.Context, _ string, variables map[string]any) (json.RawMessage, error) {
		seen = variables
		return json.RawMessage(answer), nil
	}), nil)
	for _, row := range []struct{ tool, input, want string }{
		{"delete_everything", `{}`, `no tool "delete_everything"`},
		{"overview", `{"window":{"from":"x"}}`, `no input "window"`},
		{"overview", `[1]`, "no JSON object"},
		{"overview", `{"from":`, "no JSON object"},
	} {
		seen = nil
		if result, err := box.Run(t.Context(), row.tool, row.input); err == nil || !strings.Contains(err.Error(), row.want) || seen != nil {
			t.Errorf("%s(%s) = %q, %v, executed with %v; want an error about %q", row.tool, row.input, result, err, seen, row.want)
		}
	}
	if result, err := box.Run(t.Context(), "top_transfers", `{"first": 5}`); err != nil || result != answer || seen["first"] != json.Number("5") {
		t.Errorf("got %q, %v with %#v; want the answer, asked with the number as written", result, err, seen)
	}
	for _, nothing := range []string{"", "{}", "null"} {
		if _, err := box.Run(t.Context(), "overview", nothing); err != nil {
			t.Errorf("input %q: %v", nothing, err)
		}
	}
	answer = `[` + strings.Repeat(`"x",`, maxResultBytes) + `"x"]`
	if result, err := box.Run(t.Context(), "overview", "{}"); err == nil || !strings.Contains(err.Error(), "shorter window") {
		t.Errorf("a result of %d bytes was handed on (%v)", len(result), err)
	}
	answer = `{`
	if _, err := box.Run(t.Context(), "overview", "{}"); err == nil {
		t.Error("a broken result was handed on")
	}
}
