// Package filter is the one language in which people say which transfers they
// mean: on the command line, in the API, in the user interface and to the
// investigator. docs/filter.md describes it. It is pure: a text is read into a
// Filter, which prints itself in one canonical form and is evaluated over
// transfers and raw flows; the stores translate it where that pays.
package filter

// Filter says which transfers are meant. The zero value means all of them.
type Filter struct{ root Expr }

// Of is the filter with an expression as its whole; nil means everything.
func Of(root Expr) Filter { return Filter{root} }

// Root is the whole expression, nil where everything is meant.
func (f Filter) Root() Expr { return f.root }

// IsZero reports whether everything is meant.
func (f Filter) IsZero() bool { return f.root == nil }

// Expr is And, Or, Not or *Condition.
type Expr interface{ expression() }

type (
	// And holds where all of its parts do. It has at least two, none of them an And.
	And []Expr
	// Or holds where one of its parts does. It has at least two, none of them an Or.
	Or []Expr
	// Not holds where its part does not.
	Not struct{ Part Expr }
)

// Condition compares one property with values: one of them has to fit.
type Condition struct {
	Field *Field
	// Key is that of a label, "" for other fields.
	Key  string
	Side Side
	Op   Op
	// Values has one or more; one alone for an order.
	Values []Value
}

func (And) expression()        {}
func (Or) expression()         {}
func (Not) expression()        {}
func (*Condition) expression() {}

// Side is which end of a transfer a condition looks at.
type Side string

// Sides. Either fits where one of both ends does.
const (
	Either      Side = ""
	Source      Side = "source"
	Destination Side = "destination"
)

// Op is how a property is compared.
type Op string

// Operators. NotEqual and NotContains are what Equal and Contains are not, so
// that "namespace!=shop" is "no end is in shop".
const (
	Equal       Op = "="
	NotEqual    Op = "!="
	Contains    Op = "~"
	NotContains Op = "!~"
	More        Op = ">"
	AtLeast     Op = ">="
	Less        Op = "<"
	AtMost      Op = "<="
)

// ordered reports whether the operator asks for more or less.
func (o Op) ordered() bool { return o == More || o == AtLeast || o == Less || o == AtMost }

// each visits every condition.
func each(e Expr, visit func(*Condition)) {
	switch e := e.(type) {
	case And:
		for _, part := range e {
			each(part, visit)
		}
	case Or:
		for _, part := range e {
			each(part, visit)
		}
	case Not:
		each(e.Part, visit)
	case *Condition:
		visit(e)
	}
}

// Uses reports whether a condition on one of some fields occurs.
func (f Filter) Uses(any func(*Field) bool) bool {
	found := false
	each(f.root, func(c *Condition) { found = found || any(c.Field) })
	return found
}

// LabelKeys are the keys of the labels that are asked for, each once, in the
// order in which they occur.
func (f Filter) LabelKeys() []string {
	var keys []string
	seen := map[string]bool{}
	each(f.root, func(c *Condition) {
		if c.Key != "" && !seen[c.Key] {
			seen[c.Key] = true
			keys = append(keys, c.Key)
		}
	})
	return keys
}

// AsksBorder reports whether a condition asks for a border of a kind.
func (f Filter) AsksBorder(kind string) bool {
	found := false
	each(f.root, func(c *Condition) {
		for i := range c.Values {
			found = found || c.Field.Name == "crosses" && c.Values[i].Word.fits(kind)
		}
	})
	return found
}
