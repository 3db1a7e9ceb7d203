package api_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// TestServedSchemaIsTheFile: what is generated is what schema.graphqls says.
func TestServedSchemaIsTheFile(t *testing.T) {
	text, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	file, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(printed(file), printed(newService().Schema())); diff != "" {
		t.Errorf("the API serves another schema (-file +served); run make generate:\n%s", diff)
	}
}

func printed(schema *ast.Schema) string {
	var out bytes.Buffer
	formatter.NewFormatter(&out).FormatSchema(schema)
	return out.String()
}

// TestIntrospection: clients read the same from the API as from the file.
func TestIntrospection(t *testing.T) {
	got := newService().must(t, `{ __schema { queryType { fields { name description args { name defaultValue } type { kind ofType { name } } } }
		subscriptionType { fields { name } } mutationType { name } types { name kind isOneOf fields { name description } inputFields { name } enumValues { name } } } }`, nil)
	served := map[string]int{}
	for _, one := range got.at("__schema", "types").([]any) {
		definition := one.(map[string]any)
		fields, _ := definition["fields"].([]any)
		inputs, _ := definition["inputFields"].([]any)
		values, _ := definition["enumValues"].([]any)
		served[definition["name"].(string)] = len(fields) + len(inputs) + len(values)
		if definition["name"] == "AsOf" && definition["isOneOf"] != true {
			t.Error("AsOf is not @oneOf to clients")
		}
	}
	want := map[string]int{}
	for name, definition := range newService().Schema().Types {
		for _, field := range definition.Fields {
			if len(field.Name) < 2 || field.Name[:2] != "__" {
				want[name]++
			}
		}
		want[name] += len(definition.EnumValues)
	}
	if diff := cmp.Diff(want, served); diff != "" {
		t.Errorf("introspection differs from the schema (-schema +introspection):\n%s", diff)
	}
}

// TestConnectionsCount: a list that is given in pages says how many there are and how
// many lie behind the page, and its edges have cursors.
func TestConnectionsCount(t *testing.T) {
	connections := 0
	for name, definition := range newService().Schema().Types {
		if !strings.HasSuffix(name, "Connection") {
			continue
		}
		connections++
		for _, field := range []string{"edges", "pageInfo", "totalCount", "rest"} {
			if definition.Fields.ForName(field) == nil {
				t.Errorf("%s has no %s", name, field)
			}
		}
		edge := newService().Schema().Types[strings.TrimSuffix(name, "Connection")+"Edge"]
		if edge == nil || edge.Fields.ForName("cursor") == nil || edge.Fields.ForName("node") == nil {
			t.Errorf("%s has no edges as Relay has them", name)
		}
	}
	if connections == 0 {
		t.Error("there is no connection")
	}
}
