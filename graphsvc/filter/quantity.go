package filter

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// unit is a factor with its name.
type unit struct {
	name   string
	factor uint64
}

// Units, the largest first. A byte unit without an i is a power of 1000, as
// clouds bill most; with it one of 1024.
var (
	byteUnits = []unit{
		{"PB", 1e15}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3},
		{"PiB", 1 << 50}, {"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1},
	}
	timeUnits = []unit{{"s", 1e6}, {"ms", 1e3}, {"us", 1}}
)

// unitsOf are the units of a type, none where it has none.
func unitsOf(t Type) []unit {
	switch t {
	case Bytes:
		return byteUnits
	case Duration:
		return timeUnits
	default:
		return nil
	}
}

// parseQuantity reads a number with a unit. Without one it is a number of the
// smallest unit. What is no whole number of that is refused.
func parseQuantity(text string, units []unit) (number uint64, problem string) {
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZµ")
	name := strings.Replace(text[len(digits):], "µ", "u", 1)
	factor := uint64(1)
	if name != "" {
		at := slices.IndexFunc(units, func(u unit) bool { return strings.EqualFold(u.name, name) })
		if at < 0 {
			return 0, "the unit " + strconv.Quote(name) + " is not known"
		}
		factor = units[at].factor
	}
	return scaled(digits, factor)
}

// maxDigits bounds how long a number may be written: more are beyond 64 bits.
const maxDigits = 40

func scaled(digits string, factor uint64) (uint64, string) {
	if digits == "" || len(digits) > maxDigits || strings.Trim(digits, "0123456789.") != "" || strings.Count(digits, ".") > 1 || digits == "." {
		return 0, strconv.Quote(digits) + " is no number"
	}
	exact, ok := new(big.Rat).SetString(digits)
	if !ok {
		return 0, strconv.Quote(digits) + " is no number"
	}
	exact.Mul(exact, new(big.Rat).SetInt(new(big.Int).SetUint64(factor)))
	if !exact.IsInt() {
		return 0, "it is no whole number"
	}
	if !exact.Num().IsUint64() {
		return 0, "it is more than 64 bits hold"
	}
	return exact.Num().Uint64(), ""
}

// printQuantity is the shortest way to write a number with a unit; of equally
// short ones that with the largest unit.
func printQuantity(number uint64, units []unit) string {
	shortest := ""
	for _, u := range units {
		if number%u.factor != 0 {
			continue
		}
		if text := strconv.FormatUint(number/u.factor, 10) + u.name; shortest == "" || len(text) < len(shortest) {
			shortest = text
		}
	}
	return shortest
}
