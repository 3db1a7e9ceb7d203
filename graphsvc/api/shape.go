package api

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// shapeLimit refuses documents that are too deep, have too many aliases, or
// become too many fields once their fragments are spread. A fragment is measured
// once, however often it is spread: measuring each spread, as the complexity
// limit does that runs after this, takes two to the power of their number.
type shapeLimit struct{}

var (
	_ graphql.HandlerExtension        = shapeLimit{}
	_ graphql.OperationContextMutator = shapeLimit{}
)

// ExtensionName names it.
func (shapeLimit) ExtensionName() string { return "ShapeLimit" }

// Validate has nothing to object to.
func (shapeLimit) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext measures the operation.
func (shapeLimit) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	measure := measurer{fragments: map[string]shape{}}
	s := measure.of(operation.Operation.SelectionSet)
	for _, limit := range []struct {
		what      string
		got, most int
	}{{"levels deep", s.depth, maxDepth}, {"aliases", s.aliases, maxAliases}, {"fields once its fragments are spread", s.fields, maxFields}} {
		if limit.got > limit.most {
			return &gqlerror.Error{
				Message: fmt.Sprintf("the query has %d %s, more than %d", limit.got, limit.what, limit.most),
				Extensions: map[string]any{
					"code": "COMPLEXITY_LIMIT_EXCEEDED", "hint": "ask for less at a time; the field limits says what is allowed",
				},
			}
		}
	}
	return nil
}

// shape is how large a selection is. Counts stop at tooMany.
type shape struct{ depth, aliases, fields int }

// tooMany is beyond every limit, and twice it fits an int.
const tooMany = 1 << 30

type measurer struct{ fragments map[string]shape }

func (m measurer) of(selections ast.SelectionSet) (s shape) {
	for _, selection := range selections {
		switch selection := selection.(type) {
		case *ast.Field:
			inner := m.of(selection.SelectionSet)
			inner.depth++
			inner.fields++
			if selection.Alias != selection.Name {
				inner.aliases++
			}
			s.add(inner)
		case *ast.InlineFragment:
			s.add(m.of(selection.SelectionSet))
		case *ast.FragmentSpread:
			measured, known := m.fragments[selection.Name]
			if !known {
				measured = m.of(selection.Definition.SelectionSet) // validation has refused cycles
				m.fragments[selection.Name] = measured
			}
			s.add(measured)
		}
	}
	return s
}

func (s *shape) add(t shape) {
	s.depth = max(s.depth, t.depth)
	s.aliases = min(s.aliases+t.aliases, tooMany)
	s.fields = min(s.fields+t.fields, tooMany)
}
