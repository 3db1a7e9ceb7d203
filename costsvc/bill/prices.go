package bill

import (
	"math/big"
	"strings"

	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// priced is one charge code of one account, with its network tier where it has
// one: costs are compared by it, both sides of a line together, for a bill hands
// free bytes out over sides and machines in an order of its own.
type priced struct{ account, region, code, tier string }

func pricedOf(row *Row) priced {
	p := priced{account: row.Account, region: row.Region, code: row.Code}
	if row.Code == transferclass.GCPCodeInternet || row.Code == transferclass.AzureCodeInternet {
		p.tier = row.Operation
	}
	return p
}

type pricedDay struct {
	expected, billed money.Amount
	bytes, rows      uint64
	unpriced         bool
}

// prices compares the cost of the explained bytes with ours, code by code.
func (c *comparison) prices() error {
	groups := make(map[priced]map[model.Minute]pricedDay)
	var order []priced
	for i := range c.report.Rows {
		row := &c.report.Rows[i]
		parts, err := shareCost(row.Ours.Cost, []uint64{min(row.Explained.Bytes, row.Ours.Bytes), row.Ours.Bytes - min(row.Explained.Bytes, row.Ours.Bytes)})
		if err != nil {
			return err
		}
		row.Expected = parts[0]
		group := pricedOf(row)
		if groups[group] == nil {
			groups[group] = make(map[model.Minute]pricedDay)
			order = append(order, group)
		}
		day := groups[group][row.Day]
		if err := day.add(row); err != nil {
			return err
		}
		groups[group][row.Day] = day
	}
	for _, group := range order {
		if err := c.price(group, groups[group]); err != nil {
			return err
		}
	}
	return nil
}

func (d *pricedDay) add(row *Row) error {
	var err error
	if d.expected, err = d.expected.Add(row.Expected); err != nil {
		return err
	}
	if d.billed, err = d.billed.Add(row.Explained.Cost); err != nil {
		return err
	}
	d.bytes += row.Explained.Bytes
	d.rows += row.Billed.Rows
	d.unpriced = d.unpriced || row.Ours.UnpricedBytes > 0
	return nil
}

// price names the difference of one code: none but rounding, one discount over
// all days, or another price.
func (c *comparison) price(group priced, days map[model.Minute]pricedDay) error {
	var whole pricedDay
	var err error
	for _, day := range days {
		if whole.expected, err = whole.expected.Add(day.expected); err != nil {
			return err
		}
		if whole.billed, err = whole.billed.Add(day.billed); err != nil {
			return err
		}
		whole.bytes, whole.rows, whole.unpriced = whole.bytes+day.bytes, whole.rows+day.rows, whole.unpriced || day.unpriced
	}
	c.report.Explained.Bytes += whole.bytes
	above, err := whole.expected.Sub(whole.billed)
	if err != nil {
		return err
	}
	finding := Finding{Name: group.tier, Account: group.account, Region: group.region, Code: group.code, Days: len(days), Bytes: whole.bytes, Cost: above}
	switch {
	case whole.unpriced:
		finding.Kind = NoPrice
	case whole.within(above, c.form.perRow()):
		if c.report.Rounding, err = c.report.Rounding.Add(above); err != nil {
			return err
		}
		return c.explain(whole.billed)
	default:
		finding.Kind = OtherPrice
		if share, one := whole.discount(days, c.form.perRow()); one {
			finding.Kind, finding.PerMillion = DiscountRate, share
		} else if rate, one := whole.oneRate(days, c.form.perRow()); one {
			finding.Kind, finding.RateNano = PrivateRate, rate
			finding.Name = strings.TrimSpace(group.tier + " " + money.FromNano(rate).Decimal() + " per GiB")
		}
		if finding.Kind != OtherPrice {
			if err := c.explain(whole.billed); err != nil {
				return err
			}
		}
	}
	c.found[foundKey{finding.Kind, finding.Name, group.account, group.region, group.code}] = &finding
	return nil
}

func (c *comparison) explain(cost money.Amount) (err error) {
	c.report.Explained.Cost, err = c.report.Explained.Cost.Add(cost)
	return err
}

// perRow is how far a row of a bill can be from the exact cost.
func (p precision) perRow() money.Amount { return money.FromNano(p.slackNano) }

// within reports whether a difference is no more than the rows' rounding.
func (d *pricedDay) within(difference, perRow money.Amount) bool {
	bound := new(big.Int).Mul(perRow.BigInt(), new(big.Int).SetUint64(d.rows))
	return new(big.Int).Abs(difference.BigInt()).Cmp(bound) <= 0
}

// discount is the share, in millionths, by which the bill is below our prices,
// and whether it is the same every day, as far as rounding lets one see.
func (d *pricedDay) discount(days map[model.Minute]pricedDay, perRow money.Amount) (share int64, one bool) {
	below := new(big.Int).Sub(d.expected.BigInt(), d.billed.BigInt())
	if below.Sign() <= 0 || d.expected.Sign() <= 0 {
		return 0, false
	}
	share = nearestPerMillion(below, d.expected.BigInt())
	for _, day := range days {
		// What the day would cost at that share off, against what it did.
		off := new(big.Int).Mul(day.expected.BigInt(), big.NewInt(million-share))
		off.Sub(off, new(big.Int).Mul(day.billed.BigInt(), big.NewInt(million)))
		bound := new(big.Int).Mul(perRow.BigInt(), new(big.Int).SetUint64(day.rows))
		bound.Mul(bound, big.NewInt(million)).Add(bound, day.expected.BigInt()) // and a millionth, for the share is rounded
		if off.Abs(off).Cmp(bound) > 0 {
			return share, false
		}
	}
	return share, true
}

// oneRate is the rate in nano-units per GiB at which all days are billed, and
// whether there is one: a price of a contract in place of tiers. One above our
// prices is none.
func (d *pricedDay) oneRate(days map[model.Minute]pricedDay, perRow money.Amount) (rateNano int64, one bool) {
	if d.bytes == 0 || d.billed.Sign() <= 0 || d.billed.Cmp(d.expected) > 0 {
		return 0, false
	}
	perGiB := new(big.Rat).SetFrac(d.billed.BigInt(), money.FromNano(1).BigInt())
	nearest := rounded(perGiB.Mul(perGiB, new(big.Rat).SetFrac(big.NewInt(bytesPerGB), new(big.Int).SetUint64(d.bytes))))
	if !nearest.IsInt64() || nearest.Sign() == 0 {
		return 0, false
	}
	for _, day := range days {
		expected, err := money.FromBytes(day.bytes, nearest.Int64(), bytesPerGB)
		if err != nil {
			return 0, false
		}
		off, err := expected.Sub(day.billed)
		if err != nil || !day.within(off, perRow) {
			return 0, false
		}
	}
	return nearest.Int64(), true
}

func nearestPerMillion(part, whole *big.Int) int64 {
	scaled := new(big.Int).Mul(part, big.NewInt(2*million))
	scaled.Add(scaled, whole)
	return scaled.Quo(scaled, new(big.Int).Lsh(whole, 1)).Int64()
}
