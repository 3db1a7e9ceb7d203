package bill

import (
	"math/bits"

	"github.com/egressor/egressor/internal/money"
)

// plainNumber is a decimal number as nearly all rows have it: 0.0000175368 is 175368
// with ten places. Numbers that do not fit are left to rationals, which are exact
// too and ten times slower.
type plainNumber struct {
	negative bool
	digits   uint64
	places   int
}

// maxDigits is what surely fits 64 bits.
const maxDigits = 18

// plain reads a number of at most eighteen digits without an exponent.
func plain(text string) (n plainNumber, ok bool) {
	if text != "" && text[0] == '-' {
		n.negative, text = true, text[1:]
	}
	point := -1
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.' && point < 0 && i > 0:
			point = i
		case c >= '0' && c <= '9':
			n.digits = n.digits*10 + uint64(c-'0')
		default:
			return n, false
		}
	}
	if point >= 0 {
		n.places = len(text) - point - 1
	}
	return n, text != "" && len(text) <= maxDigits+1 && point != len(text)-1
}

var powersOf10 = func() (powers [maxDigits + 1]uint64) {
	powers[0] = 1
	for i := 1; i < len(powers); i++ {
		powers[i] = powers[i-1] * 10
	}
	return powers
}()

// nanoPlaces is how many decimal places a nano-unit is.
const nanoPlaces = 9

// amount is the number in units of currency; ok is false where it does not fit.
func (n plainNumber) amount() (amount money.Amount, ok bool) {
	if n.places > maxDigits {
		return amount, false
	}
	nano, unit := n.digits, uint64(1)
	if n.places <= nanoPlaces {
		hi, lo := bits.Mul64(n.digits, powersOf10[nanoPlaces-n.places])
		if hi != 0 {
			return amount, false
		}
		nano = lo
	} else {
		unit = powersOf10[n.places-nanoPlaces]
	}
	amount, err := money.FromBytes(nano, 1, unit) // nano / unit nano-units: units are powers of 2 and 5
	if err == nil && n.negative {
		amount, err = amount.Neg()
	}
	return amount, err == nil
}

// bytes is the number in units of bytes, rounded half away from zero.
func (n plainNumber) bytes(unitBytes uint64) (bytes uint64, ok bool) {
	if n.negative || n.places > maxDigits {
		return 0, false
	}
	hi, lo := bits.Mul64(n.digits, unitBytes)
	divisor := powersOf10[n.places]
	if hi >= divisor {
		return 0, false
	}
	whole, rest := bits.Div64(hi, lo, divisor)
	if rest >= divisor-rest {
		whole++
		if whole == 0 {
			return 0, false
		}
	}
	return whole, true
}
