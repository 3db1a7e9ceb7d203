package money

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"
)

// MaxDigits is the finest rounding: 10^-18 currency units is still a whole
// number of atoms.
const MaxDigits = 18

// Nano rounds to nano-currency-units, half to even. ok is false where the
// result does not fit int64 (beyond 9.2e9 currency units).
func (a Amount) Nano() (nano int64, ok bool) {
	negative, hi, lo := a.magnitude()
	if hi > AtomsPerNano/2 {
		return 0, false // the quotient would be above 2^63; below that it cannot wrap when rounded up
	}
	quotient, rest := bits.Div64(hi, lo, AtomsPerNano)
	if rest > AtomsPerNano/2 || rest == AtomsPerNano/2 && quotient&1 == 1 {
		quotient++
	}
	switch {
	case negative && quotient <= 1<<63:
		return -int64(quotient), true
	case !negative && quotient < 1<<63:
		return int64(quotient), true
	default:
		return 0, false
	}
}

// Round rounds to digits decimal places of the currency unit, half to even.
// digits above MaxDigits, or below 0, is an error.
func (a Amount) Round(digits int) (Amount, error) {
	step, err := atomsPerStep(digits)
	if err != nil {
		return Amount{}, err
	}
	steps := roundedSteps(a.BigInt(), step)
	return FromBigInt(steps.Mul(steps, step))
}

// Format writes the amount with exactly digits decimal places, rounded half to
// even: for people, never for further arithmetic.
func (a Amount) Format(digits int) (string, error) {
	step, err := atomsPerStep(digits)
	if err != nil {
		return "", err
	}
	steps := roundedSteps(a.BigInt(), step)
	sign := ""
	if steps.Sign() < 0 {
		sign = "-"
		steps.Neg(steps)
	}
	text := steps.String()
	if digits == 0 {
		return sign + text, nil
	}
	text = strings.Repeat("0", max(0, digits+1-len(text))) + text
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:], nil
}

// atomsPerStep is 10^-digits currency units in atoms: 2^39 x 5^18 / 10^digits.
func atomsPerStep(digits int) (*big.Int, error) {
	if digits < 0 || digits > MaxDigits {
		return nil, fmt.Errorf("rounding to %d decimal places: want 0 to %d", digits, MaxDigits)
	}
	unit := big.NewInt(AtomsPerNano)
	unit.Mul(unit, big.NewInt(1_000_000_000))
	return unit.Quo(unit, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)), nil
}

// roundedSteps is n/step, rounded half to even.
func roundedSteps(n, step *big.Int) *big.Int {
	quotient, rest := new(big.Int).DivMod(n, step, new(big.Int)) // floor, rest >= 0
	switch rest.Lsh(rest, 1).Cmp(step) {
	case 1:
		quotient.Add(quotient, big.NewInt(1))
	case 0:
		quotient.Add(quotient, big.NewInt(int64(quotient.Bit(0))))
	}
	return quotient
}
