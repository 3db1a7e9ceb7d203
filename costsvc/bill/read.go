package bill

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Expect is what a bill must be to be compared with a price book.
type Expect struct {
	// Provider is whose bill it must be: aws, gcp or azure.
	Provider string
	// Currency is the one that all its rows must be in: nothing is converted.
	Currency money.Currency
}

// Reader reads a bill, which may be several files of one form and month.
type Reader struct {
	expect Expect
	bill   *Bill
	err    error
}

// NewReader returns a reader of bills that must be as expected.
func NewReader(expect Expect) *Reader {
	return &Reader{expect: expect, bill: &Bill{Currency: expect.Currency, items: make(map[itemKey]Sum)}}
}

// Add reads one table whole. The form is told by its columns. A missing column,
// a value that cannot be read, a unit other than bytes or GB, another currency,
// provider or month is a *RowError, and Bill returns no bill from then on.
func (r *Reader) Add(t Table) error {
	if r.err == nil {
		r.err = r.add(t)
	}
	return r.err
}

// Bill is what the tables hold together, or the error of the first that failed.
func (r *Reader) Bill() (*Bill, error) {
	switch {
	case r.err != nil:
		return nil, r.err
	case r.bill.form == nil:
		return nil, errors.New("no bill was read")
	default:
		return r.bill, nil
	}
}

// Read reads a bill of one table.
func Read(t Table, expect Expect) (*Bill, error) {
	reader := NewReader(expect)
	_ = reader.Add(t) // Bill returns it
	return reader.Bill()
}

func (r *Reader) add(t Table) error {
	head, err := newHeader(t.Columns())
	if err != nil {
		return err
	}
	found, err := formOf(&head, r.expect.Provider)
	switch {
	case err != nil:
		return err
	case r.bill.form != nil && r.bill.form != found:
		return &RowError{Row: 1, Problem: fmt.Sprintf("it is of the form %s, and the files before it are of %s", found.name, r.bill.form.name)}
	}
	r.bill.form = found
	for {
		row, fields, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.bill.readRow(&record{&head, row, fields}); err != nil {
			return err
		}
	}
}

// readRow puts one row where it belongs.
func (b *Bill) readRow(r *record) error {
	f := b.form
	if got := r.text(f.currency); got != string(b.Currency) {
		return r.fault(f.currency, fmt.Errorf("%q: the prices are in %s, and currencies are never converted", got, b.Currency))
	}
	if err := f.issuedBy(r); err != nil {
		return err
	}
	sum := Sum{Rows: 1}
	var err error
	if sum.Cost, err = amountOf(r.text(f.cost)); err != nil {
		return r.fault(f.cost, err)
	}
	start, err := startOf(r.text(f.start), f.monthFirst)
	if err != nil {
		return r.fault(f.start, err)
	}
	meter := f.meterOf(r)
	item := itemKey{
		Key:  Key{Account: r.text(f.account), Day: dayOfMinute(start), Region: meter.region, Code: meter.code, Operation: meter.operation},
		Kind: f.kindOf(r.text(f.rowType)), Label: r.text(f.rowType), Product: r.text(f.product), Resource: r.text(f.resource),
	}
	if item.Kind == Other || meter.class != transferClass {
		return b.addOther(item.Kind, meter.class, sum, r)
	}
	if err := b.sameMonth(r, start); err != nil {
		return err
	}
	if item.Kind == Usage {
		if err := readBytes(r, f, &sum); err != nil {
			return err
		}
	}
	if err := b.addItem(item, sum); err != nil {
		return r.fault(f.cost, err)
	}
	return b.addCredits(r, item)
}

// readBytes reads what a usage row counts, and checks that it has an account.
func readBytes(r *record, f *form, sum *Sum) error {
	unit, err := unitBytes(r.text(f.unit))
	if err != nil {
		return r.fault(f.unit, err)
	}
	if sum.Bytes, err = bytesOf(r.text(f.amount), unit); err != nil {
		return r.fault(f.amount, err)
	}
	if r.text(f.account) == "" {
		return r.fault(f.account, errors.New("the account is missing"))
	}
	return nil
}

func (b *Bill) addItem(item itemKey, sum Sum) error {
	known := b.items[item]
	if err := known.add(sum); err != nil {
		return err
	}
	b.items[item] = known
	return nil
}

func (b *Bill) addOther(kind Kind, class class, sum Sum, r *record) error {
	into := &b.Skipped
	if kind != Other && class == standingClass {
		into = &b.Standing
	}
	if err := into.add(Sum{Cost: sum.Cost, Rows: 1}); err != nil {
		return r.fault(b.form.cost, err)
	}
	return nil
}

func (b *Bill) addCredits(r *record, item itemKey) error {
	if b.form.credits == nil {
		return nil
	}
	credits, err := b.form.credits(r)
	if err != nil {
		return err
	}
	for _, c := range credits {
		cost, err := amountOf(c.amount)
		if err != nil {
			return r.fault("credits", err)
		}
		item.Kind, item.Label = Discount, c.name
		if err := b.addItem(item, Sum{Cost: cost, Rows: 1}); err != nil {
			return r.fault("credits", err)
		}
	}
	return nil
}

// sameMonth holds all compared rows to one calendar month (UTC), or to one
// invoice where the form names it: tiers and allowances begin anew with it.
func (b *Bill) sameMonth(r *record, start model.Minute) error {
	column, month := b.form.start, start.Start().Format("2006-01")
	if invoice := r.text("invoice.month"); invoice != "" && b.form == &gcpForm {
		at, err := time.Parse("200601", invoice)
		if err != nil {
			return r.fault("invoice.month", fmt.Errorf("%q: want a month such as 202611", invoice))
		}
		column, month = "invoice.month", at.Format("2006-01")
	}
	switch b.Month {
	case "", month:
		b.Month = month
		return nil
	default:
		return r.fault(column, fmt.Errorf("the row is of %s and rows before it of %s: tiers begin anew each month, so reconcile one month at a time", month, b.Month))
	}
}
