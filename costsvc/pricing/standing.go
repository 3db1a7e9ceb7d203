package pricing

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Standing is a cost that runs by time, whether bytes flow or not: the hours of
// a gateway, the month of a line. It never enters a Statement, which holds what
// bytes cost: that part ends when the bytes do, this one when the thing is
// deleted.
type Standing struct {
	// Name is the gateway, endpoint, attachment or line, as in model.Path.Via.
	Name string
	// Code is the bill's usage type, "" for what is on no cloud's bill.
	Code            string
	Account, Region string
	// Units are the hours, seconds or minutes counted, in UnitName.
	Units    uint64
	UnitName string
	// Cost is of all units.
	Cost money.Money
	// PriceRow and Source say where the price is from.
	PriceRow, Source string
	// Assumed says what was taken for granted about the price, "" for nothing.
	Assumed string
	// Unpriced says why there is no price; Cost then means nothing.
	Unpriced string
}

// Use is what one edge sent through the thing in the time that it stood.
type Use struct {
	Edge  model.EdgeID
	Bytes uint64
}

// StandingShare is the part of a standing cost that falls on one edge.
type StandingShare struct {
	// Edge is 0 for the whole cost of a thing that nobody used.
	Edge   model.EdgeID
	Bytes  uint64
	Amount money.Amount
	// Idle is true where nobody used it.
	Idle bool
}

// Allocate shares the cost among its users in proportion to their bytes, by
// largest remainder: the shares add up to the cost exactly, and the order of the
// uses changes nothing. Without bytes the whole cost is one idle share.
func (s *Standing) Allocate(uses []Use) ([]StandingShare, error) {
	if s.Unpriced != "" {
		return nil, fmt.Errorf("standing cost of %s cannot be shared out: %s", s.Name, s.Unpriced)
	}
	merged := mergeUses(uses)
	if len(merged) == 0 {
		return []StandingShare{{Amount: s.Cost.Amount, Idle: true}}, nil
	}
	weights := make([]uint64, len(merged))
	for i, use := range merged {
		weights[i] = use.Bytes
	}
	parts, err := money.Split(s.Cost.Amount, weights)
	if err != nil {
		return nil, fmt.Errorf("sharing the standing cost of %s: %w", s.Name, err)
	}
	shares := make([]StandingShare, len(merged))
	for i, use := range merged {
		shares[i] = StandingShare{Edge: use.Edge, Bytes: use.Bytes, Amount: parts[i]}
	}
	return shares, nil
}

// mergeUses adds up the uses of each edge, sorted by edge, without empty ones.
func mergeUses(uses []Use) []Use {
	sorted := slices.SortedFunc(slices.Values(uses), func(a, b Use) int { return cmp.Compare(a.Edge, b.Edge) })
	merged := sorted[:0]
	for _, use := range sorted {
		switch last := len(merged) - 1; {
		case use.Bytes == 0:
		case last >= 0 && merged[last].Edge == use.Edge:
			merged[last].Bytes += use.Bytes
		default:
			merged = append(merged, use)
		}
	}
	return merged
}

// SumStanding adds costs up, each currency apart, sorted by currency. Costs
// without a price are left out and counted.
func SumStanding(costs []Standing) (sums []money.Money, unpriced int, err error) {
	for i := range costs {
		if costs[i].Unpriced != "" {
			unpriced++
			continue
		}
		at := slices.IndexFunc(sums, func(m money.Money) bool { return m.Currency == costs[i].Cost.Currency })
		if at < 0 {
			sums = append(sums, costs[i].Cost)
			continue
		}
		if sums[at], err = sums[at].Add(costs[i].Cost); err != nil {
			return nil, unpriced, err
		}
	}
	slices.SortFunc(sums, func(a, b money.Money) int { return cmp.Compare(a.Currency, b.Currency) })
	return sums, unpriced, nil
}
