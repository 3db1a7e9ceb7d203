package money

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// halfEven is n/d rounded half to even, by rationals.
func halfEven(n, d *big.Int) *big.Int {
	twice := new(big.Int).Lsh(n, 1)
	floor := new(big.Int).Div(new(big.Int).Add(twice, d), new(big.Int).Lsh(d, 1)) // half up
	exactHalf := new(big.Int).Mod(new(big.Int).Add(twice, d), new(big.Int).Lsh(d, 1)).Sign() == 0
	if exactHalf && floor.Bit(0) == 1 {
		floor.Sub(floor, big.NewInt(1))
	}
	return floor
}

func TestNanoRoundsHalfToEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.OneOf(
			anyAmount(),
			rapid.Map(rapid.Int64(), FromAtoms),
			rapid.Custom(func(t *rapid.T) Amount { // an exact half
				half, _ := FromNano(rapid.Int64().Draw(t, "nano")).Add(FromAtoms(AtomsPerNano / 2))
				return half
			}),
		).Draw(t, "amount")
		want := halfEven(a.BigInt(), big.NewInt(AtomsPerNano))
		got, ok := a.Nano()
		if ok != want.IsInt64() || ok && got != want.Int64() {
			t.Fatalf("Nano = %d, %v, want %s", got, ok, want)
		}
	})
}

func TestNanoAtTheEndsOfInt64(t *testing.T) {
	for _, c := range []struct {
		nano  int64
		atoms int64
		ok    bool
	}{
		{math.MaxInt64, AtomsPerNano/2 - 1, true},
		{math.MaxInt64, AtomsPerNano / 2, false}, // half to even goes up, and out
		{math.MinInt64, -AtomsPerNano / 2, true},
		{math.MinInt64, -AtomsPerNano/2 - 1, false},
	} {
		amount, err := FromNano(c.nano).Add(FromAtoms(c.atoms))
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := amount.Nano(); ok != c.ok || ok && got != c.nano {
			t.Errorf("Nano of %d nano and %d atoms = %d, %v; want ok %v", c.nano, c.atoms, got, ok, c.ok)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		nano   int64
		digits int
		want   string
	}{
		{0, 2, "0.00"},
		{5_000_000, 2, "0.00"},
		{15_000_000, 2, "0.02"},
		{25_000_000, 2, "0.02"},
		{-15_000_000, 2, "-0.02"},
		{-1, 2, "0.00"},
		{1_234_567_890, 0, "1"},
		{1_234_567_890, 4, "1.2346"},
		{1, 9, "0.000000001"},
	} {
		if got, err := FromNano(c.nano).Format(c.digits); err != nil || got != c.want {
			t.Errorf("Format(%d nano, %d) = %q, %v; want %q", c.nano, c.digits, got, err, c.want)
		}
	}
	if _, err := FromNano(1).Format(MaxDigits + 1); err == nil {
		t.Error("19 decimal places were accepted")
	}
}

func TestRoundAgreesWithFormat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Map(rapid.Int64(), FromAtoms).Draw(t, "amount")
		digits := rapid.IntRange(0, MaxDigits).Draw(t, "digits")
		rounded, err := a.Round(digits)
		if err != nil {
			t.Fatal(err)
		}
		before, _ := a.Format(digits)
		after, _ := rounded.Format(digits)
		exact, _ := new(big.Rat).SetString(before)
		if shown, _ := new(big.Rat).SetString(rounded.Decimal()); before != after || exact.Cmp(shown) != 0 {
			t.Fatalf("Round(%s, %d) = %s but Format = %s", a, digits, rounded, before)
		}
	})
}

func TestShownLinesAddUpToTheShownTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nano := rapid.SliceOfN(rapid.Int64Range(-1_000_000_000, 1_000_000_000), 0, 20).Draw(t, "nano")
		digits := rapid.IntRange(0, 9).Draw(t, "digits")
		amounts := make([]Amount, len(nano))
		for i, n := range nano {
			amounts[i] = FromNano(n)
		}
		shown, err := RoundShares(amounts, digits)
		if err != nil {
			t.Fatal(err)
		}
		exact, _ := Sum(amounts...)
		total, _ := exact.Round(digits)
		if sum, err := Sum(shown...); err != nil || sum != total {
			t.Fatalf("shown lines add up to %s, %v; the shown total is %s", sum, err, total)
		}
		step, _ := atomsPerStep(digits)
		for i := range shown {
			moved := new(big.Int).Sub(shown[i].BigInt(), amounts[i].BigInt())
			if moved.CmpAbs(step) >= 0 {
				t.Fatalf("amount %d, %s, is shown as %s", i, amounts[i], shown[i])
			}
		}
	})
}
