package bill

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// bytesPerGB is what AWS calls a GB.
const bytesPerGB = 1 << 30

// number is what bills write: digits, a point, an exponent. The bounds keep its
// exact value small.
var number = regexp.MustCompile(`^-?[0-9]{1,30}(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,2})?$`)

func rational(text string) (*big.Rat, error) {
	if !number.MatchString(text) {
		return nil, fmt.Errorf("%q: want a decimal number", text)
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q: want a decimal number", text)
	}
	return n, nil
}

// bytesOf reads an amount in units as bytes, rounded to the next whole byte: ten
// decimal places of GB, which bills have, are finer than a byte.
func bytesOf(text string, unitBytes uint64) (uint64, error) {
	if n, ok := plain(text); ok {
		if bytes, ok := n.bytes(unitBytes); ok {
			return bytes, nil
		}
	}
	return exactBytes(text, unitBytes)
}

func exactBytes(text string, unitBytes uint64) (uint64, error) {
	n, err := rational(text)
	if err != nil {
		return 0, err
	}
	whole := rounded(n.Mul(n, new(big.Rat).SetInt(new(big.Int).SetUint64(unitBytes))))
	if !whole.IsUint64() {
		return 0, fmt.Errorf("%q: want 0 to 2^64 bytes", text)
	}
	return whole.Uint64(), nil
}

// atomsPerUnit is one currency unit in atoms.
var atomsPerUnit = new(big.Rat).SetInt(money.FromNano(1_000_000_000).BigInt())

// amountOf reads a cost in currency units. What is finer than an atom (10^-27
// units) is rounded.
func amountOf(text string) (money.Amount, error) {
	if n, ok := plain(text); ok {
		if amount, ok := n.amount(); ok {
			return amount, nil
		}
	}
	return exactAmount(text)
}

func exactAmount(text string) (money.Amount, error) {
	n, err := rational(text)
	if err != nil {
		return money.Amount{}, err
	}
	return money.FromBigInt(rounded(n.Mul(n, atomsPerUnit)))
}

// rounded is n as a whole number, half away from zero.
func rounded(n *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(n.Denom(), 1)
	up := new(big.Int).Lsh(new(big.Int).Abs(n.Num()), 1)
	whole := up.Add(up, n.Denom()).Quo(up, twice)
	if n.Sign() < 0 {
		whole.Neg(whole)
	}
	return whole
}

var startLayouts = []string{
	time.RFC3339, "2006-01-02 15:04:05", time.DateOnly, "2006-01-02T15:04:05", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05Z07:00",
}

// startOf reads a row's start in UTC. monthFirst allows 11/30/2026 too.
func startOf(text string, monthFirst bool) (model.Minute, error) {
	for _, layout := range startLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return model.MinuteOf(at), nil
		}
	}
	if at, err := time.Parse("01/02/2006", text); err == nil && monthFirst {
		return model.MinuteOf(at), nil
	}
	return 0, fmt.Errorf("%q: want a time such as 2026-11-10T00:00:00Z", text)
}

const minutesPerDay = 24 * 60

func dayOfMinute(minute model.Minute) model.Minute { return minute - minute%minutesPerDay }

// percent writes millionths as a percentage.
func percent(perMillion int64) string {
	sign := ""
	if perMillion < 0 {
		sign, perMillion = "-", -perMillion
	}
	text := strconv.FormatInt(perMillion%10_000, 10)
	for len(text) < 4 {
		text = "0" + text
	}
	return sign + strconv.FormatInt(perMillion/10_000, 10) + "." + text
}
