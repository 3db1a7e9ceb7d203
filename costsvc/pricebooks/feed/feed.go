// Package feed is what the providers' price feeds have in common: prices that are
// put into a book in place of its own.
package feed

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

// Feed is what one file says of prices that books have.
type Feed struct {
	// Provider is whose prices they are. All are in USD.
	Provider string
	// Offer names the file's part of the price list, What says it in words.
	Offer, What string
	// Published is the date that the file carries.
	Published time.Time
	// Rows are the prices, sorted by id, without source.
	Rows []pricing.Row
}

// GiB is what providers call a GB or GiB.
const GiB = 1 << 30

// Nano reads a decimal price exactly as nano-units. Exponents, which some feeds
// write, are understood.
func Nano(text string) (int64, error) {
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(text), "e")
	shift := 0
	if scaled {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil || shift < -12 || shift > 3 {
			return 0, fmt.Errorf("price %q: want a decimal number", text)
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	zeros := 9 + shift - len(fraction)
	for zeros < 0 && strings.HasSuffix(digits, "0") {
		digits, zeros = digits[:len(digits)-1], zeros+1
	}
	if zeros < 0 {
		return 0, fmt.Errorf("price %q is finer than a nano-unit", text)
	}
	n, err := strconv.ParseInt(digits+strings.Repeat("0", zeros), 10, 64)
	if err != nil || n < 0 || whole == "" || strings.ContainsAny(digits, "+-") {
		return 0, fmt.Errorf("price %q: want a decimal number", text)
	}
	return n, nil
}

// Start is a tier that is told by its beginning alone.
type Start struct {
	FromUnits uint64
	RateNano  int64
}

// Rows collects tiers by what they price, each from its beginning to the next.
type Rows struct {
	rows   map[string]pricing.Row
	starts map[string]map[uint64]int64
	first  map[string]string // who said so first
}

// NewRows returns no rows.
func NewRows() *Rows {
	return &Rows{make(map[string]pricing.Row), make(map[string]map[uint64]int64), make(map[string]string)}
}

// Add adds a tier of the row for a fee and places. unitBytes is 0 for a price by
// the hour. who names the item, for the error where another prices the same tier
// otherwise.
func (r *Rows) Add(fee transferclass.Fee, region, to string, unitBytes uint64, start Start, who string) error {
	id := strings.TrimSuffix(fee.String()+"/"+region+"/"+to, "/")
	if _, known := r.rows[id]; !known {
		r.rows[id] = pricing.Row{ID: id, Fee: fee, Region: region, To: to, UnitBytes: unitBytes}
		r.starts[id], r.first[id] = make(map[uint64]int64), who
	}
	if rate, known := r.starts[id][start.FromUnits]; known && rate != start.RateNano {
		return fmt.Errorf("%s and %s both price %s from %d units on, and differ", r.first[id], who, id, start.FromUnits)
	}
	r.starts[id][start.FromUnits] = start.RateNano
	return nil
}

// Sorted are the rows, by id. A row whose first tier does not begin at 0 is an
// error: a part of it is missing in the feed.
func (r *Rows) Sorted() ([]pricing.Row, error) {
	if len(r.rows) == 0 {
		return nil, errors.New("it has no price of transfers")
	}
	var sorted []pricing.Row
	for _, id := range slices.Sorted(maps.Keys(r.rows)) {
		row := r.rows[id]
		begins := slices.Sorted(maps.Keys(r.starts[id]))
		if begins[0] != 0 {
			return nil, fmt.Errorf("%s: %s begins at %d units: the feed is not whole", r.first[id], id, begins[0])
		}
		for i, begin := range begins {
			unit := cmp.Or(row.UnitBytes, 1)
			tier := pricing.Tier{FromBytes: begin * unit, RateNano: r.starts[id][begin]}
			if i+1 < len(begins) {
				tier.ToBytes = begins[i+1] * unit
			}
			row.Tiers = append(row.Tiers, tier)
		}
		sorted = append(sorted, row)
	}
	return sorted, nil
}
