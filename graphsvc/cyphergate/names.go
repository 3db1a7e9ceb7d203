package cyphergate

import (
	"fmt"
	"strconv"
	"strings"
)

// name looks at a word or a name in backticks.
func (c *checker) name(t token) error {
	lower, called := t.word(), c.at(1).is("(")
	property := c.at(-1).is(".") && !c.at(-2).is(".")
	if property && !called || c.namespaced() {
		return c.reference(t, property)
	}
	if refusedWords[lower] && !property && !c.isKey() {
		return refused(t.at, strings.ToUpper(lower)+" is not taken", "only reading is: MATCH, WHERE, WITH, UNWIND, RETURN and subqueries")
	}
	if err := c.clause(t, lower); err != nil {
		return err
	}
	if called && (t.kind == quoted || property || !clauseWords[lower]) {
		return c.function(t)
	}
	if called {
		return nil
	}
	return c.reference(t, property)
}

// clause counts what a statement may have only so many of.
func (c *checker) clause(t token, lower string) error {
	switch lower {
	case "call":
		return c.call(t)
	case "with", "return":
		return c.count(&c.projections, maxProjections, t, "WITH and RETURN")
	case "unwind":
		return c.count(&c.unwinds, maxUnwinds, t, "UNWIND")
	case "collect":
		return c.count(&c.collects, maxCollects, t, "collect")
	default:
		return nil
	}
}

// namespaced reports whether the name begins one that is called: a.b(.
func (c *checker) namespaced() bool {
	i := c.i
	for i+2 < len(c.tokens) && c.tokens[i+1].is(".") && (c.tokens[i+2].kind == word || c.tokens[i+2].kind == quoted) {
		i += 2
	}
	return i != c.i && i+1 < len(c.tokens) && c.tokens[i+1].is("(")
}

// isKey reports whether the word is the name of a map's entry, or a label or type.
func (c *checker) isKey() bool {
	inMap := len(c.open) > 0 && c.top().close == "}" && c.top().literal
	return inMap && c.at(1).is(":") && c.at(-1).is("{", ",")
}

// reference counts names inside lists and maps, and keeps the body of a list
// comprehension to its own variable: [x IN l | l] squares a list.
func (c *checker) reference(t token, property bool) error {
	if property || c.isKey() || t.kind == word && clauseWords[t.word()] || isConstant(t.word()) {
		return nil
	}
	for i := range c.open {
		if b := &c.open[i]; b.body && t.text != b.loop {
			return refused(t.at, fmt.Sprintf("the list comprehension of %s refers to %s", b.loop, t.text), "UNWIND the list instead")
		}
	}
	if len(c.open) > 0 && c.top().literal {
		return c.count(&c.references, maxReferences, t, "a name inside a list or a map")
	}
	return nil
}

func isConstant(word string) bool {
	return word == "true" || word == "false" || word == "null" || word == "end"
}

// function wants the whole dotted name to be on the list.
func (c *checker) function(t token) error {
	name := plain(t)
	for i := c.i; i-2 >= 0 && c.tokens[i-1].is(".") && (c.tokens[i-2].kind == word || c.tokens[i-2].kind == quoted); i -= 2 {
		name = plain(c.tokens[i-2]) + "." + name
	}
	if c.afterCall(strings.Count(name, ".")) && procedures[name] {
		return nil
	}
	if !functions[name] || t.kind == quoted {
		return refused(t.at, fmt.Sprintf("the function %s is not on the list", name), "the documentation of the field cypher lists what can be called")
	}
	if name == "range" {
		return c.rangeCall(t)
	}
	return nil
}

func plain(t token) string { return strings.ToLower(strings.Trim(t.text, "`")) }

// afterCall reports whether CALL stands before the dotted name.
func (c *checker) afterCall(points int) bool { return c.at(-2*points-1).word() == "call" }

// call wants a subquery, or a procedure that is on the list.
func (c *checker) call(t token) error {
	switch next := c.at(1); {
	case next.is("{"), next.is("("):
		return nil
	case next.kind == word || next.kind == quoted:
		name := plain(next)
		for i := c.i + 1; i+2 < len(c.tokens) && c.tokens[i+1].is("."); i += 2 {
			name += "." + plain(c.tokens[i+2])
		}
		if procedures[name] {
			return nil
		}
		return refused(t.at, fmt.Sprintf("the procedure %s is not on the list", name), "db.labels, db.relationshipTypes and db.propertyKeys are")
	default:
		return refused(t.at, "CALL of nothing", "write CALL { ... } or CALL db.labels()")
	}
}

// rangeCall wants whole numbers, so that the length is known.
func (c *checker) rangeCall(t token) error {
	var bounds []int64
	i := c.i + 2
	for i < len(c.tokens) && !c.tokens[i].is(")") {
		sign := int64(1)
		if c.tokens[i].is("-") {
			sign = -1
			i++
		}
		if i >= len(c.tokens) {
			break
		}
		value, known := c.whole(c.tokens[i])
		if !known || i+1 >= len(c.tokens) || !c.tokens[i+1].is(",", ")") {
			return refused(t.at, "range() has a bound that is no whole number or parameter", "write the numbers, or send them as parameters")
		}
		bounds = append(bounds, sign*value)
		if i++; c.tokens[i].is(",") {
			i++
		}
	}
	if len(bounds) < 2 || len(bounds) > 3 {
		return refused(t.at, "range() has not two or three bounds", "write range(0, 9)")
	}
	step := int64(1)
	if len(bounds) == 3 {
		step = max(bounds[2], -bounds[2], 1)
	}
	if span := max(bounds[1]-bounds[0], bounds[0]-bounds[1]); span/step >= maxRange {
		return refused(t.at, fmt.Sprintf("range() is longer than %d", maxRange), "use less")
	}
	return nil
}

// whole is the value of a number or of a parameter that is a whole number. Values
// are bounded, so that their difference fits.
func (c *checker) whole(t token) (int64, bool) {
	const bound = 1 << 53
	var value int64
	switch t.kind {
	case number:
		n, err := strconv.ParseInt(t.text, 10, 64)
		if err != nil {
			return 0, false
		}
		value = n
	case param:
		n, ok := c.params[t.text[1:]].(int64)
		if !ok {
			return 0, false
		}
		value = n
	default:
		return 0, false
	}
	return value, value > -bound && value < bound
}
