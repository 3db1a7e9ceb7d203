package money

import "math/bits"

// Sum adds amounts up in 192 bits, so that the result, or ErrOverflow for one
// that does not fit, never depends on the order.
func Sum(amounts ...Amount) (Amount, error) {
	var total Accumulator
	for _, a := range amounts {
		total.Add(a)
	}
	return total.Amount()
}

// Accumulator is a running total that cannot overflow on the way: it is 192
// bits wide. The zero value is an empty total.
type Accumulator struct{ top, mid, low uint64 }

// Add adds one amount.
func (s *Accumulator) Add(a Amount) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, a.lo, 0)
	s.mid, carry = bits.Add64(s.mid, uint64(a.hi), carry)
	s.top, _ = bits.Add64(s.top, uint64(a.hi>>63), carry)
}

// Amount is the total so far, or ErrOverflow if it does not fit an Amount.
func (s *Accumulator) Amount() (Amount, error) {
	if s.top != uint64(int64(s.mid)>>63) {
		return Amount{}, ErrOverflow
	}
	return Amount{int64(s.mid), s.low}, nil
}
