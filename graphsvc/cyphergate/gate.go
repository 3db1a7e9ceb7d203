package cyphergate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Bounds of one statement. With them the largest value that a statement can
// build, and the longest expression that runs without looking at the clock, are
// in proportion to what it reads.
const (
	maxBytes       = 10_000
	maxRange       = 10_000 // elements of range()
	maxHops        = 5      // of a path of variable length
	maxPlus        = 10     // + doubles a string each time
	maxReferences  = 24     // names inside lists and maps: [l, l] doubles a list each time
	maxCollects    = 6      // collect() takes a list into a list
	maxProjections = 16     // WITH and RETURN
	maxUnwinds     = 4
	maxDepth       = 40 // brackets in brackets
)

// Check refuses a statement that may do more than read, or take too much. Params
// are looked at where a range is counted by them.
func Check(statement string, params map[string]any) error {
	if len(statement) > maxBytes {
		return refused(-1, fmt.Sprintf("the statement has %d bytes, more than %d", len(statement), maxBytes), "send lists as parameters")
	}
	tokens, err := lex(statement)
	if err != nil {
		return err
	}
	for len(tokens) > 0 && tokens[len(tokens)-1].is(";") {
		tokens = tokens[:len(tokens)-1]
	}
	if len(tokens) == 0 {
		return refused(-1, "there is no statement", "begin with MATCH")
	}
	c := checker{tokens: tokens, params: params}
	for c.i = range tokens {
		if err := c.token(); err != nil {
			return err
		}
	}
	if len(c.open) > 0 {
		return refused(c.open[len(c.open)-1].at, "a bracket is not closed", "close it")
	}
	return nil
}

func (t token) is(symbols ...string) bool {
	for _, s := range symbols {
		if t.kind == symbol && t.text == s {
			return true
		}
	}
	return false
}

func (t token) word() string {
	if t.kind != word {
		return ""
	}
	return strings.ToLower(t.text)
}

// bracket is one open bracket.
type bracket struct {
	at    int
	close string
	// pattern: between the dashes of a relationship; literal: a list or a map.
	pattern, literal bool
	// loop is the variable of an iteration, "" where it is none; body is true
	// behind the bar of a list comprehension.
	loop string
	body bool
	// path: it holds a node pattern that goes on, as a group of a path does.
	path bool
}

// checker goes over the tokens once.
type checker struct {
	tokens []token
	params map[string]any
	i      int
	open   []bracket
	// closed is the bracket that was closed last.
	closed bracket

	plus, references, collects, projections, unwinds int
}

// at is the token some places from here; the zero symbol beyond the ends.
func (c *checker) at(offset int) token {
	if n := c.i + offset; n >= 0 && n < len(c.tokens) {
		return c.tokens[n]
	}
	return token{kind: symbol}
}

func (c *checker) token() error {
	t := c.at(0)
	switch t.kind {
	case symbol:
		return c.symbol(t)
	case word, quoted:
		return c.name(t)
	default:
		return nil
	}
}

func (c *checker) symbol(t token) error {
	switch t.text {
	case ";":
		return refused(t.at, "more than one statement", "send them one by one")
	case "(", "[", "{":
		return c.push(t)
	case ")", "]", "}":
		return c.pop(t)
	case "+", "*":
		return c.repeats(t)
	case "-", "<":
		if len(c.open) > 0 && c.at(-1).is(")") {
			c.top().path = true
		}
	case "|":
		if len(c.open) > 0 && c.top().loop != "" && c.top().close == "]" {
			c.top().body = true
		}
	}
	return nil
}

func (c *checker) pop(t token) error {
	if len(c.open) == 0 || c.top().close != t.text {
		return refused(t.at, "a bracket closes that was not opened", "look at the brackets before it")
	}
	c.closed = *c.top()
	c.open = c.open[:len(c.open)-1]
	return nil
}

// repeats looks at a sign that adds or multiplies, or says how often a
// relationship is gone.
func (c *checker) repeats(t token) error {
	switch {
	case t.text == "*" && len(c.open) > 0 && c.top().pattern:
		return c.hops(t)
	case c.quantifies():
		return unbounded(t)
	case t.text == "+":
		return c.count(&c.plus, maxPlus, t, "+")
	default:
		return nil
	}
}

// quantifies reports whether what follows a relationship, or a group of a path,
// says how often it is gone.
func (c *checker) quantifies() bool {
	before, first := c.at(-1), c.at(-2)
	return before.is(">") && first.is("-") || before.is("-") && first.is("-", "]") || before.is(")") && c.closed.path
}

func unbounded(t token) error {
	return refused(t.at, "a quantified path is not taken", "write -[:TRANSFERS*1..3]->; the field paths finds longer ones")
}

func (c *checker) top() *bracket { return &c.open[len(c.open)-1] }

func (c *checker) push(t token) error {
	if c.quantifierAhead(t) {
		return unbounded(t)
	}
	if len(c.open) >= maxDepth {
		return refused(t.at, "brackets are nested too deeply", "use WITH to name what is inside")
	}
	b := bracket{at: t.at, close: map[string]string{"(": ")", "[": "]", "{": "}"}[t.text]}
	switch t.text {
	case "[":
		c.square(&b)
	case "{":
		b.literal = c.mapAhead()
	}
	if c.iterates(t) {
		b.loop, b.literal = c.at(1).text, false
	}
	if b.literal && c.at(1).is("(") && c.patternWithin() {
		return refused(t.at, "a pattern comprehension is not taken", "use COLLECT { MATCH ... RETURN ... }, or OPTIONAL MATCH and collect()")
	}
	if b.loop != "" && slices.ContainsFunc(c.open, func(outer bracket) bool { return outer.loop != "" }) {
		return refused(t.at, "an iteration within an iteration", "UNWIND the outer list: rows can be stopped, an expression cannot")
	}
	c.open = append(c.open, b)
	return nil
}

// iterates reports whether a bracket holds an expression for each element of a list.
func (c *checker) iterates(t token) bool {
	return t.text == "[" && c.at(2).word() == "in" || t.text == "(" && iterations[c.at(-1).word()]
}

// mapAhead tells a map from a subquery.
func (c *checker) mapAhead() bool {
	return (c.at(1).kind == word || c.at(1).kind == quoted) && c.at(2).is(":")
}

func (c *checker) quantifierAhead(t token) bool {
	return t.text == "{" && (c.at(1).kind == number || c.at(1).is(","))
}

// square tells a relationship, an index and a list apart.
func (c *checker) square(b *bracket) {
	before := c.at(-1)
	index := before.kind == word && !clauseWords[before.word()] || before.kind == quoted || before.kind == param || before.is(")", "]", "}")
	switch {
	case before.is("-"):
		b.pattern = true
	case !index:
		b.literal = true
	}
}

// patternWithin looks for a relationship between here and the closing bracket.
func (c *checker) patternWithin() bool {
	depth := 0
	for i := c.i; i < len(c.tokens); i++ {
		switch t := c.tokens[i]; {
		case t.is("[", "("):
			depth++
		case t.is("]", ")"):
			if depth--; depth == 0 {
				return false
			}
		}
		if depth == 1 && c.tokens[i].is(")") && i+1 < len(c.tokens) && c.tokens[i+1].is("-", "<") {
			return true
		}
	}
	return false
}

func (c *checker) count(counter *int, most int, t token, what string) error {
	if *counter++; *counter > most {
		return refused(t.at, fmt.Sprintf("%s occurs more than %d times", what, most), "ask in parts, or send values as parameters")
	}
	return nil
}

// hops wants an end to a path of variable length.
func (c *checker) hops(t token) error {
	upper := token{}
	switch {
	case c.at(1).kind == number && !c.at(2).is("."):
		upper = c.at(1)
	case c.at(1).is(".") && c.at(2).is("."):
		upper = c.at(3)
	case c.at(1).kind == number && c.at(2).is(".") && c.at(3).is("."):
		upper = c.at(4)
	}
	if hops, err := strconv.Atoi(upper.text); upper.kind == number && err == nil && hops <= maxHops {
		return nil
	}
	return refused(t.at, fmt.Sprintf("a path of variable length has no end of at most %d hops", maxHops), "write *1..3; the field paths finds longer ones")
}
