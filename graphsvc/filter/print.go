package filter

import (
	"strconv"
	"strings"
)

// String is the canonical form: reading it gives the same filter again. "" is
// everything.
func (f Filter) String() string {
	var b strings.Builder
	write(&b, f.root, false)
	return b.String()
}

// write writes an expression; inner ones with "or" in them need parentheses.
func write(b *strings.Builder, e Expr, inner bool) {
	switch e := e.(type) {
	case And:
		for i, part := range e {
			if i > 0 {
				b.WriteString(" ")
			}
			write(b, part, true)
		}
	case Or:
		if inner {
			b.WriteString("(")
			defer b.WriteString(")")
		}
		for i, part := range e {
			if i > 0 {
				b.WriteString(" or ")
			}
			write(b, part, false)
		}
	case Not:
		b.WriteString("not ")
		_, several := e.Part.(And)
		if several {
			b.WriteString("(")
		}
		write(b, e.Part, true)
		if several {
			b.WriteString(")")
		}
	case *Condition:
		b.WriteString(e.String())
	}
}

// String is the condition as it is written.
func (c *Condition) String() string {
	var b strings.Builder
	b.WriteString(c.name())
	b.WriteString(string(c.Op))
	for i := range c.Values {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(c.Values[i].text(c.Field.Type))
	}
	return b.String()
}

func (v *Value) text(t Type) string {
	switch t {
	case Number:
		return strconv.FormatUint(v.Number, 10)
	case Bytes, Duration:
		return printQuantity(v.Number, unitsOf(t))
	case Amount:
		return v.Amount.Decimal()
	case Address:
		if v.Prefix.IsSingleIP() {
			return v.Prefix.Addr().String()
		}
		return v.Prefix.String()
	default:
		if v.To != nil {
			return v.Word.String() + "->" + v.To.String()
		}
		return v.Word.String()
	}
}

// String is the word, quoted where it would be read as something else.
func (w Word) String() string {
	if w.Pattern || !needsQuotes(w.Text) {
		return w.Text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(w.Text) + `"`
}

func needsQuotes(text string) bool {
	return text == "" || strings.ContainsFunc(text, ends) || strings.ContainsAny(text, `*\`) || strings.Contains(text, "->") || strings.ContainsAny(text[:1], operatorLetters)
}

// Quoted is a text as a value that means just it, for whoever writes a filter.
func Quoted(text string) string { return Word{Text: text}.String() }
