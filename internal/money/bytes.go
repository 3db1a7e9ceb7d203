package money

import (
	"fmt"
	"math/bits"
)

// Bytes in the units that providers bill by.
const (
	BytesPerGB  = 1_000_000_000 // decimal gigabyte
	BytesPerGiB = 1 << 30       // what AWS calls a GB and Google a GiB
)

// AtomsPerNanoByte returns how many atoms one byte costs per nano-unit of rate,
// when the rate is per unitBytes bytes: 2^30 x 5^9 / unitBytes. Only units that
// divide without a remainder are money; others are an error, because they could
// not be kept exact. Powers of two up to 2^30, times powers of five up to 5^9,
// are allowed.
func AtomsPerNanoByte(unitBytes uint64) (uint64, error) {
	if unitBytes == 0 || AtomsPerNano%unitBytes != 0 {
		return 0, fmt.Errorf("unit of %d bytes cannot be priced exactly: want 2^m x 5^n with m <= 30 and n <= 9, such as 1073741824 or 1000000000", unitBytes)
	}
	return AtomsPerNano / unitBytes, nil
}

// FromBytes is what bytes cost at rateNanoPerUnit nano-currency-units per
// unitBytes bytes, exactly: bytes x rate / unit. It fails with ErrOverflow, or
// for a unit that AtomsPerNanoByte refuses.
func FromBytes(bytes uint64, rateNanoPerUnit int64, unitBytes uint64) (Amount, error) {
	factor, err := AtomsPerNanoByte(unitBytes)
	if err != nil {
		return Amount{}, err
	}
	return product(bytes, rateNanoPerUnit, factor)
}

// product is bytes x rate x factor in atoms.
func product(bytes uint64, rate int64, factor uint64) (Amount, error) {
	hi, lo := bits.Mul64(bytes, magnitude64(rate))
	carry, low := bits.Mul64(lo, factor)
	top, mid := bits.Mul64(hi, factor)
	mid, overflow := bits.Add64(mid, carry, 0)
	if top+overflow != 0 || mid>>63 != 0 {
		return Amount{}, fmt.Errorf("%d bytes at %d nano-units per unit: %w", bytes, rate, ErrOverflow)
	}
	return signed(rate < 0, mid, low), nil
}
