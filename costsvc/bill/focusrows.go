package bill

import (
	"cmp"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Period is how long one row of an export is.
type Period int

// Periods.
const (
	Daily Period = iota
	Hourly
)

func (p Period) minutes() model.Minute {
	if p == Hourly {
		return 60
	}
	return minutesPerDay
}

// focusKey is what lines have in common that become one row.
type focusKey struct {
	account, region, code, operation string
	payer                            transferclass.Payer
	rule                             transferclass.Rule
	tier                             int
	unitBytes                        uint64
	rateNano                         int64
	priceRow, source                 string
	imputed, pathAssumed             bool
	start                            model.Minute
}

// FocusRows are charge lines summed up as rows of FOCUS 1.2.
type FocusRows struct {
	book   *pricing.Book
	period Period
	sums   map[focusKey]Sum
	// Unpriced are lines without a sourced price. FOCUS has no way to say that a
	// cost is not known, so they are in no row.
	Unpriced Sum
}

// NewFocusRows returns no rows, of lines that the book priced.
func NewFocusRows(book *pricing.Book, period Period) *FocusRows {
	return &FocusRows{book: book, period: period, sums: make(map[focusKey]Sum)}
}

// Add adds a minute's lines. Lines without a code are on no bill and in no row.
func (f *FocusRows) Add(statement *pricing.Statement) error {
	start := statement.Minute - statement.Minute%f.period.minutes()
	for i := range statement.Lines {
		line := &statement.Lines[i]
		switch {
		case line.Unpriced != "":
			if err := f.Unpriced.add(Sum{Bytes: line.Bytes, Rows: 1}); err != nil {
				return err
			}
			continue
		case line.Code == "":
			continue
		}
		key := focusKey{
			line.Account, line.Region, line.Code, line.Operation, line.Payer, line.Rule, line.Tier, line.UnitBytes, line.RateNanoPerUnit,
			line.PriceRow, line.Source, line.Imputed, line.PathAssumed, start,
		}
		known := f.sums[key]
		if err := known.add(Sum{Bytes: line.Bytes, Cost: line.Amount, Rows: 1}); err != nil {
			return err
		}
		f.sums[key] = known
	}
	return nil
}

// keys are the rows in their order: by time, account, region, code.
func (f *FocusRows) keys() []focusKey {
	keys := make([]focusKey, 0, len(f.sums))
	for key := range f.sums {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b focusKey) int {
		return cmp.Or(
			cmp.Compare(a.start, b.start), cmp.Compare(a.account, b.account), cmp.Compare(a.region, b.region), cmp.Compare(a.code, b.code),
			cmp.Compare(a.operation, b.operation), cmp.Compare(a.rule, b.rule), cmp.Compare(a.payer, b.payer), cmp.Compare(a.tier, b.tier),
			cmp.Compare(a.rateNano, b.rateNano), cmp.Compare(a.priceRow, b.priceRow), cmp.Compare(flag(a.imputed), flag(b.imputed)),
			cmp.Compare(flag(a.pathAssumed), flag(b.pathAssumed)),
		)
	})
	return keys
}

func flag(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// billingAccount is who pays the account's bill.
func (f *FocusRows) billingAccount(account string) string {
	return cmp.Or(f.book.Payers[account], account, unknownAccount)
}

// unknownAccount stands where FOCUS wants an account and none is known.
const unknownAccount = "unknown"

func focusTime(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05Z") }

// usageType is the code as the provider's bill spells it: on AWS with the
// region's prefix, which us-east-1 and pairs of regions have not.
func (f *FocusRows) usageType(key *focusKey) string {
	_, pair, _ := splitPair(key.code)
	if f.book.Provider != "aws" || key.region == homeRegion || pair {
		return key.code
	}
	if prefix := transferclass.AWSRegionPrefix(key.region); prefix != "" {
		return prefix + "-" + key.code
	}
	return key.code
}

// unitPrice is the rate as a decimal number, "" for a line that is free by rule
// and has no price.
func unitPrice(key *focusKey) string {
	if key.priceRow == "" {
		return "0"
	}
	return money.FromNano(key.rateNano).Decimal()
}
