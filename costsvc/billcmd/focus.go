package billcmd

import (
	"context"
	"io"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
)

// FocusOptions of ExportFocus.
type FocusOptions struct {
	// Transfers is the path of what was counted, as for Reconcile.
	Transfers string
	// Book is a price book by name or file, "BOOK+OVERLAY" with terms; "" is the
	// default.
	Book string
	// Hourly makes a row for each hour instead of each day.
	Hourly bool
}

// ExportFocus prices what was counted with the month's meters and writes the
// charge lines as FOCUS 1.2, CSV. It returns how many rows were written, and what
// had no sourced price and is in none.
func ExportFocus(ctx context.Context, options FocusOptions, out io.Writer) (rows int, unpriced bill.Sum, err error) {
	name := options.Book
	if name == "" {
		name = pricebooks.Default
	}
	book, err := pricebooks.Load(name)
	if err != nil {
		return 0, bill.Sum{}, err
	}
	period := bill.Daily
	if options.Hourly {
		period = bill.Hourly
	}
	lines := bill.NewFocusRows(book, period)
	err = eachMinute(ctx, options.Transfers, book, "", func(s *pricing.Statement) error { return lines.Add(s) })
	if err != nil {
		return 0, bill.Sum{}, err
	}
	rows, err = lines.Write(out)
	return rows, lines.Unpriced, err
}
