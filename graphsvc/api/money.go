package api

import (
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/internal/money"
)

const (
	// significantDigits of an amount below one currency unit are shown.
	significantDigits = 4
	cents             = 2 // decimal places
)

func moneyOf(amount money.Amount, currency string) *gqlmodel.Money {
	nano, ok := amount.Nano()
	if !ok {
		nano = int64(amount.Sign()) * (1<<63 - 1) // beyond 9.2e9 units: for sorting only, the exact amount stands beside it
	}
	return &gqlmodel.Money{
		Amount: amount.Decimal(), Currency: currency,
		Display: display(amount, currency), Nano: scalar.Bytes(nano),
	}
}

// display rounds for people: cents from one unit up, four significant digits
// below, without idle zeros beyond the cents.
func display(amount money.Amount, currency string) string {
	text, err := amount.Format(shownDigits(amount.Decimal()))
	if err != nil {
		text = amount.Decimal()
	}
	text = withoutIdleZeros(text)
	if strings.Trim(text, "-0.") == "" && !amount.IsZero() {
		text = amount.Decimal() // too small for the rounding: never shown as nothing
	}
	if currency == string(money.USD) {
		if rest, negative := strings.CutPrefix(text, "-"); negative {
			return "-$" + rest
		}
		return "$" + text
	}
	return text + " " + currency
}

// shownDigits is how many decimal places keep four significant digits.
func shownDigits(decimal string) int {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	if whole != "0" || strings.Trim(fraction, "0") == "" {
		return cents
	}
	zeros := len(fraction) - len(strings.TrimLeft(fraction, "0"))
	return min(zeros+significantDigits, money.MaxDigits)
}

// withoutIdleZeros drops the zeros behind the cents that say nothing.
func withoutIdleZeros(text string) string {
	whole, fraction, hasPoint := strings.Cut(text, ".")
	if !hasPoint || len(fraction) <= cents {
		return text
	}
	return whole + "." + fraction[:cents] + strings.TrimRight(fraction[cents:], "0")
}
