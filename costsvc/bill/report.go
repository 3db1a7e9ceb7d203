package bill

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// FindingKind says why the bill and our lines differ.
type FindingKind string

// Kinds of finding, in no order.
const (
	DiscountRate   FindingKind = "discount"        // explained bytes are billed at one share less than our prices
	PrivateRate    FindingKind = "private-rate"    // explained bytes are billed at one rate, whatever tiers our prices have
	DiscountRow    FindingKind = "discount-row"    // the bill has rows that are discounts
	MissingHost    FindingKind = "missing-host"    // a machine that runs no agent
	ManagedService FindingKind = "managed-service" // traffic of a provider's service, which no agent sees
	OtherPrice     FindingKind = "other-price"     // explained bytes are billed at other prices than ours, not at one rate
	Unexplained    FindingKind = "unexplained"     // on the bill, and nobody knows why
	NotBilled      FindingKind = "not-billed"      // counted by us, and not on the bill
	NoPrice        FindingKind = "no-price"        // counted by us, but the price book has a gap
)

// Finding is one difference, named, summed up over days.
type Finding struct {
	Kind FindingKind
	// Name is the machine, the service or the kind of discount.
	Name                  string
	Account, Region, Code string
	// Days is how many days it shows on.
	Days  int
	Bytes uint64
	// Cost is what the bill says of it; for prices, what our prices are above it.
	Cost money.Amount
	// PerMillion is a discount's share of our price.
	PerMillion int64
	// RateNano is a private rate in nano-units of currency per GiB.
	RateNano int64
}

// Percent is a discount as a percentage with four places.
func (f *Finding) Percent() string { return percent(f.PerMillion) }

type foundKey struct {
	kind                        FindingKind
	name, account, region, code string
}

// Report is the comparison of a bill with what was counted.
type Report struct {
	Currency money.Currency
	// Rows are sorted by account, region, code, side and day.
	Rows []Row
	// Findings are sorted by cost, the highest first.
	Findings []Finding
	// Billed and Ours are everything about transfers.
	Billed, Ours Sum
	// Explained are the bytes that both have, with their billed cost as far as
	// its price is ours or ours less a named discount.
	Explained Sum
	// Rounding is how much the billed cost of explained bytes differs from ours
	// by the bill's rounding alone.
	Rounding money.Amount
	// Discounts are the bill's own discount rows, Standing and Skipped the rows
	// that are not compared.
	Discounts, Standing, Skipped Sum
}

// ExplainedBytes is the explained share of the billed bytes as a percentage, and
// ExplainedCost that of the cost. A bill without any is explained.
func (r *Report) ExplainedBytes() string {
	return percent(perMillion(new(big.Int).SetUint64(r.Explained.Bytes), new(big.Int).SetUint64(r.Billed.Bytes)))
}

// ExplainedCost is the explained share of the billed cost as a percentage.
func (r *Report) ExplainedCost() string {
	return percent(perMillion(r.Explained.Cost.BigInt(), r.Billed.Cost.BigInt()))
}

// perMillion is part of whole in millionths, rounded down: what is not all is
// never shown as all.
func perMillion(part, whole *big.Int) int64 {
	if whole.Sign() == 0 {
		return million
	}
	scaled := new(big.Int).Mul(part, big.NewInt(million))
	return scaled.Div(scaled, whole).Int64()
}

const million = 1_000_000

// note adds a finding up over days.
func (c *comparison) note(f Finding, at Key) error {
	key := foundKey{f.Kind, f.Name, f.Account, f.Region, f.Code}
	known := c.found[key]
	if known == nil {
		known = &f
		known.Days = 1
		c.found[key] = known
		c.seen(key, at.Day)
		return nil
	}
	if c.seen(key, at.Day) {
		known.Days++
	}
	var err error
	known.Bytes += f.Bytes
	known.Cost, err = known.Cost.Add(f.Cost)
	return err
}

// seen reports whether the finding shows on the day for the first time.
func (c *comparison) seen(key foundKey, day model.Minute) bool {
	if c.days == nil {
		c.days = make(map[foundKey]map[model.Minute]bool)
	}
	if c.days[key] == nil {
		c.days[key] = make(map[model.Minute]bool)
	}
	first := !c.days[key][day]
	c.days[key][day] = true
	return first
}

// finish adds the totals up and sorts the findings.
func (c *comparison) finish() error {
	r := c.report
	for i := range r.Rows {
		if err := r.Billed.add(r.Rows[i].Billed); err != nil {
			return err
		}
		if err := r.Ours.add(r.Rows[i].Ours); err != nil {
			return err
		}
	}
	for finding := range maps.Values(c.found) {
		r.Findings = append(r.Findings, *finding)
	}
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(
			b.Cost.Cmp(a.Cost), cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Code, b.Code),
		)
	})
	return nil
}
