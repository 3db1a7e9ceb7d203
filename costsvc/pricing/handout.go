package pricing

import (
	"cmp"
	"math/bits"
	"slices"
)

// handOut hands band bytes out to the members in proportion to their unplaced
// bytes, which add up to total >= band. Members whose bytes cost differently, for
// their rows differ, are served row by row first: so what each row gets, and with
// it the total cost, does not depend on how its bytes are cut into transfers.
func handOut(members []*share, band, total uint64) []uint64 {
	rests := make([]uint64, len(members))
	oneRow := true
	for i, s := range members {
		rests[i] = s.rest
		oneRow = oneRow && s.row == members[0].row
	}
	if oneRow || band == total {
		return proportional(rests, band, total)
	}
	parts := make([]uint64, len(members))
	rows := byRow(members)
	totals := make([]uint64, len(rows))
	for i := range rows {
		for _, at := range rows[i].members {
			totals[i] += rests[at]
		}
	}
	for i, part := range proportional(totals, band, total) {
		inRow := make([]uint64, len(rows[i].members))
		for j, at := range rows[i].members {
			inRow[j] = rests[at]
		}
		for j, bytes := range proportional(inRow, part, totals[i]) {
			parts[rows[i].members[j]] = bytes
		}
	}
	return parts
}

// rowMembers are the places of the members with one price row.
type rowMembers struct {
	row     *Row
	members []int
}

// byRow groups the members by their price rows, in the order of the rows' ids.
func byRow(members []*share) []rowMembers {
	var rows []rowMembers
	for i, s := range members {
		at := slices.IndexFunc(rows, func(r rowMembers) bool { return r.row == s.row })
		if at < 0 {
			at, rows = len(rows), append(rows, rowMembers{row: s.row})
		}
		rows[at].members = append(rows[at].members, i)
	}
	slices.SortFunc(rows, func(a, b rowMembers) int { return cmp.Compare(a.row.ID, b.row.ID) })
	return rows
}

// proportional cuts band bytes into parts in proportion to weights, which add up
// to total >= band. Parts are whole bytes and add up to band; the bytes left by
// rounding down go to the largest remainders, the earlier first among equals. No
// part exceeds its weight.
func proportional(weights []uint64, band, total uint64) []uint64 {
	parts := make([]uint64, len(weights))
	if total == 0 {
		return parts
	}
	remainders := make([]uint64, len(weights))
	order := make([]int, len(weights))
	left := band
	for i, weight := range weights {
		hi, lo := bits.Mul64(weight, band)
		parts[i], remainders[i] = bits.Div64(hi, lo, total) // hi < total, as weight and band are at most total
		left -= parts[i]
		order[i] = i
	}
	if left == 0 {
		return parts
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}
