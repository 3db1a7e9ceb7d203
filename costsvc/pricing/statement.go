package pricing

import (
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Mode is how tiers and allowances are applied.
type Mode string

// Modes.
const (
	List     Mode = "list"     // the first paid tier, no allowance, no meter
	Marginal Mode = "marginal" // allowances and tiers by the month's meters
	Blended  Mode = "blended"  // a closed month's cost of each pool over its bytes
)

// Line is one charge: everything that a receipt says about it.
type Line struct {
	Edge  model.EdgeID
	Payer transferclass.Payer
	// Account is the payer's account, "" where unknown. Where nobody pays, it is
	// the one whose bill lists the line.
	Account string
	// Code and Operation are the bill's usage type and operation; an empty Code
	// is a transfer that no bill mentions.
	Code, Operation string
	// Region is whose part of the bill the line is in, "" where no bill lists it.
	Region string
	Rule   transferclass.Rule
	// Sequence counts the charges of one edge along the way, from 0.
	Sequence int
	// Tier is 1 for the first tier; 0 is the free allowance, or no tier at all.
	Tier      int
	Bytes     uint64
	UnitBytes uint64
	// RateNanoPerUnit is in nano-currency-units per UnitBytes bytes. In blended
	// mode it is rounded, and the amount is not.
	RateNanoPerUnit int64
	Amount          money.Amount
	// PriceRow is the id of the row in the price book, "" where the rule alone
	// makes it free; Source is where the row's figure comes from.
	PriceRow, Source string
	// Imputed is true where nobody measured the paying side itself.
	Imputed bool
	// PathAssumed is true where the way was taken for granted.
	PathAssumed bool
	// Unpriced says why there is no price; the amount is then zero and means
	// nothing. "" for a line with a price.
	Unpriced string
}

// Statement is what the transfers of one minute cost.
type Statement struct {
	// Book, BookVersion and BookDigest name the price book.
	Book, BookVersion, BookDigest string
	Currency                      money.Currency
	Mode                          Mode
	Minute                        model.Minute
	// Lines are sorted by edge, then along the way, then by tier.
	Lines []Line
	// Total is the exact sum of the lines.
	Total money.Amount
	// Bytes were looked at. UnpricedBytes is the part of them for which some
	// charge is not known: their true cost is higher than shown.
	Bytes, UnpricedBytes uint64
	// Meters are what the minute did to the meters of its pools, sorted by pool;
	// nil in list mode, which has none.
	Meters []MeterUse
}

// Pool is one meter: what counts together towards an allowance or tiers.
type Pool struct {
	Account    string
	Fee        transferclass.Fee
	Region, To string
}

// Meters are the bytes of each pool so far this calendar month (UTC), at most
// 2^64-1, which is beyond every tier. A pool
// that is absent stands at 0, with one exception: the allowance on cross-zone
// bytes counts only where its meter is present, because most accounts have used
// it up elsewhere.
type Meters map[Pool]uint64
