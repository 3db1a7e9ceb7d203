package statement

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Receipt are a line's charges as a bill has them: one for each rule, payer and
// price row, whatever the edge, largest first.
func (l *Line) Receipt() ([]pricing.Line, error) {
	sums := map[pricing.Line]int{}
	var lines []pricing.Line
	for _, c := range l.Charges {
		key := c.Line
		key.Bytes, key.Amount = 0, money.Amount{}
		at, known := sums[key]
		if !known {
			at = len(lines)
			sums[key] = at
			lines = append(lines, key)
		}
		var err error
		lines[at].Bytes += c.Line.Bytes
		if lines[at].Amount, err = lines[at].Amount.Add(c.Line.Amount); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(lines, func(a, b pricing.Line) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Payer, b.Payer), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.PriceRow, b.PriceRow), cmp.Compare(a.Unpriced, b.Unpriced), cmp.Compare(b.Bytes, a.Bytes),
			cmp.Compare(a.Account, b.Account), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.UnitBytes, b.UnitBytes), cmp.Compare(a.RateNanoPerUnit, b.RateNanoPerUnit))
	})
	return lines, nil
}

// Part is what one edge adds to a line.
type Part struct {
	Edge model.EdgeID
	// Key is nil for the part of a standing cost that nobody used.
	Key *model.EdgeKey
	Sum
}

// Parts are the edges behind a line, largest amount first.
func (l *Line) Parts() ([]Part, error) {
	at := map[model.EdgeID]int{}
	var parts []Part
	for _, c := range l.Charges {
		n, known := at[c.Edge]
		if !known {
			n = len(parts)
			at[c.Edge] = n
			parts = append(parts, Part{Edge: c.Edge, Key: c.Key})
		}
		if err := parts[n].add(c); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), b.Standing.Cmp(a.Standing), cmp.Compare(b.BilledBytes, a.BilledBytes), cmp.Compare(a.Edge, b.Edge))
	})
	return parts, nil
}
