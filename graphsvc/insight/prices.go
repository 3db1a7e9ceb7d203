package insight

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// quote asks the price book what an edge would have cost in an earlier period,
// where that period was priced by the book at hand and at list prices; nil where
// not: what it cost is then not known.
func (w *Watcher) quote(before *diagnosis.Period, version model.GraphVersion) diagnosis.Quote {
	book := w.d.Book(before.To - 1)
	if before.Book != model.Digest(book.Digest) || version.PricingMode != string(pricing.List) || before.To <= before.From {
		return nil
	}
	minute := before.To - 1
	return func(key *model.EdgeKey, bytes uint64) (money.Amount, bool, error) {
		edge := model.EdgeMinute{Minute: minute, Key: *key, Sent: model.Counts{WireBytes: bytes}}
		statement, _, err := pricing.Price(book, pricing.List, []model.EdgeMinute{edge}, nil)
		if err != nil {
			return money.Amount{}, false, err
		}
		return statement.Total, statement.UnpricedBytes == 0, nil
	}
}

// priceChanges are the changes of price between two periods: another book, and
// rows of the book at hand that begin to hold from a minute on.
func (w *Watcher) priceChanges(before, after *diagnosis.Period, from model.Minute, version model.GraphVersion) []diagnosis.Change {
	if before.Book != after.Book {
		return []diagnosis.Change{{Kind: diagnosis.ChangePriceBook, At: after.From.Start(), Subject: version.PriceBook, Detail: "another price book: " + version.PriceBook}}
	}
	book := w.d.Book(after.To - 1)
	if after.Book != model.Digest(book.Digest) {
		return nil
	}
	var changes []diagnosis.Change
	for i := range book.Rows {
		row := &book.Rows[i]
		if row.From < from || row.From >= after.To || row.From == 0 {
			continue
		}
		changes = append(changes, diagnosis.Change{
			Kind: diagnosis.ChangePriceBook, At: row.From.Start(), Subject: row.ID,
			Detail: fmt.Sprintf("price %s of %s holds from %s on", row.ID, version.PriceBook, row.From),
		})
	}
	return changes
}
