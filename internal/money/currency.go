package money

import "fmt"

// Currency is an ISO 4217 code, such as "USD".
type Currency string

// USD is the currency of most price lists.
const USD Currency = "USD"

// Money is an amount with its currency. Amounts of different currencies never
// meet: adding them is an error, and there is no conversion.
type Money struct {
	Amount   Amount
	Currency Currency
}

// Add returns m+n, or an error where the currencies differ or the sum does not
// fit.
func (m Money) Add(n Money) (Money, error) {
	if m.Currency != n.Currency {
		return Money{}, fmt.Errorf("cannot add %s to %s: amounts of different currencies are kept apart", n.Currency, m.Currency)
	}
	sum, err := m.Amount.Add(n.Amount)
	return Money{sum, m.Currency}, err
}

// String is the exact decimal and the currency, for example "0.09 USD".
func (m Money) String() string { return m.Amount.Decimal() + " " + string(m.Currency) }
