package graphstore

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"

	"github.com/egressor/egressor/internal/money"
)

// nanoOf is an amount in 10^-9 currency units, rounded down, as Neo4j can hold
// and add it: for ranking. Exact amounts are in the pieces.
func nanoOf(a money.Amount) (int64, error) {
	if high, low := a.Words(); high >= 0 && high < money.AtomsPerNano {
		if nano, _ := bits.Div64(uint64(high), low, money.AtomsPerNano); nano <= math.MaxInt64 {
			return int64(nano), nil
		}
	}
	nano := new(big.Int).Div(a.BigInt(), big.NewInt(money.AtomsPerNano)) // Euclidean: down, for this divisor
	if !nano.IsInt64() {
		return 0, fmt.Errorf("cost %s does not fit 64 bits of nano units: %w", a.Decimal(), money.ErrOverflow)
	}
	return nano.Int64(), nil
}
