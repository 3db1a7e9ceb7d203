package proof

import (
	"math/big"
	"strings"
)

// Figure is one number of a result, or one computed from such.
type Figure struct {
	// Ref is its reference, for example f3.
	Ref string
	// Display is the number as people read it, with its unit.
	Display string
	// Version is the graph version it was read at, 0 where the result names none.
	Version uint64
	// From and To are the window it is about, RFC 3339, empty where there is none.
	From, To string
	// Call is the id of the tool call that brought it, Path where in its result.
	Call, Path string
	// Calculation is the expression that it was computed by, empty for one that was read.
	Calculation string

	value quantity
	row   *row
	// shown is Display, taken apart.
	shown []token
}

// Exact is the figure's exact value in its base unit: bytes, seconds, the
// currency's unit, or a count.
func (f *Figure) Exact() string { return decimal(f.value.number) }

// Unit is the figure's unit in words, empty for a count.
func (f *Figure) Unit() string { return f.value.dim.words() }

// Cause is one cause that the engine found, or one rule by which it decided.
type Cause struct {
	// Ref is its reference, for example c1.
	Ref string
	// Text says what it is, with the engine's own word for how likely it is.
	Text string
	Call string
	row  *row
}

// quantity is a number with its dimension.
type quantity struct {
	number *big.Rat
	dim    dimension
}

// dimension is the powers of what Egressor measures.
type dimension struct {
	bytes, money, seconds int
	currency              string
}

var (
	count   = dimension{}
	ofBytes = dimension{bytes: 1}
	ofTime  = dimension{seconds: 1}
	perTime = dimension{bytes: 1, seconds: -1}
)

func ofMoney(currency string) dimension { return dimension{money: 1, currency: currency} }

func (d dimension) words() string {
	switch d.plain() {
	case count:
		return ""
	case ofBytes:
		return "bytes"
	case ofTime:
		return "seconds"
	case perTime:
		return "bytes per second"
	case dimension{money: 1}:
		return d.currency
	case dimension{money: 1, bytes: -1}:
		return d.currency + " per GiB"
	case dimension{money: 1, seconds: -1}:
		return d.currency + " per second"
	default:
		return ""
	}
}

// plain is the dimension without its currency, for comparing.
func (d dimension) plain() dimension {
	d.currency = ""
	return d
}

// row is what a figure is about: every text around it in its result.
type row struct {
	// words are the texts and their parts in lower case.
	words map[string]bool
	// source and destination of the transfer it belongs to, empty otherwise.
	source, destination string
	// named is true where the row speaks of one node or one group, false for totals.
	named bool
	// free rows, of computed figures, may stand beside any name.
	free bool
}

func (r *row) has(name string) bool { return r == nil || r.words[strings.ToLower(name)] }

// decimal writes a rational number exactly where it has at most 18 decimal
// places, and to 18 places otherwise.
func decimal(number *big.Rat) string {
	const places = 18
	text := number.FloatString(places)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
