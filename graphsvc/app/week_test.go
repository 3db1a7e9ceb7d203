package app

import (
	"os"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// What is asked of the week are questions that the schema has.
func TestQuestionsOfTheWeekAreInTheSchema(t *testing.T) {
	text, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	for name, document := range askedDocuments {
		if _, errs := gqlparser.LoadQuery(schema, document); errs != nil { //nolint:staticcheck // one document is wanted, with the default rules
			t.Errorf("%s: %v", name, errs)
		}
	}
}
