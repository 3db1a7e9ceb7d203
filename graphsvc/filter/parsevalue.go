package filter

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/egressor/egressor/internal/money"
)

// values reads one value or more, with commas between them.
func (p *parser) values(c *Condition) error {
	for {
		p.space()
		begin := p.at
		w, problem := p.word()
		if problem != "" {
			return p.wrong(begin, 0, problem, example(c.Field))
		}
		v, problem, hint := c.value(w)
		if problem == "" && strings.HasPrefix(p.text[p.at:], "->") {
			problem, hint = p.pair(c, &v)
		}
		if problem != "" {
			return p.wrong(begin, p.at-begin, problem, hint)
		}
		c.Values = append(c.Values, v)
		if p.next() != ',' {
			return nil
		}
		if c.Op.ordered() {
			return p.wrong(p.at, 1, string(c.Op)+" takes one value", "say it once for each, with or between them")
		}
		p.at++
	}
}

// pair reads what follows the arrow of FROM->TO.
func (p *parser) pair(c *Condition, v *Value) (problem, hint string) {
	p.at += len("->")
	switch {
	case !c.Field.Sided || c.Field.Type != Text && c.Field.Type != Choice:
		return c.Field.Name + " has no two sides", "give one value"
	case c.Side != Either:
		return "a pair names both sides", "leave " + string(c.Side) + ". away"
	case c.Op != Equal && c.Op != NotEqual:
		return "a pair is compared with = or !=", "write " + c.Field.Name + "=FROM->TO"
	}
	to, problem := p.word()
	if problem != "" {
		return problem, "write " + c.Field.Name + "=FROM->TO; * is any"
	}
	other, problem, hint := c.value(to)
	v.To = &other.Word
	return problem, hint
}

// value reads a word by the field's type.
func (c *Condition) value(w Word) (v Value, problem, hint string) {
	switch c.Field.Type {
	case Number, Bytes, Duration:
		units := unitsOf(c.Field.Type)
		v.Number, problem = parseQuantity(w.Text, units)
		hint = "write a whole number"
		if len(units) > 0 {
			hint = "write a number and a unit: " + unitNames(units)
		}
	case Amount:
		var err error
		if v.Amount, err = money.ParseDecimal(w.Text); err != nil || w.Pattern {
			problem, hint = strconv.Quote(w.Text)+" is no amount", "write a decimal such as 0.5, in the currency of the window"
		}
	case Address:
		v.Prefix, problem = prefixOf(w.Text)
		hint = "write an address such as 10.1.2.3 or a range such as 10.0.0.0/8"
	case Choice:
		v.Word, problem, hint = c.Field.choice(w)
	default:
		v.Word = w
	}
	return v, problem, hint
}

func unitNames(units []unit) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.name
	}
	return strings.Join(names, ", ")
}

func prefixOf(text string) (netip.Prefix, string) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix.Masked(), ""
	}
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return netip.Prefix{}, strconv.Quote(text) + " is no address"
	}
	addr = addr.Unmap()
	return netip.PrefixFrom(addr, addr.BitLen()), ""
}

// choice is one of a field's choices, whatever the case; a pattern has to fit one.
func (f *Field) choice(w Word) (Word, string, string) {
	for _, choice := range f.Choices {
		if w.Pattern && w.fits(choice) {
			return w, "", ""
		}
		if !w.Pattern && strings.EqualFold(choice, w.Text) {
			return Word{Text: choice}, "", ""
		}
	}
	if f.Name == "protocol" && strings.HasPrefix(w.Text, "ip-") { // one without a name of its own
		return w, "", ""
	}
	fallback := f.Name + " is one of " + strings.Join(f.Choices, ", ")
	return w, strconv.Quote(w.Text) + " is no " + f.Name, suggestion(w.Text, slices.Clone(f.Choices), fallback)
}
