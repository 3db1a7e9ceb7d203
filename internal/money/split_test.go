package money

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSplitNeverChangesTheSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := anyAmount().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Uint64Max(math.MaxUint64/50), 1, 50).Draw(t, "weights")
		parts, err := Split(total, weights)
		if err != nil {
			if !total.IsZero() && slices.Max(weights) == 0 {
				return
			}
			t.Fatal(err)
		}
		if sum, err := Sum(parts...); err != nil || sum != total {
			t.Fatalf("parts add up to %s, %v; want %s", sum, err, total)
		}
		fairParts(t, total, weights, parts)
	})
}

// fairParts fails unless every part is less than one atom from its exact share.
func fairParts(t *rapid.T, total Amount, weights []uint64, parts []Amount) {
	sum := new(big.Int)
	for _, weight := range weights {
		sum.Add(sum, new(big.Int).SetUint64(weight))
	}
	for i, weight := range weights {
		if sum.Sign() == 0 {
			continue
		}
		exact := new(big.Int).Mul(total.BigInt(), new(big.Int).SetUint64(weight))
		off := exact.Sub(exact, new(big.Int).Mul(parts[i].BigInt(), sum))
		if off.CmpAbs(sum) >= 0 {
			t.Fatalf("part %d with weight %d of %s is %s", i, weight, sum, parts[i].Atoms())
		}
	}
}

func TestLargestRemaindersGetWhatIsLeft(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []uint64
		want    []int64
	}{
		{10, []uint64{1, 1, 1}, []int64{4, 3, 3}},
		{-10, []uint64{1, 1, 1}, []int64{-4, -3, -3}},
		{10, []uint64{0, 1, 2}, []int64{0, 3, 7}},
		{7, []uint64{5, 3, 2}, []int64{4, 2, 1}}, // 3.5, 2.1, 1.4
		{0, []uint64{0, 0}, []int64{0, 0}},
	} {
		parts, err := Split(FromAtoms(c.total), c.weights)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range parts {
			if part != FromAtoms(c.want[i]) {
				t.Errorf("Split(%d, %v) part %d = %s, want %d", c.total, c.weights, i, part.Atoms(), c.want[i])
			}
		}
	}
}

func TestSplitRefusesWeightsWithoutASum(t *testing.T) {
	if _, err := Split(FromAtoms(1), []uint64{0, 0}); err == nil {
		t.Error("money was shared among weights that are all zero")
	}
	if _, err := Split(FromAtoms(1), nil); err == nil {
		t.Error("money was shared among nobody")
	}
	if _, err := Split(FromAtoms(1), []uint64{math.MaxUint64, 1}); err == nil {
		t.Error("a sum of weights beyond 64 bits was accepted")
	}
}
