package proof

import (
	"math/big"
	"strings"
)

// scales are how many base units one of a unit is, with its dimension.
var scales = map[string]quantity{
	"":    {big.NewRat(1, 1), count},
	"B":   {big.NewRat(1, 1), ofBytes},
	"KiB": {big.NewRat(1<<10, 1), ofBytes}, "MiB": {big.NewRat(1<<20, 1), ofBytes}, "GiB": {big.NewRat(1<<30, 1), ofBytes},
	"TiB": {big.NewRat(1<<40, 1), ofBytes}, "PiB": {big.NewRat(1<<50, 1), ofBytes},
	"KB": {big.NewRat(1e3, 1), ofBytes}, "MB": {big.NewRat(1e6, 1), ofBytes}, "GB": {big.NewRat(1e9, 1), ofBytes},
	"TB": {big.NewRat(1e12, 1), ofBytes}, "PB": {big.NewRat(1e15, 1), ofBytes},
	"USD": {big.NewRat(1, 1), ofMoney("USD")}, "EUR": {big.NewRat(1, 1), ofMoney("EUR")}, "GBP": {big.NewRat(1, 1), ofMoney("GBP")},
	"cent": {big.NewRat(1, 100), ofMoney("USD")},
	"µs":   {big.NewRat(1, 1_000_000), ofTime}, "ms": {big.NewRat(1, 1000), ofTime}, "s": {big.NewRat(1, 1), ofTime},
	"min": {big.NewRat(60, 1), ofTime}, "h": {big.NewRat(3600, 1), ofTime}, "d": {big.NewRat(86400, 1), ofTime},
	"week": {big.NewRat(7*86400, 1), ofTime},
	"%":    {big.NewRat(1, 100), count}, "x": {big.NewRat(1, 1), count},
	"k": {big.NewRat(1e3, 1), count}, "M": {big.NewRat(1e6, 1), count}, "G": {big.NewRat(1e9, 1), count},
}

// scaleOf is a unit's scale; a rate's is its unit's over the time's.
func scaleOf(unit string) (quantity, bool) {
	unit, per, isRate := strings.Cut(unit, "/")
	scale, known := scales[unit]
	if !known || !isRate {
		return scale, known
	}
	if per != "s" && per != "sec" && per != "second" || scale.dim != ofBytes {
		return quantity{}, false
	}
	return quantity{scale.number, perTime}, true
}

// written is a figure of a text as a number.
type written struct {
	number *big.Rat
	scale  quantity
	// places are its decimal places, digits those that count.
	places, digits int
}

func writtenOf(t token) (written, bool) {
	number, ok := new(big.Rat).SetString(t.value)
	if !ok {
		return written{}, false
	}
	scale, known := scaleOf(t.unit)
	if !known {
		return written{}, false
	}
	w := written{number: number, scale: scale}
	plain := strings.ReplaceAll(t.digits, ",", "")
	if _, fraction, hasPoint := strings.Cut(plain, "."); hasPoint {
		w.places = len(fraction)
	}
	w.digits = len(strings.TrimLeft(strings.ReplaceAll(plain, ".", ""), "0"))
	return w, true
}

// leastDigits is how many digits a rounded figure must have to be recognised.
const leastDigits = 3

// is reports whether a figure, written with this unit, is this number: exactly,
// or rounded to at least three digits.
func (w written) is(q quantity) bool {
	if q.dim.plain() != w.scale.dim.plain() || q.dim.money != 0 && q.dim.currency != w.scale.dim.currency {
		return false
	}
	in := new(big.Rat).Quo(q.number, w.scale.number)
	if in.Cmp(w.number) == 0 {
		return true
	}
	whole := q.dim == count && w.scale.number.Cmp(big.NewRat(1, 1)) == 0 && q.number.IsInt()
	return !whole && w.digits >= leastDigits && w.roughly(in)
}

// roughly reports whether a number, rounded to the places written, is the written one.
func (w written) roughly(number *big.Rat) bool {
	rounded, ok := new(big.Rat).SetString(number.FloatString(w.places))
	return ok && new(big.Rat).Abs(rounded).Cmp(new(big.Rat).Abs(w.number)) == 0
}

// matching are the figures of the ledger that a written one may be.
func (l *Ledger) matching(t token) []*Figure {
	w, ok := writtenOf(t)
	var found []*Figure
	for _, ref := range l.order {
		f := l.figures[ref]
		if len(f.shown) == 1 && f.shown[0].value == t.value && f.shown[0].unit == t.unit || ok && t.unit != "%" && t.unit != "x" && w.is(f.value) {
			found = append(found, f)
		}
	}
	return found
}

// recomputed reports whether a written figure is a ratio, a sum or a difference of
// figures that stand beside it.
func recomputed(t token, beside []*Figure) bool {
	w, ok := writtenOf(t)
	if !ok {
		return false
	}
	if t.unit == "%" || t.unit == "x" {
		return isRatio(w, t.unit == "%", beside)
	}
	return isSum(w, beside)
}

func isRatio(w written, inPercent bool, beside []*Figure) bool {
	if w.digits < 2 && w.places == 0 && inPercent {
		w.places = 1 // one digit alone is met by chance: 5 % is 5.0 %
	}
	for _, a := range beside {
		for _, b := range beside {
			if a == b || a.value.dim != b.value.dim || b.value.number.Sign() == 0 {
				continue
			}
			ratio := new(big.Rat).Quo(a.value.number, b.value.number)
			change := new(big.Rat).Sub(ratio, big.NewRat(1, 1))
			if inPercent {
				ratio.Mul(ratio, big.NewRat(100, 1))
				change.Mul(change, big.NewRat(100, 1))
			}
			if w.roughly(ratio) || inPercent && w.roughly(change) {
				return true
			}
		}
	}
	return false
}

func isSum(w written, beside []*Figure) bool {
	total := new(big.Rat)
	var like []*Figure
	for _, f := range beside {
		if f.value.dim == w.scale.dim {
			like = append(like, f)
			total.Add(total, f.value.number)
		}
	}
	const least = 2
	if len(like) < least {
		return false
	}
	if w.is(quantity{total, w.scale.dim}) {
		return true
	}
	for i, a := range like {
		for _, b := range like[i+1:] {
			sum := new(big.Rat).Add(a.value.number, b.value.number)
			difference := new(big.Rat).Sub(a.value.number, b.value.number)
			if w.is(quantity{sum, w.scale.dim}) || w.is(quantity{difference.Abs(difference), w.scale.dim}) {
				return true
			}
		}
	}
	return false
}
