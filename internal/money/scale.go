package money

import (
	"fmt"
	"math/big"
)

// Scale is a x multiplier / divisor, rounded half to even to a whole atom: the
// share of an amount that falls on a part of the bytes it was paid for. It fails
// with ErrOverflow, or for a divisor of 0.
func (a Amount) Scale(multiplier, divisor uint64) (Amount, error) {
	if divisor == 0 {
		return Amount{}, fmt.Errorf("cannot scale %s by %d/0: a share of nothing has no amount", a, multiplier)
	}
	if multiplier == divisor {
		return a, nil
	}
	product := a.BigInt()
	product.Mul(product, new(big.Int).SetUint64(multiplier))
	return FromBigInt(roundedSteps(product, new(big.Int).SetUint64(divisor)))
}
