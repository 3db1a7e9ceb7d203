package flowstore

import (
	"math/big"

	"github.com/egressor/egressor/internal/money"
)

// perByte parts an amount into so many atoms for each byte and the rest. An
// edge's rate is the same for as long as its price is, so that both compress to
// nothing, where the amount itself is as long as the bytes.
func perByte(amount money.Amount, bytes uint64) (each, rest *big.Int) {
	atoms := amount.BigInt()
	if bytes == 0 {
		return new(big.Int), atoms
	}
	return new(big.Int).QuoRem(atoms, new(big.Int).SetUint64(bytes), new(big.Int))
}

// checkRest is what is kept of the other end's count: how it differs, where it
// is known.
func checkRest(check, wire uint64, checked bool) int64 {
	if checked {
		return int64(check - wire)
	}
	return int64(check)
}
