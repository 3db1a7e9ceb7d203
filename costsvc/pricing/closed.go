package pricing

import (
	"fmt"
	"math"
	"math/big"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// PoolTotal is what one pool came to in a month.
type PoolTotal struct {
	// Bytes are all bytes of the pool, free ones included. 2^64-1 stands for that
	// many or more, of which no blended rate can be told.
	Bytes uint64
	// Cost is what the priced ones cost, exactly.
	Cost money.Amount
	// UnpricedBytes have no sourced price; with any, the pool has no blended rate.
	UnpricedBytes uint64
}

// Closed is what each pool with an allowance or tiers came to in a closed month.
// Other charges have one rate, which is their blended rate too.
type Closed map[Pool]PoolTotal

// Record adds what the minute's pools come to, as Finish settles them, to the
// month's totals. Call it after Reset in marginal mode.
func (r *Run) Record(totals Closed) { r.totals = totals }

// record counts one settled line of a share.
func (r *Run) record(s *share, line *Line) {
	if r.totals == nil {
		return
	}
	pool := r.book.PoolOf(line.Account, s.row)
	total := r.totals[pool]
	total.Bytes = onward(total.Bytes, line.Bytes)
	if line.Unpriced != "" {
		total.UnpricedBytes = onward(total.UnpricedBytes, line.Bytes)
	}
	cost, err := total.Cost.Add(line.Amount)
	if err != nil {
		r.fail(err)
	}
	total.Cost = cost
	r.totals[pool] = total
}

// ResetBlended begins a minute of a closed month, in which every byte of a pool
// costs what the pool cost divided by its bytes. Meters are the bytes of each
// pool in the minutes that were priced before; Finish returns them advanced.
// All minutes of the month together cost exactly what the pools cost, and a
// minute costs within an atom of its share.
func (r *Run) ResetBlended(book *Book, minute model.Minute, closed Closed, meters Meters) error {
	if err := r.begin(book, Blended, minute, meters); err != nil {
		return err
	}
	r.closed = closed
	return nil
}

// blend is charge for blended mode.
func (r *Run) blend(line int, row, allowance *Row) {
	pool := r.book.PoolOf(r.lines[line].Account, row)
	_, known := r.closed[pool]
	switch {
	case known:
		r.pending = append(r.pending, pending{line, row, nil})
	case allowance == nil && len(row.Tiers) == 1 && !row.Partial:
		r.rate(&r.lines[line], row, 0)
	default:
		r.fail(fmt.Errorf("price row %s of account %q is not in the closed month: record all of its minutes first", row.ID, pool.Account))
	}
}

// blendPools shares each pool's cost of the minute among its lines in
// proportion to their bytes, by largest remainder.
func (r *Run) blendPools(meters Meters) {
	shares := r.shares()
	for _, group := range r.pools(shares, func(s *share) *Row { return s.row }) {
		pool, members := group.pool, group.members
		total, before := r.closed[pool], meters[pool]
		weights := make([]uint64, len(members))
		after := before
		for i, s := range members {
			weights[i] = s.rest
			after = r.sum(after, s.rest)
		}
		meters[pool] = after
		if after > total.Bytes || total.Bytes == math.MaxUint64 {
			r.fail(fmt.Errorf("pool of price row %s: %d bytes, but the closed month had %d", members[0].row.ID, after, total.Bytes))
			continue
		}
		r.blendPool(members, weights, total, before, after)
	}
}

func (r *Run) blendPool(members []*share, weights []uint64, total PoolTotal, before, after uint64) {
	if total.UnpricedBytes > 0 {
		for _, s := range members {
			line := &r.lines[s.line]
			line.PriceRow, line.Source = s.row.ID, s.row.Source
			line.Unpriced = "a part of the pool's bytes of the month has no sourced price, so it has no blended rate"
			r.unpriced = r.sum(r.unpriced, line.Bytes)
		}
		return
	}
	minute, err := between(total.Cost, total.Bytes, before, after)
	if err != nil {
		r.fail(err)
		return
	}
	parts, err := money.Split(minute, weights)
	if err != nil {
		r.fail(err)
		return
	}
	for i, s := range members {
		line := &r.lines[s.line]
		line.UnitBytes, line.RateNanoPerUnit = s.row.UnitBytes, total.rate(s.row.UnitBytes)
		line.PriceRow, line.Source, line.Amount = s.row.ID, s.row.Source, parts[i]
		r.total.Add(parts[i])
	}
}

// rate is the blended rate in nano-units per unitBytes, rounded half to even:
// to be shown. Amounts come from the exact ratio.
func (t PoolTotal) rate(unitBytes uint64) int64 {
	if t.Bytes == 0 {
		return 0
	}
	numerator := t.Cost.BigInt()
	numerator.Mul(numerator, new(big.Int).SetUint64(unitBytes))
	denominator := new(big.Int).SetUint64(t.Bytes)
	denominator.Mul(denominator, big.NewInt(money.AtomsPerNano))
	quotient, rest := new(big.Int).DivMod(numerator, denominator, new(big.Int))
	if half := rest.Lsh(rest, 1).Cmp(denominator); half > 0 || half == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient.Int64() // at most the highest rate of a tier, which is 64 bits
}
