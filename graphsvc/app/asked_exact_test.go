package app

import (
	"math/big"
	"strings"

	"github.com/egressor/egressor/internal/money"
)

func rational(amount money.Amount) *big.Rat {
	number, _ := new(big.Rat).SetString(amount.Decimal())
	return number
}

func plain(number *big.Rat) string {
	const places = 18
	text := number.FloatString(places)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

func ratio(a, b money.Amount) string { return plain(new(big.Rat).Quo(rational(a), rational(b))) }

func scaled(a money.Amount, by int64) string {
	return plain(new(big.Rat).Mul(rational(a), big.NewRat(by, 1)))
}

func divided(a money.Amount, by int64) string {
	return plain(new(big.Rat).Quo(rational(a), big.NewRat(by, 1)))
}

func containsFlows(result string) bool { return strings.Contains(result, `"flows"`) }
