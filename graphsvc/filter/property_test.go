package filter_test

import (
	"errors"
	"net/netip"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// expression draws an expression in canonical shape: no And within an And, no Or
// within an Or, and each with two parts at least.
func expression(t *rapid.T, depth int, within string) filter.Expr {
	shapes := []string{"condition", "not"}
	if depth > 0 {
		for _, shape := range []string{"and", "or"} {
			if shape != within {
				shapes = append(shapes, shape)
			}
		}
	}
	switch shape := rapid.SampledFrom(shapes).Draw(t, "shape"); {
	case shape == "condition" || depth <= 0:
		return condition(t)
	case shape == "not":
		return filter.Not{Part: expression(t, depth-1, "not")}
	default:
		var parts []filter.Expr
		for range rapid.IntRange(2, 4).Draw(t, "parts") {
			parts = append(parts, expression(t, depth-1, shape))
		}
		if shape == "and" {
			return filter.And(parts)
		}
		return filter.Or(parts)
	}
}

func condition(t *rapid.T) *filter.Condition {
	c := &filter.Condition{Field: rapid.SampledFrom(filter.Fields()).Draw(t, "field")}
	c.Op = rapid.SampledFrom(c.Field.Operators()).Draw(t, "op")
	if c.Field.Name == filter.Label {
		c.Key = rapid.SampledFrom([]string{"app", "app.kubernetes.io/name", "x_y"}).Draw(t, "key")
	}
	if c.Field.Sided {
		c.Side = rapid.SampledFrom([]filter.Side{filter.Either, filter.Source, filter.Destination}).Draw(t, "side")
	}
	several := 3
	if c.Op != filter.Equal && c.Op != filter.NotEqual {
		several = 1
	}
	for range rapid.IntRange(1, several).Draw(t, "values") {
		c.Values = append(c.Values, value(t, c))
	}
	return c
}

func value(t *rapid.T, c *filter.Condition) (v filter.Value) {
	switch c.Field.Type {
	case filter.Number, filter.Bytes, filter.Duration:
		v.Number = rapid.Uint64().Draw(t, "number")
		if rapid.Bool().Draw(t, "round") {
			v.Number = v.Number % 1000 * rapid.SampledFrom([]uint64{1, 1e3, 1e6, 1e9, 1 << 10, 1 << 30}).Draw(t, "unit")
		}
	case filter.Amount:
		v.Amount = money.FromAtoms(rapid.Int64().Draw(t, "atoms"))
	case filter.Address:
		bits := rapid.IntRange(0, 32).Draw(t, "bits")
		v.Prefix = netip.PrefixFrom(netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address"))), bits).Masked()
	case filter.Choice:
		v.Word = filter.Word{Text: rapid.SampledFrom(c.Field.Choices).Draw(t, "choice")}
	default:
		v.Word = word(t)
		if c.Field.Sided && c.Side == filter.Either && (c.Op == filter.Equal || c.Op == filter.NotEqual) && rapid.Bool().Draw(t, "pair") {
			to := word(t)
			v.To = &to
		}
	}
	return v
}

func word(t *rapid.T) filter.Word {
	if rapid.Bool().Draw(t, "pattern") {
		return filter.Word{Text: rapid.StringMatching(`[a-z0-9]*\*[a-z*]*`).Draw(t, "pattern text"), Pattern: true}
	}
	return filter.Word{Text: rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"shop", "a b", "a->b", "*", "", `"`, `\`, "or", "a,b", "(x)", "=a", ">1"})).Draw(t, "text")}
}

// TestPrintedIsReadAgain: what a filter prints is read as that filter.
func TestPrintedIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := filter.Of(expression(t, 3, ""))
		text := f.String()
		if len(text) > filter.MaxLength {
			t.Skip("too long to be read")
		}
		again, err := filter.Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if !reflect.DeepEqual(again, f) {
			t.Fatalf("%q is read as %q: %#v, want %#v", text, again, again.Root(), f.Root())
		}
	})
}

// TestLaws: "not" turns every answer around, "and" and "or" are what they say,
// != is "not" and =, and the order of parts and values is nothing.
func TestLaws(t *testing.T) {
	transfers := []filter.Transfer{toCatalog, toS3, pull}
	rapid.Check(t, func(t *rapid.T) {
		a, b := expression(t, 2, ""), expression(t, 2, "")
		c := condition(t)
		turned := *c
		opposite := map[filter.Op]filter.Op{filter.Equal: filter.NotEqual, filter.NotEqual: filter.Equal, filter.Contains: filter.NotContains, filter.NotContains: filter.Contains}
		for i := range transfers {
			match := func(e filter.Expr) bool { return filter.Of(e).Match(&transfers[i], owned{}) }
			if match(filter.Not{Part: a}) == match(a) {
				t.Fatal("not is not the opposite")
			}
			if match(filter.And{a, b}) != (match(a) && match(b)) || match(filter.Or{a, b}) != (match(a) || match(b)) {
				t.Fatal("and and or are not what they say")
			}
			if match(filter.And{a, b}) != match(filter.And{b, a}) {
				t.Fatal("the order counts")
			}
			if turned.Op = opposite[c.Op]; turned.Op != "" && match(&turned) == match(c) {
				t.Fatalf("%s and %s both say %v", c, &turned, match(c))
			}
		}
	})
}

// TestPatternsTakeNoLonger: a pattern of many stars takes the product of the lengths at most.
func TestPatternsTakeNoLonger(t *testing.T) {
	text, pattern := model.Identity{Name: repeated("a", 2000)}, repeated("a*", 1000)+"b"
	f, err := filter.Parse("name=" + pattern)
	if err != nil {
		t.Fatal(err)
	}
	key := model.EdgeKey{Source: text}
	if f.Match(&filter.Transfer{Key: &key}, filter.Nothing{}) {
		t.Error("a pattern that ends in b fits a text without one")
	}
}

func repeated(text string, times int) string {
	var all []byte
	for range times {
		all = append(all, text...)
	}
	return string(all)
}

// FuzzParse: any text is a filter or an error with a place in it; a filter's
// canonical form is its own; and something can be completed anywhere.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "namespace=shop team!=core", "zone:a->b", `name~"a b" or (bytes>1GB not cost<0.5)`, "label.app=web,api", "address=10.0.0.0/8", "\xff"} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		parsed, err := filter.Parse(text)
		if wrong := new(filter.Error); err != nil {
			if !errors.As(err, &wrong) || wrong.Offset < 0 || wrong.Length < 0 || wrong.Offset+wrong.Length > len(text) || wrong.Message == "" {
				t.Fatalf("%q: %#v", text, err)
			}
		} else if again, err := filter.Parse(parsed.String()); err != nil || again.String() != parsed.String() {
			t.Fatalf("%q is %q, which is %q (%v)", text, parsed, again, err)
		} else {
			parsed.Match(&toCatalog, owned{})
		}
		got := filter.Complete(text, cursor, nil)
		if got.From < 0 || got.From > got.To || got.To > len(text) {
			t.Fatalf("%q at %d: %+v", text, cursor, got)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	f, err := filter.Parse("namespace=shop,data team!=core (path=nat or zone=use1-az1->use1-az2) bytes>1GB")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.Match(&toCatalog, owned{})
	}
}
