package api

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/api/generated"
)

// Schema is the API's schema, for who checks documents against it without a
// server at hand.
func Schema() *ast.Schema {
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}
