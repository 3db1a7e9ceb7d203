package pricing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// Overlay is what one customer's terms change in a price book.
// docs/formats/overlay.md describes its file.
type Overlay struct {
	// Name becomes a source of the prices that it changes.
	Name string
	// Digest is the SHA-256 of the file, in hexadecimal.
	Digest    string
	Switches  Switches
	Payers    map[string]string
	Discounts []Discount
	Rates     []PrivateRate
	Networks  []Network
}

// Discount takes a share off list prices.
type Discount struct {
	Name string
	// PerMillion of the price are taken off: 95,000 is 9.5 %.
	PerMillion int64
	// Fees and Regions bound what it is taken off; empty is everything.
	Fees    []transferclass.Fee
	Regions []string
	// From and Until bound when; zero is open.
	From, Until model.Minute
	// Line is the line of the overlay's file, for errors.
	Line int
}

// PrivateRate replaces the price of a row, or fills a gap in the book.
type PrivateRate struct {
	Name string
	// Row is the id of the book's row, or fee/region or fee/region/to of a gap.
	Row         string
	Tiers       []Tier
	From, Until model.Minute
	Line        int
}

// OverlayError says what is wrong with an overlay, and where.
type OverlayError struct {
	// Line is the line of the overlay's file.
	Line    int
	Problem string
}

// Error names the line.
func (e *OverlayError) Error() string { return fmt.Sprintf("overlay, line %d: %s", e.Line, e.Problem) }

// Apply returns the book under the overlay's terms; the book itself stays as it
// is. Private rates replace list prices; discounts are taken off what then is
// not a private rate, one after the other where several hold. Version and digest
// tell the result from the book. Errors are *OverlayError.
func (b *Book) Apply(o *Overlay) (*Book, error) {
	terms := *b
	terms.Rows, terms.Sources = slices.Clone(b.Rows), slices.Clone(b.Sources)
	terms.Sources = append(terms.Sources, Source{ID: o.Name, What: "overlay " + o.Name, AsOf: b.Version})
	for i := range o.Rates {
		if err := terms.setRate(o, &o.Rates[i]); err != nil {
			return nil, err
		}
	}
	for i := range o.Discounts {
		if err := terms.discount(o, &o.Discounts[i]); err != nil {
			return nil, err
		}
	}
	terms.Switches, terms.Networks = o.Switches, slices.Clone(o.Networks)
	terms.Payers = maps.Clone(o.Payers)
	terms.Version += "+" + o.Name
	terms.Digest = chain(b.Digest, "overlay", o.Digest)
	return NewBook(terms)
}

// setRate replaces the tiers of the row's pieces that lie in the rate's time.
func (b *Book) setRate(o *Overlay, rate *PrivateRate) error {
	known, changed := false, false
	for at := 0; at < len(b.Rows); at++ { // change appends pieces that lie beyond the rate's time
		if baseID(b.Rows[at].ID) != rate.Row {
			continue
		}
		known = true
		done, err := b.change(at, rate.From, rate.Until, rate.Line, func(row *Row) error {
			if row.private {
				return &OverlayError{rate.Line, fmt.Sprintf("price row %q has another private rate in that time", row.ID)}
			}
			row.Tiers, row.Partial = scaled(rate.Tiers, row.UnitBytes), false
			row.Source, row.AsOf, row.Note = o.Name, b.Version, rate.Name
			row.private = true
			return nil
		})
		if err != nil {
			return err
		}
		changed = changed || done
	}
	switch {
	case !known:
		row, err := rate.newRow()
		if err != nil {
			return err
		}
		row.Source, row.AsOf, row.Note = o.Name, b.Version, rate.Name
		row.private = true
		b.Rows = append(b.Rows, row)
	case !changed:
		return &OverlayError{rate.Line, fmt.Sprintf("price row %q does not hold in the rate's time", rate.Row)}
	}
	return nil
}

// baseID is a row's id without the switch that it depends on, and without the
// date that change gives to a later piece.
func baseID(id string) string {
	base, _, _ := strings.Cut(id, "@")
	base, _, _ = strings.Cut(base, "?")
	return base
}

// newRow is the row for a price that the book does not have.
func (rate *PrivateRate) newRow() (Row, error) {
	parts := append(strings.SplitN(rate.Row, "/", 3), "", "")
	fee, ok := transferclass.ParseFee(parts[0])
	if !ok || parts[1] == "" || isAllowance(fee) {
		return Row{}, &OverlayError{rate.Line, fmt.Sprintf("row %q: the book has no such row, and it is not fee/region or fee/region/to of a new one", rate.Row)}
	}
	row := Row{ID: rate.Row, Fee: fee, Region: parts[1], To: parts[2], UnitBytes: 1 << 30, From: rate.From, Until: rate.Until}
	if isHourly(fee) {
		row.UnitBytes = 0
	}
	row.Tiers = scaled(rate.Tiers, row.UnitBytes)
	return row, nil
}

// scaled turns tier borders from units into bytes.
func scaled(tiers []Tier, unitBytes uint64) []Tier {
	scaled := slices.Clone(tiers)
	for i := range scaled {
		scaled[i].FromBytes *= max(unitBytes, 1)
		scaled[i].ToBytes *= max(unitBytes, 1)
	}
	return scaled
}

// discount takes it off every row that it covers.
func (b *Book) discount(o *Overlay, d *Discount) error {
	covered := 0
	for at := 0; at < len(b.Rows); at++ { // change appends pieces that lie beyond the discount's time
		row := &b.Rows[at]
		if isAllowance(row.Fee) || row.private ||
			len(d.Fees) > 0 && !slices.Contains(d.Fees, row.Fee) || len(d.Regions) > 0 && !slices.Contains(d.Regions, row.Region) {
			continue
		}
		covered++
		if _, err := b.change(at, d.From, d.Until, d.Line, func(row *Row) error { return d.takeOff(o, row) }); err != nil {
			return err
		}
	}
	if covered == 0 {
		return &OverlayError{d.Line, fmt.Sprintf("discount %q covers no price of book %s", d.Name, b.Name)}
	}
	return nil
}

const million = 1_000_000

func (d *Discount) takeOff(o *Overlay, row *Row) error {
	row.Tiers = slices.Clone(row.Tiers)
	for i := range row.Tiers {
		rate := row.Tiers[i].RateNano
		whole, rest := rate/million, rate%million
		part := rest * (million - d.PerMillion)
		if part%million != 0 {
			return &OverlayError{d.Line, fmt.Sprintf("discount %q leaves a fraction of a nano-unit of price row %q: give the discounted price as a rate", d.Name, row.ID)}
		}
		row.Tiers[i].RateNano = whole*(million-d.PerMillion) + part/million
	}
	row.Source += "; " + o.Name
	row.Note = strings.TrimPrefix(row.Note+"; "+d.Name, "; ")
	return nil
}

// change applies alter to the part of a row's time between from and until, and
// reports whether there is one. What lies before or after stays a row of its
// own, with the date in its id.
func (b *Book) change(at int, from, until model.Minute, line int, alter func(*Row) error) (bool, error) {
	row := b.Rows[at]
	if until != 0 && until <= from {
		return false, &OverlayError{line, "it ends before it begins"}
	}
	if row.Until != 0 && from >= row.Until || until != 0 && until <= row.From {
		return false, nil
	}
	inside := row
	if from > row.From {
		before := row
		before.Until, inside.From = from, from
		inside.ID = datedID(row.ID, from)
		b.Rows = append(b.Rows, before)
	}
	if until != 0 && (row.Until == 0 || until < row.Until) {
		after := row
		after.From, inside.Until = until, until
		after.ID = datedID(row.ID, until)
		b.Rows = append(b.Rows, after)
	}
	if err := alter(&inside); err != nil {
		return false, err
	}
	b.Rows[at] = inside
	return true, nil
}

func datedID(id string, from model.Minute) string {
	base, _, _ := strings.Cut(id, "@")
	return base + "@" + from.Start().Format(time.DateOnly)
}
