package pricing

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// extraLine is a further tier of a line that crosses a border.
type extraLine struct {
	after int
	line  Line
}

// share is a pending line with its bytes that are not yet placed in a tier.
type share struct {
	pending
	rest uint64
	// free bytes were placed in the allowance.
	free uint64
	// placed is true once the line itself carries a tier; what follows is extra.
	placed bool
}

// sharePools places every pending line: allowances first, then tiers. Pools do
// not depend on each other, so their order does not matter.
func (r *Run) sharePools(meters Meters) {
	shares := r.shares()
	var extras []extraLine
	for _, group := range r.pools(shares, func(s *share) *Row { return s.allowance }) {
		r.fill(group.members, func(s *share) *Row { return s.allowance }, meters, group.pool, &extras)
	}
	for _, group := range r.pools(shares, func(s *share) *Row { return s.row }) {
		r.fill(group.members, func(s *share) *Row { return s.row }, meters, group.pool, &extras)
	}
	r.mergeExtras(extras)
}

// shares are the pending lines, none of their bytes placed.
func (r *Run) shares() []share {
	shares := make([]share, len(r.pending))
	for i, p := range r.pending {
		shares[i] = share{pending: p, rest: r.lines[p.line].Bytes}
	}
	return shares
}

// poolGroup is a pool and the shares that count in it, in the order of the lines.
type poolGroup struct {
	pool    Pool
	members []*share
}

// knownPool remembers the group of a row and account: a minute has few of them,
// and finding a pool costs more than comparing with those.
type knownPool struct {
	row     *Row
	account string
	group   int
}

// pools groups the shares by the pool of the row that rowOf picks.
func (r *Run) pools(shares []share, rowOf func(*share) *Row) []poolGroup {
	var groups []poolGroup
	var known []knownPool
	byPool := make(map[Pool]int)
	for i := range shares {
		s := &shares[i]
		row := rowOf(s)
		if row == nil {
			continue
		}
		account := r.lines[s.line].Account
		at := slices.IndexFunc(known, func(k knownPool) bool { return k.row == row && k.account == account })
		if at >= 0 {
			group := &groups[known[at].group]
			group.members = append(group.members, s)
			continue
		}
		pool := r.book.PoolOf(account, row)
		index, seen := byPool[pool]
		if !seen {
			index = len(groups)
			byPool[pool] = index
			groups = append(groups, poolGroup{pool: pool})
		}
		groups[index].members = append(groups[index].members, s)
		if len(known) < maxKnownPools {
			known = append(known, knownPool{row, account, index})
		}
	}
	return groups
}

// maxKnownPools bounds what is compared: with more accounts the map is faster.
const maxKnownPools = 32

// fill runs a pool's meter from where it stands through the tiers of its row,
// and hands each tier's bytes out to the members in proportion. Where members of
// one pool have rows of their own (disputed point D2), every border of any row
// ends a band.
func (r *Run) fill(members []*share, rowOf func(*share) *Row, meters Meters, pool Pool, extras *[]extraLine) {
	allowance := isAllowance(rowOf(members[0]).Fee)
	before := meters[pool]
	position := before
	var left uint64
	for _, s := range members {
		left = r.sum(left, s.rest)
		if r.book.Switches.AllowanceInside && !allowance {
			position = onward(position, s.free)
		}
	}
	meters[pool] = onward(position, left)
	r.use(pool, members, rowOf, before, meters[pool])
	for left > 0 && r.err == nil {
		band, priced := bandAt(members, rowOf, position, left)
		if allowance && !priced {
			return
		}
		for i, part := range handOut(members, band, left) {
			r.place(members[i], rowOf(members[i]), position, part, extras)
		}
		position = onward(position, band)
		left -= band
	}
	for _, s := range members {
		if !s.placed && !allowance { // an empty transfer
			r.place(s, rowOf(s), 0, 0, extras)
		}
	}
}

// onward moves a meter, which stays at its end: both sides of 10 EB across zones
// are more than 2^64 bytes in a month, but no tier begins that far out.
func onward(position, bytes uint64) uint64 {
	moved, carry := bits.Add64(position, bytes, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return moved
}

// bandAt is how many of the bytes left can be placed from a position on until a
// border of any member's row, and whether any row has a tier there.
func bandAt(members []*share, rowOf func(*share) *Row, position, left uint64) (band uint64, priced bool) {
	band = left
	for _, s := range members {
		tier := rowOf(s).tierAt(position)
		if tier < 0 {
			continue
		}
		priced = true
		if end := rowOf(s).Tiers[tier].ToBytes; end != 0 {
			band = min(band, end-position)
		}
	}
	return band, priced
}

// tierAt is the index of the tier that the byte at a position is in, -1 beyond
// the last.
func (row *Row) tierAt(position uint64) int {
	for i := range row.Tiers {
		if end := row.Tiers[i].ToBytes; end == 0 || position < end {
			return i
		}
	}
	return -1
}

// placeUnpriced leaves bytes beyond a partial row's last tier unpriced.
func (r *Run) placeUnpriced(s *share, row *Row, part uint64, extras *[]extraLine) {
	line := r.lines[s.line]
	line.Bytes, line.Amount, line.PriceRow, line.Source = part, money.Amount{}, row.ID, row.Source
	line.Tier, line.UnitBytes, line.RateNanoPerUnit = len(row.Tiers)+1, row.UnitBytes, 0
	line.Unpriced = fmt.Sprintf("no sourced price beyond %d bytes a month", row.Tiers[len(row.Tiers)-1].ToBytes)
	r.unpriced = r.sum(r.unpriced, part)
	s.rest -= part
	r.put(s, line, extras)
}

// place puts part of a share's bytes into the tier at a position: on the line
// itself the first time, on an extra line after it from then on.
func (r *Run) place(s *share, row *Row, position, part uint64, extras *[]extraLine) {
	if part == 0 && (s.rest != 0 || s.placed || isAllowance(row.Fee)) {
		return
	}
	tier := row.tierAt(position)
	if tier < 0 {
		r.placeUnpriced(s, row, part, extras)
		return
	}
	s.rest -= part
	line := r.lines[s.line]
	line.Bytes = part
	r.rate(&line, row, tier)
	if isAllowance(row.Fee) {
		line.Tier = 0
		s.free += part
	}
	r.put(s, line, extras)
}

// put stores a line of a share: in its own place first, behind it from then on.
func (r *Run) put(s *share, line Line, extras *[]extraLine) {
	r.record(s, &line)
	if s.placed {
		*extras = append(*extras, extraLine{s.line, line})
		return
	}
	s.placed = true
	r.lines[s.line] = line
}

// mergeExtras puts the extra lines behind the lines that they continue.
func (r *Run) mergeExtras(extras []extraLine) {
	if len(extras) == 0 {
		return
	}
	slices.SortStableFunc(extras, func(a, b extraLine) int {
		return cmp.Or(cmp.Compare(a.after, b.after), cmp.Compare(a.line.Tier, b.line.Tier))
	})
	merged := make([]Line, 0, len(r.lines)+len(extras))
	for i, line := range r.lines {
		merged = append(merged, line)
		for len(extras) > 0 && extras[0].after == i {
			merged = append(merged, extras[0].line)
			extras = extras[1:]
		}
	}
	r.lines = merged
}

// lineOrder is a line's place in the order, small enough to sort fast. Edges are
// unique in a minute; bytes only decide where a caller broke that promise.
type lineOrder struct {
	edge            model.EdgeID
	bytes           uint64
	sequence, index int
}

func compareOrder(a, b lineOrder) int {
	switch {
	case a.edge != b.edge:
		return cmp.Compare(a.edge, b.edge)
	case a.bytes != b.bytes:
		return cmp.Compare(a.bytes, b.bytes)
	default:
		return cmp.Compare(a.sequence, b.sequence)
	}
}

// sortLines brings lines into their order and the pending ones with them.
func (r *Run) sortLines() {
	order := slices.Grow(r.order[:0], len(r.lines))[:len(r.lines)]
	for i := range r.lines {
		line := &r.lines[i]
		order[i] = lineOrder{line.Edge, line.Bytes, line.Sequence, i}
	}
	slices.SortFunc(order, compareOrder)
	sorted := slices.Grow(r.spare[:0], len(r.lines))[:len(r.lines)]
	position := make([]int, len(r.lines))
	for to, from := range order {
		sorted[to], position[from.index] = r.lines[from.index], to
	}
	r.lines, r.spare, r.order = sorted, r.lines, order
	for i := range r.pending {
		r.pending[i].line = position[r.pending[i].line]
	}
	slices.SortFunc(r.pending, func(a, b pending) int { return cmp.Compare(a.line, b.line) })
}
