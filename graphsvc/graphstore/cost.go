package graphstore

import (
	"fmt"
	"math/big"

	"github.com/egressor/egressor/internal/money"
)

// restPart is the divisor in transfers.cypher that splits the rest of a cost
// for summing: a rest is below 2^51, so each part is below 2^26 and 2^37 rows
// add up without overflow.
const restPart = 1 << 26

var (
	atomsPerNano = big.NewInt(money.AtomsPerNano)
	bigRestPart  = big.NewInt(restPart)
)

// splitCost writes an amount as nano x AtomsPerNano + rest atoms, with
// 0 <= rest < AtomsPerNano: two integers that Neo4j can hold and add.
func splitCost(a money.Amount) (nano, rest int64, err error) {
	quotient, remainder := new(big.Int).DivMod(a.BigInt(), atomsPerNano, new(big.Int))
	if !quotient.IsInt64() {
		return 0, 0, fmt.Errorf("cost %s does not fit 64 bits of nano units: %w", a.Decimal(), money.ErrOverflow)
	}
	return quotient.Int64(), remainder.Int64(), nil
}

// joinCost is the inverse for sums: nano units, the rest's part above 2^26 and
// the part below.
func joinCost(nano, restHigh, restLow int64) (money.Amount, error) {
	atoms := new(big.Int).Mul(big.NewInt(nano), atomsPerNano)
	high := new(big.Int).Mul(big.NewInt(restHigh), bigRestPart)
	return money.FromBigInt(atoms.Add(atoms, high).Add(atoms, big.NewInt(restLow)))
}
