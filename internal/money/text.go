package money

import (
	"fmt"
	"math/big"
	"strings"
)

// decimalPlaces is how many decimal places an amount can have at most: a
// currency unit has 10^9 x 2^30 x 5^9 = 2^39 x 5^18 atoms, which divides 10^39.
const decimalPlaces = 39

var (
	tenTo39 = new(big.Int).Exp(big.NewInt(10), big.NewInt(decimalPlaces), nil)
	// perAtom is one atom in units of 10^-39: 5^21.
	perAtom = new(big.Int).Exp(big.NewInt(5), big.NewInt(21), nil)

	lowest  = new(big.Int).Neg(new(big.Int).Lsh(big.NewInt(1), 127))
	highest = new(big.Int).Not(lowest)
)

// BigInt is the number of atoms, for stores that hold 128-bit integers.
func (a Amount) BigInt() *big.Int {
	n := big.NewInt(a.hi)
	n.Lsh(n, 64)
	return n.Add(n, new(big.Int).SetUint64(a.lo))
}

// FromBigInt is the inverse of BigInt; ErrOverflow outside 128 bits.
func FromBigInt(n *big.Int) (Amount, error) {
	if n.IsInt64() {
		return FromAtoms(n.Int64()), nil
	}
	if n.Cmp(lowest) < 0 || n.Cmp(highest) > 0 {
		return Amount{}, ErrOverflow
	}
	magnitude := new(big.Int).Abs(n)
	lo := new(big.Int).And(magnitude, new(big.Int).SetUint64(^uint64(0))).Uint64()
	hi := magnitude.Rsh(magnitude, 64).Uint64()
	return signed(n.Sign() < 0, hi, lo), nil
}

// Atoms is the number of atoms as a decimal integer.
func (a Amount) Atoms() string { return a.BigInt().String() }

// ParseAtoms is the inverse of Atoms.
func ParseAtoms(text string) (Amount, error) {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return Amount{}, fmt.Errorf("amount %q: want a whole number of atoms", text)
	}
	return FromBigInt(n)
}

// Decimal is the exact amount in currency units, for example "0.09" or
// "-0.000000000838190317153930664062500": no exponent, no trailing zeros.
func (a Amount) Decimal() string {
	n := a.BigInt()
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
		n.Neg(n)
	}
	whole, fraction := new(big.Int).QuoRem(n.Mul(n, perAtom), tenTo39, new(big.Int))
	digits := fraction.String()
	digits = strings.Repeat("0", decimalPlaces-len(digits)) + digits
	digits = strings.TrimRight(digits, "0")
	if digits == "" {
		return sign + whole.String()
	}
	return sign + whole.String() + "." + digits
}

// ParseDecimal is the inverse of Decimal. A number that no whole count of atoms
// can express is an error, not rounded.
func ParseDecimal(text string) (Amount, error) {
	n, err := scaledDecimal(text)
	if err != nil {
		return Amount{}, err
	}
	atoms, rest := new(big.Int).QuoRem(n, perAtom, new(big.Int))
	if rest.Sign() != 0 {
		return Amount{}, fmt.Errorf("amount %q is not a whole number of atoms: it was rounded somewhere", text)
	}
	return FromBigInt(atoms)
}

// scaledDecimal reads digits with an optional sign and point as a count of
// 10^-39 units.
func scaledDecimal(text string) (*big.Int, error) {
	unsigned := strings.TrimPrefix(text, "-")
	whole, fraction, point := strings.Cut(unsigned, ".")
	if !allDigits(whole) || point && !allDigits(fraction) || len(fraction) > decimalPlaces || len(whole) > decimalPlaces {
		return nil, fmt.Errorf("amount %q: want digits with an optional point and at most %d decimal places", text, decimalPlaces)
	}
	padded := whole + fraction + strings.Repeat("0", decimalPlaces-len(fraction))
	n, _ := new(big.Int).SetString(padded, 10) // digits only, so it cannot fail
	if unsigned != text {
		n.Neg(n)
	}
	return n, nil
}

func allDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// String is Decimal.
func (a Amount) String() string { return a.Decimal() }

// MarshalText writes the exact decimal.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.Decimal()), nil }

// UnmarshalText reads what MarshalText wrote.
func (a *Amount) UnmarshalText(text []byte) error {
	parsed, err := ParseDecimal(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}
