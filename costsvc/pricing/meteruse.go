package pricing

import (
	"cmp"
	"math"
	"slices"
)

// MeterUse is what one minute did to one pool's meter in marginal mode: where
// the meter stood, and how far the minute moved it.
type MeterUse struct {
	Pool Pool
	// BeforeBytes is where the meter stood when the minute began, and Bytes how
	// far the minute moved it.
	BeforeBytes, Bytes uint64
	// SameFromBytes and SameThroughBytes bound, both included, the positions from
	// which the minute's lines of this pool come out exactly as they did: as long
	// as the minute stays within one tier, it does not matter where in it. A
	// minute that crosses a border has its own position alone.
	SameFromBytes, SameThroughBytes uint64
}

// HoldsAt reports whether the minute's lines stay as they are when its meter
// begins at another position.
func (u *MeterUse) HoldsAt(beforeBytes uint64) bool {
	return u.SameFromBytes <= beforeBytes && beforeBytes <= u.SameThroughBytes
}

// use records what the minute did to a pool whose members have the rows of rowOf.
func (r *Run) use(pool Pool, members []*share, rowOf func(*share) *Row, before, after uint64) {
	use := MeterUse{Pool: pool, BeforeBytes: before, Bytes: after - before, SameThroughBytes: math.MaxUint64}
	if use.Bytes > 0 {
		for _, s := range members {
			from, end := rowOf(s).bandAround(before)
			use.SameFromBytes = max(use.SameFromBytes, from)
			use.SameThroughBytes = min(use.SameThroughBytes, lastStart(end, use.Bytes))
		}
		if !use.HoldsAt(before) { // it crosses a border
			use.SameFromBytes, use.SameThroughBytes = before, before
		}
	}
	r.uses = append(r.uses, use)
}

// lastStart is the last position from which bytes end at or before end.
func lastStart(end, bytes uint64) uint64 {
	if end == math.MaxUint64 {
		return end
	}
	if bytes > end {
		return 0
	}
	return end - bytes
}

// bandAround bounds the tier that a position is in, half open; an open end is
// 2^64-1. What lies beyond the last tier is a band of its own.
func (row *Row) bandAround(position uint64) (from, end uint64) {
	tier := row.tierAt(position)
	if tier < 0 {
		return row.Tiers[len(row.Tiers)-1].ToBytes, math.MaxUint64
	}
	from, end = row.Tiers[tier].FromBytes, row.Tiers[tier].ToBytes
	if end == 0 {
		end = math.MaxUint64
	}
	return from, end
}

func comparePools(a, b Pool) int {
	return cmp.Or(
		cmp.Compare(a.Account, b.Account), cmp.Compare(a.Fee, b.Fee),
		cmp.Compare(a.Region, b.Region), cmp.Compare(a.To, b.To),
	)
}

// sortedUses are the minute's uses in order of their pools.
func (r *Run) sortedUses() []MeterUse {
	slices.SortFunc(r.uses, func(a, b MeterUse) int { return comparePools(a.Pool, b.Pool) })
	return r.uses
}
