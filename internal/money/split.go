package money

import (
	"fmt"
	"math/big"
	"math/bits"
	"slices"
)

// Split shares total out in proportion to weights so that the parts add up to
// it exactly: each part is rounded towards zero to a whole atom, and the atoms
// left over go to the largest remainders, the lower index first among equals.
// Weights that are all zero are an error unless total is zero, and so is a sum
// of weights beyond 64 bits.
func Split(total Amount, weights []uint64) ([]Amount, error) {
	sum, err := sumWeights(total, weights)
	if err != nil {
		return nil, err
	}
	parts := make([]Amount, len(weights))
	if total.IsZero() {
		return parts, nil
	}
	negative, hi, lo := total.magnitude()
	remainders := make([]remainder, len(weights))
	var given Accumulator
	for i, weight := range weights {
		partHi, partLo, rest := mulDiv(hi, lo, weight, sum)
		parts[i] = signed(negative, partHi, partLo)
		remainders[i] = remainder{rest, i}
		given.Add(parts[i])
	}
	handed, err := given.Amount()
	if err != nil {
		return nil, err
	}
	left, err := total.Sub(handed) // fewer atoms than there are weights
	if err != nil {
		return nil, err
	}
	return parts, handOut(parts, remainders, left)
}

func sumWeights(total Amount, weights []uint64) (uint64, error) {
	var sum, carry uint64
	for i, weight := range weights {
		if sum, carry = bits.Add64(sum, weight, 0); carry != 0 {
			return 0, fmt.Errorf("sum of weights is beyond 64 bits at weight %d", i)
		}
	}
	if sum == 0 && !total.IsZero() {
		return 0, fmt.Errorf("cannot share %s among %d weights that are all zero", total, len(weights))
	}
	return sum, nil
}

// mulDiv is (hi,lo) x weight / sum with its remainder; weight <= sum, so the
// quotient fits two words.
func mulDiv(hi, lo, weight, sum uint64) (quotientHi, quotientLo, rest uint64) {
	carry, low := bits.Mul64(lo, weight)
	top, mid := bits.Mul64(hi, weight)
	mid, overflow := bits.Add64(mid, carry, 0)
	top += overflow
	quotientHi, rest = bits.Div64(top, mid, sum)
	quotientLo, rest = bits.Div64(rest, low, sum)
	return quotientHi, quotientLo, rest
}

type remainder struct {
	rest  uint64
	index int
}

// handOut adds one atom of left's sign to each of the largest remainders.
func handOut(parts []Amount, remainders []remainder, left Amount) error {
	slices.SortStableFunc(remainders, func(a, b remainder) int {
		switch {
		case a.rest > b.rest:
			return -1
		case a.rest < b.rest:
			return 1
		default:
			return 0
		}
	})
	_, _, count := left.magnitude()
	atom := FromAtoms(int64(left.Sign()))
	for _, r := range remainders[:count] {
		part, err := parts[r.index].Add(atom)
		if err != nil {
			return err
		}
		parts[r.index] = part
	}
	return nil
}

// RoundShares rounds each amount to digits decimal places so that the rounded
// amounts add up to their rounded sum: what a table shows is then its total.
// Each is rounded down, and the steps missing from the rounded sum go to the
// largest remainders, the lower index first among equals. No amount moves by a
// whole step or more.
func RoundShares(amounts []Amount, digits int) ([]Amount, error) {
	step, err := atomsPerStep(digits)
	if err != nil {
		return nil, err
	}
	exact := new(big.Int)
	floors := make([]*big.Int, len(amounts))
	rests := make([]*big.Int, len(amounts))
	order := make([]int, len(amounts))
	missing := new(big.Int)
	for i, a := range amounts {
		n := a.BigInt()
		exact.Add(exact, n)
		floors[i], rests[i] = new(big.Int).DivMod(n, step, new(big.Int))
		missing.Sub(missing, floors[i])
		order[i] = i
	}
	missing.Add(missing, roundedSteps(exact, step))
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].Cmp(rests[i]) })
	for _, i := range order[:missing.Int64()] {
		floors[i].Add(floors[i], big.NewInt(1))
	}
	shown := make([]Amount, len(amounts))
	for i, steps := range floors {
		if shown[i], err = FromBigInt(steps.Mul(steps, step)); err != nil {
			return nil, err
		}
	}
	return shown, nil
}
