package minute

import (
	"fmt"
	"slices"
	"sync"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/internal/model"
)

// Terms are by what a minute is priced.
type Terms struct {
	Book *pricing.Book
	Mode pricing.Mode
	// Meters are the bytes of each pool in the minutes of the month before this
	// one; only marginal mode looks at them.
	Meters pricing.Meters
}

// ListPrices prices every byte at the first paid tier, without meters.
func ListPrices(book *pricing.Book) Terms { return Terms{Book: book, Mode: pricing.List} }

// price prices a minute's edges. A minute that the book does not cover has the
// gaps of an empty one.
func (t Terms) price(minute model.Minute, edges []model.EdgeMinute) (pricing.Statement, error) {
	book := t.Book
	if !book.Covers(minute) {
		book = book.Empty()
	}
	statement, _, err := pricing.Price(book, t.Mode, edges, t.Meters)
	statement.Minute = minute
	return statement, err
}

// Reprice prices the stored edges of a version by other terms. What was folded
// from what stays as it was: the result differs from the version in prices and
// in nothing else, and fails where the edges do not add up to the version's.
func Reprice(version model.GraphVersion, edges []model.EdgeMinute, terms Terms) (Computed, error) {
	folded, err := fold.Merge(fold.Result{Minute: version.From, Edges: edges}, fold.Result{Minute: version.From})
	if err != nil {
		return Computed{}, err
	}
	if folded.Totals.Sent != version.Totals.Sent || folded.Totals.Edges != version.Totals.Edges {
		return Computed{}, fmt.Errorf("repricing version %d of %s: the stored edges are %d with %d bytes, the version has %d with %d: run `egressor verify` on the minute",
			version.Number, version.From, folded.Totals.Edges, folded.Totals.Sent.WireBytes, version.Totals.Edges, version.Totals.Sent.WireBytes)
	}
	computed := Computed{Minute: version.From, header: version}
	err = computed.settle(folded, terms)
	computed.header.Inputs = slices.Clone(version.Inputs)
	return computed, err
}

// settle prices what was folded and writes the part of the header that follows
// from it.
func (c *Computed) settle(folded fold.Result, terms Terms) error {
	var content model.Digest
	var digested sync.WaitGroup
	digested.Go(func() { content = fold.Digest(folded) })
	statement, err := terms.price(c.Minute, folded.Edges)
	digested.Wait()
	if err != nil {
		return fmt.Errorf("pricing %s: %w", c.Minute, err)
	}
	c.Statement = statement
	if c.Edges, c.IDs, err = priced(folded.Edges, statement.Lines); err != nil {
		return fmt.Errorf("pricing %s: %w", c.Minute, err)
	}
	h := &c.header
	h.Totals = folded.Totals
	h.Totals.Cost, h.Totals.UnpricedBytes = statement.Total, statement.UnpricedBytes
	h.PriceBook, h.PriceBookDigest = statement.Book+" "+statement.BookVersion, model.Digest(statement.BookDigest)
	h.Currency, h.PricingMode = string(statement.Currency), string(statement.Mode)
	h.ContentDigest = fold.Join(content, statementDigest(statement))
	return nil
}
