package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyAmount draws over the whole 128-bit range, with its borders and small
// values well represented.
func anyAmount() *rapid.Generator[Amount] {
	return rapid.Custom(func(t *rapid.T) Amount {
		hi := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{0, -1, math.MaxInt64, math.MinInt64}))
		lo := rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, math.MaxUint64}))
		return Amount{hi.Draw(t, "hi"), lo.Draw(t, "lo")}
	})
}

// agrees fails unless got, err are what exact arithmetic says: want, or
// ErrOverflow exactly when want does not fit.
func agrees(t *rapid.T, what string, want *big.Int, got Amount, err error) {
	fits := want.Cmp(lowest) >= 0 && want.Cmp(highest) <= 0
	switch {
	case fits && err != nil:
		t.Fatalf("%s: %v, want %s", what, err, want)
	case fits && got.BigInt().Cmp(want) != 0:
		t.Fatalf("%s = %s, want %s", what, got.BigInt(), want)
	case !fits && !errors.Is(err, ErrOverflow):
		t.Fatalf("%s = %s, %v; want overflow", what, got.BigInt(), err)
	}
}

func TestArithmeticAgreesWithBigIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyAmount().Draw(t, "a"), anyAmount().Draw(t, "b")
		sum, err := a.Add(b)
		agrees(t, "a+b", new(big.Int).Add(a.BigInt(), b.BigInt()), sum, err)
		difference, err := a.Sub(b)
		agrees(t, "a-b", new(big.Int).Sub(a.BigInt(), b.BigInt()), difference, err)
		negated, err := a.Neg()
		agrees(t, "-a", new(big.Int).Neg(a.BigInt()), negated, err)
		if got, want := a.Cmp(b), a.BigInt().Cmp(b.BigInt()); got != want {
			t.Fatalf("Cmp = %d, want %d", got, want)
		}
		if got, want := a.Sign(), a.BigInt().Sign(); got != want {
			t.Fatalf("Sign = %d, want %d", got, want)
		}
		if got := a.IsZero(); got != (a.BigInt().Sign() == 0) {
			t.Fatalf("IsZero = %v", got)
		}
	})
}

func TestSumIsExactAndFreeOfOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOf(anyAmount()).Draw(t, "amounts")
		want := new(big.Int)
		for _, a := range amounts {
			want.Add(want, a.BigInt())
		}
		got, err := Sum(amounts...)
		agrees(t, "sum", want, got, err)
		shuffled := rapid.Permutation(amounts).Draw(t, "shuffled")
		again, errAgain := Sum(shuffled...)
		if got != again || (err == nil) != (errAgain == nil) {
			t.Fatalf("sum %s, %v in one order and %s, %v in another", got, err, again, errAgain)
		}
	})
}

func TestFromNano(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "nano")
		want := new(big.Int).Mul(big.NewInt(n), big.NewInt(AtomsPerNano))
		agrees(t, "FromNano", want, FromNano(n), nil)
		if back, ok := FromNano(n).Nano(); !ok || back != n {
			t.Fatalf("Nano(FromNano(%d)) = %d, %v", n, back, ok)
		}
	})
}

func TestMoneyKeepsCurrenciesApart(t *testing.T) {
	dollars := Money{FromNano(5), USD}
	if sum, err := dollars.Add(dollars); err != nil || sum != (Money{FromNano(10), USD}) {
		t.Fatalf("5+5 nano-USD = %v, %v", sum, err)
	}
	if _, err := dollars.Add(Money{FromNano(1), "EUR"}); err == nil {
		t.Fatal("dollars and euros were added")
	}
	if got := dollars.String(); got != "0.000000005 USD" {
		t.Fatalf("String = %q", got)
	}
}
