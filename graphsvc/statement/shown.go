package statement

import (
	"strings"

	"github.com/egressor/egressor/internal/money"
)

const (
	cents = 2 // decimal places
	// significantDigits of a total below one currency unit are shown.
	significantDigits = 4
)

// Digits is how many decimal places a column with this total shows: cents from
// one unit up, below that as many as keep four digits of the total.
func Digits(total money.Amount) int {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(total.Decimal(), "-"), ".")
	if whole != "0" || strings.Trim(fraction, "0") == "" {
		return cents
	}
	zeros := len(fraction) - len(strings.TrimLeft(fraction, "0"))
	return max(cents, min(zeros+significantDigits, money.MaxDigits))
}

// Shown rounds a column so that what is shown adds up to the total that is
// shown (largest remainder): each amount, and last the total.
func Shown(amounts []money.Amount) (texts []string, total string, err error) {
	sum, err := money.Sum(amounts...)
	if err != nil {
		return nil, "", err
	}
	digits := Digits(sum)
	rounded, err := money.RoundShares(amounts, digits)
	if err != nil {
		return nil, "", err
	}
	texts = make([]string, len(rounded))
	for i, amount := range rounded {
		if texts[i], err = amount.Format(digits); err != nil {
			return nil, "", err
		}
	}
	total, err = sum.Format(digits)
	return texts, total, err
}
