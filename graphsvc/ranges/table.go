package ranges

import (
	"cmp"
	"iter"
	"net/netip"
	"slices"
)

// Table finds the range that decides for an address. It is immutable and safe
// for concurrent use. The nil table finds nothing.
type Table struct {
	origins   []Origin
	labels    []Label
	ranges    []numbered // settled, condensed, in order of prefixes
	conflicts []Conflict
	v4        line[uint32]
	v6        line[wide]
}

// numbered is a range with its label's number: there are a thousand times fewer
// labels than ranges.
type numbered struct {
	prefix netip.Prefix
	label  uint16
}

// Build makes a table of what providers published, in any order.
func Build(origins []Origin, published []Range) *Table {
	settled, conflicts := settle(published)
	t := &Table{origins: slices.Clone(origins), conflicts: conflicts}
	slices.SortFunc(t.origins, func(a, b Origin) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Source, b.Source))
	})
	numbers := map[Label]uint16{}
	for _, r := range condense(settled) {
		number, known := numbers[r.Label]
		if !known {
			number = uint16(len(t.labels))
			numbers[r.Label] = number
			t.labels = append(t.labels, r.Label)
		}
		t.ranges = append(t.ranges, numbered{r.Prefix, number})
	}
	t.ranges = slices.Clip(t.ranges)
	for _, s := range segments(t.ranges) {
		if s.from.Is4() {
			t.v4.add(narrowOf(s.from), s)
		} else {
			t.v6.add(wideOf(s.from), s)
		}
	}
	return t
}

// Find returns what is published of an address.
func (t *Table) Find(addr netip.Addr) (Match, bool) {
	if t == nil || !addr.IsValid() {
		return Match{}, false
	}
	addr = addr.Unmap()
	var label uint16
	var bits uint8
	if addr.Is4() {
		label, bits = t.v4.at(before(slices.BinarySearch(t.v4.from, narrowOf(addr))))
	} else {
		label, bits = t.v6.at(before(slices.BinarySearchFunc(t.v6.from, wideOf(addr), wide.compare)))
	}
	if label == nobody {
		return Match{}, false
	}
	prefix, err := addr.WithZone("").Prefix(int(bits))
	if err != nil { // bits are those of a range of the address's family
		return Match{}, false
	}
	return Match{Label: t.labels[label], Prefix: prefix}, true
}

// Origins are where the ranges come from, in order of providers.
func (t *Table) Origins() []Origin { return slices.Clone(t.origins) }

// Origin returns where a provider's ranges come from.
func (t *Table) Origin(provider string) (Origin, bool) {
	for _, origin := range t.origins {
		if origin.Provider == provider {
			return origin, true
		}
	}
	return Origin{}, false
}

// Ranges are the ranges after equal and redundant ones were dropped.
func (t *Table) Ranges() iter.Seq[Range] {
	return func(yield func(Range) bool) {
		for _, r := range t.ranges {
			if !yield(Range{r.prefix, t.labels[r.label]}) {
				return
			}
		}
	}
}

// Len is how many ranges there are.
func (t *Table) Len() int { return len(t.ranges) }

// Conflicts are the prefixes that two providers publish as theirs.
func (t *Table) Conflicts() []Conflict { return slices.Clone(t.conflicts) }

// Bytes is how much memory the table takes: the look-up structure, and the list
// of ranges kept for writing it out again.
func (t *Table) Bytes() int {
	const wideBytes, narrowBytes, restBytes, listBytes = 16, 4, 3, 40
	return len(t.v4.from)*(narrowBytes+restBytes) + len(t.v6.from)*(wideBytes+restBytes) + len(t.ranges)*listBytes
}

// Merge returns a table in which the providers of newer replace those of t.
func (t *Table) Merge(newer *Table) *Table {
	replaced := map[string]bool{}
	for _, origin := range newer.origins {
		replaced[origin.Provider] = true
	}
	origins, ranges := slices.Clone(newer.origins), slices.Collect(newer.Ranges())
	for _, origin := range t.origins {
		if !replaced[origin.Provider] {
			origins = append(origins, origin)
		}
	}
	for r := range t.Ranges() {
		if !replaced[r.Label.Provider] {
			ranges = append(ranges, r)
		}
	}
	return Build(origins, ranges)
}
