package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func units() *rapid.Generator[uint64] {
	return rapid.SampledFrom([]uint64{1, 1000, 1024, 1 << 20, BytesPerGB, BytesPerGiB})
}

func TestFromBytesIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bytes, rate := rapid.Uint64().Draw(t, "bytes"), rapid.Int64().Draw(t, "rate")
		unit := units().Draw(t, "unit")
		// bytes x rate / unit nano-units, as a rational.
		product := new(big.Int).Mul(new(big.Int).SetUint64(bytes), big.NewInt(rate))
		want := new(big.Rat).SetFrac(product, new(big.Int).SetUint64(unit))
		want.Mul(want, new(big.Rat).SetInt64(AtomsPerNano))
		if !want.IsInt() {
			t.Fatalf("the atom does not divide %s", want)
		}
		got, err := FromBytes(bytes, rate, unit)
		// -2^127 fits 128 bits but is refused: a charge never gets there.
		if want.Num().Cmp(lowest) == 0 {
			return
		}
		agrees(t, "FromBytes", want.Num(), got, err)
	})
}

func TestSplittingATransferNeverChangesItsPrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Uint64Max(math.MaxUint64>>24).Draw(t, "bytes")
		part := rapid.Uint64Max(whole).Draw(t, "part")
		rate := rapid.Int64Range(0, 1_000_000_000).Draw(t, "rate")
		unit := rapid.SampledFrom([]uint64{BytesPerGB, BytesPerGiB}).Draw(t, "unit")
		price := func(bytes uint64) Amount {
			a, err := FromBytes(bytes, rate, unit)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		sum, err := Sum(price(part), price(whole-part))
		if err != nil || sum != price(whole) {
			t.Fatalf("%d+%d bytes cost %s, %v; together %s", part, whole-part, sum, err, price(whole))
		}
	})
}

func TestUnitsThatCannotBeExactAreRefused(t *testing.T) {
	for _, unit := range []uint64{0, 3, 7, 1 << 31, 10_000_000_000, 1 << 40} {
		if _, err := FromBytes(1, 1, unit); err == nil {
			t.Errorf("a unit of %d bytes was priced", unit)
		}
	}
}

func TestTenExabytesAMonthFit(t *testing.T) {
	amount, err := FromBytes(10_000_000_000_000_000_000, 1_000_000_000, BytesPerGB) // 10 EB at 1 USD per GB
	if err != nil || amount.Decimal() != "10000000000" {
		t.Fatalf("10 EB at 1 per GB = %s, %v", amount, err)
	}
	if _, err := FromBytes(math.MaxUint64, math.MaxInt64, BytesPerGB); !errors.Is(err, ErrOverflow) {
		t.Fatalf("2^64 bytes at 2^63 nano per GB: %v, want overflow", err)
	}
}

func BenchmarkFromBytes(b *testing.B) {
	b.ReportAllocs()
	var total Accumulator
	for i := range b.N {
		amount, err := FromBytes(uint64(i), 90_000_000, BytesPerGiB)
		if err != nil {
			b.Fatal(err)
		}
		total.Add(amount)
	}
}
