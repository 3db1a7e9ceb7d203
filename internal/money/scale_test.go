package money_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/money"
)

func TestScale(t *testing.T) {
	for _, test := range []struct {
		atoms               int64
		multiplier, divisor uint64
		want                int64
	}{
		{100, 3, 4, 75}, {5, 1, 2, 2}, {7, 1, 2, 4}, {-5, 1, 2, -2}, {10, 0, 3, 0}, {10, 7, 7, 10}, {10, 25, 10, 25},
	} {
		got, err := money.FromAtoms(test.atoms).Scale(test.multiplier, test.divisor)
		if err != nil || got != money.FromAtoms(test.want) {
			t.Errorf("%d x %d / %d = %s (%v), want %d", test.atoms, test.multiplier, test.divisor, got.Atoms(), err, test.want)
		}
	}
	if _, err := money.FromAtoms(1).Scale(1, 0); err == nil {
		t.Error("a division by zero went through")
	}
	if _, err := money.FromWords(1<<62, 0).Scale(4, 1); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("an overflow gave %v", err)
	}
}

// TestScalePartsAddUp: two complementary shares miss the whole by an atom at most.
func TestScalePartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := money.FromAtoms(rapid.Int64().Draw(t, "whole"))
		divisor := rapid.Uint64Range(1, 1<<62).Draw(t, "divisor")
		part := rapid.Uint64Range(0, divisor).Draw(t, "part")
		one, err := whole.Scale(part, divisor)
		if err != nil {
			t.Fatal(err)
		}
		other, err := whole.Scale(divisor-part, divisor)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := money.Sum(one, other, money.FromAtoms(0))
		if err != nil {
			t.Fatal(err)
		}
		missing, err := whole.Sub(sum)
		if err != nil || missing.Cmp(money.FromAtoms(1)) > 0 || missing.Cmp(money.FromAtoms(-1)) < 0 {
			t.Fatalf("%s = %s + %s misses %s", whole.Atoms(), one.Atoms(), other.Atoms(), missing.Atoms())
		}
	})
}
