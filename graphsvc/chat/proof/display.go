package proof

import (
	"fmt"
	"math/big"
	"strings"
)

var binaryUnits = []string{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"}

// displayed writes a quantity for people: bytes in binary units, money to cents
// or four significant digits, durations in the largest unit that fits.
func displayed(q quantity) string {
	switch q.dim.plain() {
	case count:
		return rounded(q.number, 2)
	case ofBytes:
		return inBytes(q.number)
	case perTime:
		return inBytes(q.number) + "/s"
	case ofTime:
		return inTime(q.number)
	case dimension{money: 1}:
		return inMoney(q.number, q.dim.currency)
	case dimension{money: 1, bytes: -1}:
		return inMoney(new(big.Rat).Mul(q.number, big.NewRat(1<<30, 1)), q.dim.currency) + " per GiB"
	default:
		return rounded(q.number, 2) + " " + q.dim.words()
	}
}

func inBytes(number *big.Rat) string {
	size := new(big.Rat).Abs(number)
	scale, unit := big.NewRat(1, 1), 0
	for unit+1 < len(binaryUnits) {
		next := new(big.Rat).Mul(scale, big.NewRat(1024, 1))
		if size.Cmp(next) < 0 {
			break
		}
		scale, unit = next, unit+1
	}
	if unit == 0 {
		return rounded(number, 0) + " bytes"
	}
	return new(big.Rat).Quo(number, scale).FloatString(2) + " " + binaryUnits[unit]
}

func inTime(number *big.Rat) string {
	size := new(big.Rat).Abs(number)
	for _, unit := range []struct {
		name    string
		seconds int64
	}{{"d", 86400}, {"h", 3600}, {"min", 60}} {
		length := big.NewRat(unit.seconds, 1)
		if whole := new(big.Rat).Quo(number, length); size.Cmp(length) >= 0 && whole.IsInt() {
			return whole.FloatString(0) + " " + unit.name
		}
	}
	return rounded(number, 3) + " s"
}

// inMoney rounds to cents from one unit up, to four significant digits below.
func inMoney(number *big.Rat, currency string) string {
	places := 2
	const significant, most = 4, 18
	if size := new(big.Rat).Abs(number); size.Sign() > 0 && size.Cmp(big.NewRat(1, 1)) < 0 {
		text := size.FloatString(most)
		fraction := text[strings.Index(text, ".")+1:]
		places = min(most, len(fraction)-len(strings.TrimLeft(fraction, "0"))+significant)
	}
	text := number.FloatString(places)
	for places > 2 && strings.HasSuffix(text, "0") {
		text, places = text[:len(text)-1], places-1
	}
	if currency != "USD" {
		return text + " " + currency
	}
	if rest, negative := strings.CutPrefix(text, "-"); negative {
		return "-$" + rest
	}
	return "$" + text
}

// rounded writes at most so many decimal places and no idle zeros.
func rounded(number *big.Rat, places int) string {
	text := number.FloatString(places)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// percent writes a ratio in per cent with one decimal place.
func percent(number *big.Rat) string {
	return fmt.Sprintf("%s %%", rounded(new(big.Rat).Mul(number, big.NewRat(100, 1)), 1))
}
