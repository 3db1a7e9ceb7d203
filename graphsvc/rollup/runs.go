package rollup

import (
	"cmp"
	"slices"
)

// run is the batches first to last, both included, of one agent start.
type run struct {
	source      uint32
	first, last uint64
}

// runs is a set of batches: disjoint runs in order of source and sequence. A
// minute has one or two batches in a row of each agent start, so that a run of
// 24 bytes stands for what would be several keys of a map.
type runs []run

// find returns where the run that holds or follows a batch is.
func (r runs) find(source uint32, sequence uint64) int {
	at, _ := slices.BinarySearchFunc(r, run{source: source, last: sequence}, func(a, b run) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.last, b.last))
	})
	return at
}

func (r runs) holds(source uint32, sequence uint64) bool {
	at := r.find(source, sequence)
	return at < len(r) && r[at].source == source && r[at].first <= sequence
}

// with returns the set with a run added.
func (r runs) with(added run) runs {
	from := r.find(added.source, before(added.first))
	to := from
	for to < len(r) && r[to].source == added.source && r[to].first <= after(added.last) {
		added.first, added.last = min(added.first, r[to].first), max(added.last, r[to].last)
		to++
	}
	return slices.Replace(r, from, to, added)
}

// without returns the set without what another set holds.
func (r runs) without(other runs) runs {
	var left runs
	for _, part := range r {
		for at := other.find(part.source, part.first); at < len(other); at++ {
			hole := other[at]
			if hole.source != part.source || hole.first > part.last {
				break
			}
			if part.first < hole.first {
				left = append(left, run{part.source, part.first, hole.first - 1})
			}
			part.first = after(hole.last)
			if hole.last >= part.last {
				part.first, part.last = 1, 0 // nothing is left of it
				break
			}
		}
		if part.first <= part.last {
			left = append(left, part)
		}
	}
	return left
}

func before(sequence uint64) uint64 { return sequence - min(sequence, 1) }

// after is the next sequence; the last of all has none and stays.
func after(sequence uint64) uint64 { return max(sequence, sequence+1) }
