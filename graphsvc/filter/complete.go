package filter

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Completion is one thing that can stand where the cursor is.
type Completion struct {
	// Text takes the place of what is there.
	Text string
	What What
	// Doc says what it is.
	Doc string
}

// What a completion is.
type What string

// Whats.
const (
	AField    What = "field"
	AnOp      What = "operator"
	AValue    What = "value"
	AConnects What = "connective"
)

// Completions are what can take the place of the bytes From to To of a text.
type Completions struct {
	From, To int
	Items    []Completion
}

// Values lists values that a field has, the most important first, for whoever
// completes. The key is a label's.
type Values func(f *Field, key string) []string

// Complete tells what can stand at a cursor, a place in bytes. It reads what is
// before the cursor up to the beginning of the word, and so also works where the
// whole is no filter yet.
func Complete(text string, cursor int, values Values) Completions {
	cursor = min(max(cursor, 0), len(text))
	for cursor > 0 && cursor < len(text) && !utf8.RuneStart(text[cursor]) {
		cursor--
	}
	begin, quoted := wordBefore(text[:cursor])
	s := scanner{text: text[:cursor], at: begin}
	word := s.name()
	nameEnds := s.at
	s.space()
	op := s.operator()
	n := resolve(word)
	if op != "" && n.field != nil {
		from := valueBegins(text[:cursor], s.at)
		return Completions{from, cursor, completedValues(n, text[from:cursor], values)}
	}
	if quoted {
		return Completions{From: cursor, To: cursor}
	}
	items := completedFields(word)
	if n.field != nil && nameEnds == cursor {
		for _, o := range n.field.Operators() {
			items = append(items, Completion{word + string(o), AnOp, operatorDocs[o]})
		}
	}
	return Completions{begin, cursor, append(items, connectives(text[:begin], word)...)}
}

var operatorDocs = map[Op]string{
	Equal: "is, or is one of", NotEqual: "is not, at neither end", Contains: "contains, whatever the case", NotContains: "does not contain",
	More: "more than", AtLeast: "at least", Less: "less than", AtMost: "at most",
}

// wordBefore is where the condition begins that a text ends in, and whether the
// text ends within quotes.
func wordBefore(text string) (begin int, quoted bool) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')'):
			begin = i + 1
		}
	}
	return begin, quoted
}

// valueBegins is where the last of some values begins: behind the operator, a
// comma or an arrow.
func valueBegins(text string, from int) int {
	quoted := false
	for i := from; i < len(text); i++ {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case quoted:
		case text[i] == ',':
			from = i + 1
		case strings.HasPrefix(text[i:], "->"):
			from = i + len("->")
		}
	}
	return from
}

func completedFields(word string) []Completion {
	side, rest := "", word
	for _, prefix := range prefixes {
		if after, has := strings.CutPrefix(word, prefix.text); has {
			side, rest = string(prefix.side)+".", after
			break
		}
	}
	var items []Completion
	for _, f := range fields {
		name := f.Name
		if name == Label {
			name += "."
		}
		if (side == "" || f.Sided) && strings.HasPrefix(name, strings.ToLower(rest)) {
			items = append(items, Completion{side + name, AField, f.Doc})
		}
	}
	for _, one := range []string{"source.", "destination."} {
		if side == "" && word != "" && strings.HasPrefix(one, strings.ToLower(word)) {
			items = append(items, Completion{one, AField, "a property of the " + strings.TrimSuffix(one, ".")})
		}
	}
	return items
}

// connectives are the words between conditions; the first place takes "not" alone.
func connectives(before, word string) []Completion {
	docs := map[string]string{"and": "both", "or": "one of both", "not": "the opposite"}
	var items []Completion
	for _, one := range []string{"and", "or", "not"} {
		first := strings.TrimSpace(before) == "" || strings.HasSuffix(strings.TrimSpace(before), "(")
		if strings.HasPrefix(one, strings.ToLower(word)) && (one == "not" || !first) {
			items = append(items, Completion{one, AConnects, docs[one]})
		}
	}
	return items
}

// completedValues are values that begin with what is there, then those that hold it.
func completedValues(n named, prefix string, values Values) []Completion {
	begun := strings.ToLower(strings.TrimPrefix(prefix, `"`))
	var all []string
	switch {
	case len(n.field.Choices) > 0:
		all = n.field.Choices
	case n.field.Type.Ordered():
		for _, u := range unitsOf(n.field.Type) {
			if digits := strings.TrimRight(begun, "abcdefghijklmnopqrstuvwxyz"); digits != "" {
				all = append(all, digits+u.name)
			}
		}
	case values != nil:
		all = values(n.field, n.key)
	}
	var items, within []Completion
	for _, one := range all {
		item := Completion{Quoted(one), AValue, ""}
		switch lower := strings.ToLower(one); {
		case strings.HasPrefix(lower, begun):
			items = append(items, item)
		case strings.Contains(lower, begun):
			within = append(within, item)
		}
	}
	return slices.Concat(items, within)
}
