package scenario

import (
	"fmt"
	"math/big"
	"strings"
)

// byteUnits in the order in which suffixes are tried: longer ones first.
var byteUnits = []struct {
	suffix string
	bytes  int64
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40},
	{"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1},
}

// parseBytes reads a size with its unit: "1.5GiB", "20MB", "512B", "0".
func parseBytes(text string) (uint64, error) {
	if text == "0" {
		return 0, nil
	}
	for _, unit := range byteUnits {
		number, ok := strings.CutSuffix(text, unit.suffix)
		if !ok {
			continue
		}
		value, ok := new(big.Rat).SetString(number)
		if !ok || strings.ContainsAny(number, "/eExXpP_-+") {
			break
		}
		value.Mul(value, new(big.Rat).SetInt64(unit.bytes))
		if !value.IsInt() || !value.Num().IsUint64() {
			return 0, fmt.Errorf("size %q is not a whole number of bytes below 2^64", text)
		}
		return value.Num().Uint64(), nil
	}
	return 0, fmt.Errorf("size %q: want a number and a unit without a space, such as 512B, 20MiB or 1.5GiB (KiB MiB GiB TiB are powers of 1024, kB MB GB TB of 1000)", text)
}

// humanBytes writes a size in the largest binary unit that it fills, with at
// most two decimals, for people: "1.5 GiB".
func humanBytes(bytes uint64) string {
	names := []string{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	unit := 0
	for unit+1 < len(names) && bytes>>(10*(unit+1)) > 0 {
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", bytes)
	}
	value := new(big.Rat).SetFrac(new(big.Int).SetUint64(bytes), new(big.Int).Lsh(big.NewInt(1), uint(10*unit)))
	text := strings.TrimRight(strings.TrimRight(value.FloatString(2), "0"), ".")
	return text + " " + names[unit]
}
