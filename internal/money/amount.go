package money

import (
	"errors"
	"math/bits"
)

// AtomsPerNano is how many atoms one nano-currency-unit has: 2^30 x 5^9.
const AtomsPerNano = 1 << 30 * 1953125

// ErrOverflow says that a result does not fit 128 bits.
var ErrOverflow = errors.New("amount of money out of range (+-8.1e13 currency units)")

// Amount is an exact amount of money of one currency, which is kept beside it
// (see Money). The zero value is zero. Amounts are comparable with ==.
type Amount struct {
	// Two's complement, high word first.
	hi int64
	lo uint64
}

// FromAtoms returns n atoms.
func FromAtoms(n int64) Amount { return Amount{hi: n >> 63, lo: uint64(n)} }

// FromNano returns n nano-currency-units. Every int64 fits.
func FromNano(n int64) Amount {
	hi, lo := bits.Mul64(magnitude64(n), AtomsPerNano)
	return signed(n < 0, hi, lo)
}

// IsZero reports whether the amount is zero.
func (a Amount) IsZero() bool { return a == Amount{} }

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	switch {
	case a.hi < 0:
		return -1
	case a.IsZero():
		return 0
	default:
		return 1
	}
}

// Add returns a+b, or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(uint64(a.hi), uint64(b.hi), carry)
	sum := Amount{int64(hi), lo}
	if (a.hi < 0) == (b.hi < 0) && (sum.hi < 0) != (a.hi < 0) {
		return Amount{}, ErrOverflow
	}
	return sum, nil
}

// Sub returns a-b, or ErrOverflow.
func (a Amount) Sub(b Amount) (Amount, error) {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(uint64(a.hi), uint64(b.hi), borrow)
	difference := Amount{int64(hi), lo}
	if (a.hi < 0) != (b.hi < 0) && (difference.hi < 0) != (a.hi < 0) {
		return Amount{}, ErrOverflow
	}
	return difference, nil
}

// Neg returns -a, or ErrOverflow for the most negative amount.
func (a Amount) Neg() (Amount, error) { return Amount{}.Sub(a) }

// Cmp is -1 if a < b, 0 if they are equal and 1 if a > b.
func (a Amount) Cmp(b Amount) int {
	switch {
	case a == b:
		return 0
	case a.hi < b.hi, a.hi == b.hi && a.lo < b.lo:
		return -1
	default:
		return 1
	}
}

// magnitude splits a into its sign and its absolute value. The most negative
// amount has a magnitude too (2^127), for it is unsigned.
func (a Amount) magnitude() (negative bool, hi, lo uint64) {
	if a.hi >= 0 {
		return false, uint64(a.hi), a.lo
	}
	lo, borrow := bits.Sub64(0, a.lo, 0)
	hi, _ = bits.Sub64(0, uint64(a.hi), borrow)
	return true, hi, lo
}

// signed puts a sign before a magnitude of at most 2^127-1, or 2^127 when
// negative. Callers have checked the range.
func signed(negative bool, hi, lo uint64) Amount {
	if !negative {
		return Amount{int64(hi), lo}
	}
	low, borrow := bits.Sub64(0, lo, 0)
	high, _ := bits.Sub64(0, hi, borrow)
	return Amount{int64(high), low}
}

func magnitude64(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Words are the two words of the two's complement form, for wires and stores
// that have no 128-bit integer.
func (a Amount) Words() (high int64, low uint64) { return a.hi, a.lo }

// FromWords is the inverse of Words.
func FromWords(high int64, low uint64) Amount { return Amount{high, low} }
