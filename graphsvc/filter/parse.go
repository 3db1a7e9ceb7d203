package filter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bounds of a text. A filter within them takes microseconds to read.
const (
	MaxLength     = 4000 // bytes
	maxDepth      = 40
	maxConditions = 200
)

// Parse reads a filter. The error is an *Error. A text of spaces means everything.
func Parse(text string) (Filter, error) {
	p := &parser{scanner: scanner{text: text}}
	switch {
	case len(text) > MaxLength:
		return Filter{}, &Error{MaxLength, len(text) - MaxLength, "the filter has more than " + strconv.Itoa(MaxLength) + " bytes", "say less"}
	case !utf8.ValidString(text):
		return Filter{}, &Error{0, len(text), "the filter is no UTF-8 text", "send it as UTF-8"}
	}
	if p.space(); p.done() {
		return Filter{}, nil
	}
	root, err := p.or(0)
	if err != nil {
		return Filter{}, err
	}
	if !p.done() {
		return Filter{}, p.wrong(p.at, 1, `"`+p.text[p.at:p.at+1]+`" has no counterpart`, "remove it, or open a parenthesis before")
	}
	return Filter{root}, nil
}

type parser struct {
	scanner
	conditions int
}

func (p *parser) wrong(at, length int, message, hint string) error {
	return &Error{at, length, fmt.Sprintf("%s at letter %d of the filter", message, utf8.RuneCountInString(p.text[:at])+1), hint}
}

// or reads conditions with "or" between them.
func (p *parser) or(depth int) (Expr, error) {
	var parts Or
	for {
		part, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		if inner, is := part.(Or); is {
			parts = append(parts, inner...)
		} else {
			parts = append(parts, part)
		}
		if !p.keyword("or") {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

// and reads conditions with "and" or nothing between them.
func (p *parser) and(depth int) (Expr, error) {
	var parts And
	for {
		part, err := p.not(depth)
		if err != nil {
			return nil, err
		}
		if inner, is := part.(And); is {
			parts = append(parts, inner...)
		} else {
			parts = append(parts, part)
		}
		p.space()
		if !p.keyword("and") && (p.done() || p.next() == ')' || p.ahead("or")) {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

func (p *parser) not(depth int) (Expr, error) {
	if depth > maxDepth {
		return nil, p.wrong(p.at, 0, "more than "+strconv.Itoa(maxDepth)+" levels of parentheses", "say it flatter")
	}
	p.space()
	if p.keyword("not") {
		part, err := p.not(depth + 1)
		if err != nil {
			return nil, err
		}
		return Not{part}, nil
	}
	if p.next() != '(' {
		return p.condition()
	}
	open := p.at
	p.at++
	inner, err := p.or(depth + 1)
	if err != nil {
		return nil, err
	}
	if p.next() != ')' {
		return nil, p.wrong(open, 1, "the parenthesis is not closed", "write ) where it ends")
	}
	p.at++
	return inner, nil
}

// ahead reports whether a keyword stands here, as a word of its own.
func (p *parser) ahead(keyword string) bool {
	rest := p.text[p.at:]
	if len(rest) < len(keyword) || !strings.EqualFold(rest[:len(keyword)], keyword) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[len(keyword):])
	return len(rest) == len(keyword) || ends(after)
}

// keyword takes a keyword if it stands here.
func (p *parser) keyword(keyword string) bool {
	p.space()
	if !p.ahead(keyword) {
		return false
	}
	p.at += len(keyword)
	p.space()
	return true
}

const wantCondition = "write a condition such as namespace=shop or bytes>1GB"

// condition reads one comparison. A word by itself asks for it in names.
func (p *parser) condition() (Expr, error) {
	if p.conditions++; p.conditions > maxConditions {
		return nil, p.wrong(p.at, 0, "more than "+strconv.Itoa(maxConditions)+" conditions", "say less")
	}
	begin := p.at
	if p.next() == '"' {
		return p.search(begin)
	}
	word := p.name()
	if word == "" {
		return nil, p.wrong(begin, min(1, len(p.text)-begin), "a condition is missing", wantCondition)
	}
	after := p.at
	p.space()
	operatorAt := p.at
	op := p.operator()
	if op == "" {
		p.at = after
		if n := resolve(word); n.field != nil || word == Label || p.reserved(word) {
			return nil, p.wrong(begin, len(word), word+" wants an operator and a value", example(n.field))
		}
		p.at = begin
		return p.search(begin)
	}
	n := resolve(word)
	if n.field == nil {
		return nil, p.wrong(begin, len(word), "there is no field "+strconv.Quote(word), unknownField(word))
	}
	c := &Condition{Field: n.field, Key: n.key, Side: n.side, Op: op}
	if problem := c.checkOperator(); problem != "" {
		return nil, p.wrong(operatorAt, p.at-operatorAt, problem, example(c.Field))
	}
	return c, p.values(c)
}

func (p *parser) reserved(word string) bool {
	return strings.EqualFold(word, "and") || strings.EqualFold(word, "or") || strings.EqualFold(word, "not")
}

// search is a word by itself: in the name of either end.
func (p *parser) search(begin int) (Expr, error) {
	w, problem := p.word()
	if problem != "" {
		return nil, p.wrong(begin, p.at-begin, problem, wantCondition)
	}
	if w.Pattern {
		return &Condition{Field: FieldNamed("name"), Op: Equal, Values: []Value{{Word: w}}}, nil
	}
	return &Condition{Field: FieldNamed("name"), Op: Contains, Values: []Value{{Word: w}}}, nil
}

func unknownField(word string) string {
	side, name := "", word
	for _, prefix := range prefixes {
		if rest, has := strings.CutPrefix(word, prefix.text); has {
			side, name = prefix.text, rest
			break
		}
	}
	switch f := FieldNamed(name); {
	case name == Label:
		return "name the label's key: label.app=web"
	case f != nil:
		return f.Name + " is of the transfer and not of an end: write " + f.Name
	}
	hint := suggestion(name, names(), "fields are "+strings.Join(names(), ", "))
	return strings.Replace(hint, "did you mean ", "did you mean "+side, 1)
}

// example is a condition on a field.
func example(f *Field) string {
	if f == nil {
		return "write label.KEY=VALUE, or put the word in quotes to look for it in names"
	}
	value := map[Type]string{Number: "443", Bytes: "1GB", Amount: "0.5", Duration: "5ms", Address: "10.0.0.0/8", Text: "VALUE"}[f.Type]
	if f.Type == Choice {
		value = f.Choices[0]
	}
	op := Equal
	if f.Type.Ordered() {
		op = More
	}
	name := f.Name
	if name == Label {
		name += ".KEY"
	}
	return "write " + name + string(op) + value + ", or put the word in quotes to look for it in names"
}

func (c *Condition) checkOperator() string {
	for _, op := range c.Field.Operators() {
		if op == c.Op {
			return ""
		}
	}
	return fmt.Sprintf("%s cannot be compared with %q", c.Field.Name, string(c.Op))
}
