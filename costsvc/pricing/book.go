package pricing

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// AnyRegion is the region of a row that holds wherever no closer row exists.
const AnyRegion = "*"

// Tier is one band of a month's bytes.
type Tier struct {
	// FromBytes and ToBytes bound the band, half open. ToBytes 0 is "no end".
	FromBytes, ToBytes uint64
	// RateNano is the price in nano-currency-units per unit.
	RateNano int64
}

// Row is one price with its origin.
type Row struct {
	// ID names the row within its book, for example "internet/us-east-1".
	ID  string
	Fee transferclass.Fee
	// Region is where the price holds: a region, a group of regions, or AnyRegion.
	Region string
	// To is the second place of a price between two, else "".
	To string
	// Code is the bill's usage type where it depends on the row; InCode that of
	// the receiving half.
	Code, InCode string
	// UnitBytes is how many bytes the rate is for; 0 for a price by the hour.
	UnitBytes uint64
	// Tiers follow on each other from byte 0. The tiers of an allowance end
	// where the allowance does.
	Tiers []Tier
	// Switch, such as "D10=decimal-tier-ends", is set on a row that holds only where
	// the disputed point is settled so; there it goes before a row without one.
	Switch string
	// Partial is true where the source knows the first tiers only: bytes beyond
	// the last one have no price.
	Partial bool
	// From and Until bound the minutes in which the price holds; zero is open.
	From, Until model.Minute
	// Source is the id of the source, AsOf the date that it carries.
	Source, AsOf, Note string
	// Line is the line of the book's file, for errors.
	Line int
	// private is true for a price that an overlay set.
	private bool
}

// Source is where figures come from.
type Source struct {
	ID, What, AsOf, Reliability string
}

// Book is one provider's price list. Make it with NewBook, which validates.
type Book struct {
	Name, Provider, Version string
	Currency                money.Currency
	// From and Until bound the minutes that it prices; zero ends are open.
	From, Until model.Minute
	// Regions are the regions that exist, priced or not; empty if not known.
	Regions []string
	// Groups maps a region to the groups whose rows hold for it too, the closest
	// first.
	Groups  map[string][]string
	Sources []Source
	Rows    []Row
	// Digest is the SHA-256 of the book's file, in hexadecimal. Of a book under
	// terms it is over the file's digest and the terms.
	Digest string
	// Switches settle the disputed points.
	Switches Switches
	// Payers maps an account to the one that pays its bill: accounts of one payer
	// share allowances and tiers. An absent account pays for itself.
	Payers map[string]string
	// Networks are the customer's own lines.
	Networks []Network

	index map[string]*placeRows
}

// placeRows are the rows of one region: those of the region alone by fee, and
// those between two places by fee and second place.
type placeRows struct {
	alone [transferclass.NumFees][]*Row
	pairs [transferclass.NumFees]map[string][]*Row
}

// NewBook checks the book whole and makes it ready to price. The error is a
// *BookError that names the line of the first row at fault.
func NewBook(book Book) (*Book, error) {
	if err := validate(&book); err != nil {
		return nil, err
	}
	book.makeIndex()
	return &book, nil
}

// makeIndex takes the rows that hold under the book's switches, those that
// depend on one first.
func (b *Book) makeIndex() {
	b.index = make(map[string]*placeRows)
	for _, dependent := range []bool{true, false} {
		for i := range b.Rows {
			if row := &b.Rows[i]; (row.Switch != "") == dependent && b.Switches.has(row.Switch) {
				b.insert(row)
			}
		}
	}
}

func (b *Book) insert(row *Row) {
	place := b.index[row.Region]
	if place == nil {
		place = new(placeRows)
		b.index[row.Region] = place
	}
	if row.To == "" {
		place.alone[row.Fee] = append(place.alone[row.Fee], row)
		return
	}
	if place.pairs[row.Fee] == nil {
		place.pairs[row.Fee] = make(map[string][]*Row)
	}
	place.pairs[row.Fee][row.To] = append(place.pairs[row.Fee][row.To], row)
}

// Lookup returns the row for a fee at a place and minute, or nil where the book
// has none: a gap stays a gap. The closest wins: the region, then its groups,
// then AnyRegion; of the second place the same.
func (b *Book) Lookup(fee transferclass.Fee, region, to string, at model.Minute) *Row {
	if row := b.lookup(region, fee, to, at); row != nil {
		return row
	}
	for _, group := range b.Groups[region] {
		if row := b.lookup(group, fee, to, at); row != nil {
			return row
		}
	}
	return b.lookup(AnyRegion, fee, to, at)
}

func (b *Book) lookup(place string, fee transferclass.Fee, to string, at model.Minute) *Row {
	rows := b.index[place]
	if row := rows.find(fee, to, at); row != nil || rows == nil || to == "" {
		return row
	}
	for _, group := range b.Groups[to] {
		if row := rows.find(fee, group, at); row != nil {
			return row
		}
	}
	return rows.find(fee, AnyRegion, at)
}

func (p *placeRows) find(fee transferclass.Fee, to string, at model.Minute) *Row {
	if p == nil {
		return nil
	}
	rows := p.alone[fee]
	if to != "" {
		rows = p.pairs[fee][to]
	}
	for _, row := range rows {
		if within(at, row.From, row.Until) {
			return row
		}
	}
	return nil
}

// Covers reports whether the book prices the minute.
func (b *Book) Covers(at model.Minute) bool { return within(at, b.From, b.Until) }

func within(at, from, until model.Minute) bool {
	return at >= from && (until == 0 || at < until)
}

// KnowsRegion reports whether the region exists. A book that lists no regions
// takes any.
func (b *Book) KnowsRegion(region string) bool {
	return len(b.Regions) == 0 || slices.Contains(b.Regions, region)
}

// PoolOf is the meter that the account's bytes at the row's price count in.
func (b *Book) PoolOf(account string, row *Row) Pool {
	if payer, ok := b.Payers[account]; ok {
		account = payer
	}
	if b.Switches.TiersOverRegions && b.Provider == "aws" && row.Fee == transferclass.FeeInternet {
		return Pool{Account: account, Fee: row.Fee, Region: AnyRegion}
	}
	return Pool{Account: account, Fee: row.Fee, Region: row.Region, To: row.To}
}

// WithSwitches is the book with the disputed points settled otherwise. Its
// digest is another one, unless all stand at their defaults.
func (b *Book) WithSwitches(s Switches) *Book {
	switched := *b
	switched.Switches = s
	switched.makeIndex()
	if text := s.String(); text != "" {
		switched.Digest = chain(b.Digest, "switches", text)
	}
	return &switched
}

// chain is SHA-256 over parts, one a line, in hexadecimal.
func chain(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// Empty is the book without its prices, for minutes that it does not cover:
// what the rules make free stays free, everything else is a gap. It keeps the
// book's name and digest, which decide together with the minute.
func (b *Book) Empty() *Book {
	empty := *b
	empty.From, empty.Until, empty.Rows, empty.index = 0, 0, nil, nil
	return &empty
}
