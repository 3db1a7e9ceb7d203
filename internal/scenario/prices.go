package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// priceChange is a row of the price book that costs something else from a minute on.
type priceChange struct {
	from     model.Minute
	row      string
	rateNano int64
}

// readPrice reads ROW RATE of a line "TIME price ROW RATE", the rate in currency
// units per the row's unit.
func (sc *Scenario) readPrice(at time.Time, words []string) error {
	const nano = 1_000_000_000
	rate, ok := new(big.Rat).SetString(words[1])
	if ok {
		rate.Mul(rate, big.NewRat(nano, 1))
	}
	if !ok || !rate.IsInt() || !rate.Num().IsInt64() || rate.Sign() < 0 {
		return fmt.Errorf("price %q: want an amount such as 0.015, with at most nine decimals", words[1])
	}
	sc.prices = append(sc.prices, priceChange{model.MinuteOf(at), words[0], rate.Num().Int64()})
	return nil
}

// LoadBook is the price book that the scenario names, with its changes of price.
func (sc *Scenario) LoadBook() (*pricing.Book, error) {
	book, err := pricebooks.Load(sc.Book)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sc.File, err)
	}
	if len(sc.prices) == 0 {
		return book, nil
	}
	changed := *book
	changed.Rows = slices.Clone(book.Rows)
	for _, change := range sc.prices {
		if err := change.apply(&changed); err != nil {
			return nil, fmt.Errorf("%s: %w", sc.File, err)
		}
	}
	if book, err = pricing.NewBook(changed); err != nil {
		return nil, fmt.Errorf("%s: %w", sc.File, err)
	}
	return book, nil
}

// apply ends a row and lets another begin in its place.
func (c priceChange) apply(book *pricing.Book) error {
	at := slices.IndexFunc(book.Rows, func(row pricing.Row) bool { return row.ID == c.row && row.Until == 0 })
	if at < 0 {
		return fmt.Errorf("price of %q: the book %s has no such row", c.row, book.Name)
	}
	later := book.Rows[at]
	later.ID, later.From = c.row+"@"+c.from.Start().Format("15:04"), c.from
	later.Tiers = []pricing.Tier{{RateNano: c.rateNano}}
	book.Rows[at].Until = c.from
	book.Rows = append(book.Rows, later)
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%d", book.Digest, later.ID, c.rateNano))
	book.Digest = hex.EncodeToString(sum[:])
	return nil
}
