package spool

import (
	"cmp"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// entry is one record in the index.
type entry struct {
	number  uint64
	summary Summary
	segment *segment // nil where the record's place is not known
	offset  int64
	length  int64
	state   state
	// known says that summary is right: false for damage without any trace.
	known bool
	// supersedes are the record's own ranges.
	supersedes []Range
}

// state is what became of a record.
type state uint8

const (
	live       state = iota
	damaged          // cannot be read; lives on until a record supersedes it
	acked            // acknowledged; durably so only once the mark has passed it
	superseded       // a later record accounts for it
)

// Damage is a record that cannot be read.
type Damage struct {
	Number uint64
	// Summary is what the record held, zero unless Known.
	Summary
	Known bool
}

// Loss tells the damage as data. Where nothing is known of the record, it lies
// between the two times given.
func (d Damage) Loss(after, before time.Time) model.Loss {
	loss := model.Loss{Reason: model.LossSpoolDamaged, From: after, To: before}
	if d.Known {
		loss.From, loss.To = d.From, d.Through
		loss.Flows, loss.Bytes, loss.BytesKnown = d.Flows, d.Bytes, true
	}
	return loss
}

// buildIndex lines up what the segments hold with the numbers that should be
// there. Every number after released that no header shows and no record
// supersedes is damage.
func buildIndex(found []entry, released uint64, previous map[uint64]Summary, tailLost bool) []entry {
	slices.SortStableFunc(found, func(a, b entry) int { return cmp.Compare(a.number, b.number) })
	var index []entry
	expected := released + 1
	for _, e := range found {
		if e.number <= released {
			continue
		}
		if e.number < expected { // a second try after a failed append: the whole one counts
			if last := &index[len(index)-1]; last.state == damaged || e.state == live {
				*last = e
			}
			continue
		}
		for ; expected < e.number; expected++ {
			summary, known := previous[expected]
			index = append(index, entry{number: expected, state: damaged, summary: summary, known: known})
		}
		index = append(index, e)
		expected++
	}
	if tailLost {
		index = append(index, entry{number: expected, state: damaged})
	}
	for i := range index {
		for _, gone := range index[i].supersedes {
			supersede(index, gone)
		}
	}
	return index
}

// supersede marks the entries of a range.
func supersede(index []entry, gone Range) {
	at, _ := slices.BinarySearchFunc(index, gone.First, byNumber)
	for ; at < len(index) && gone.contains(index[at].number); at++ {
		index[at].state = superseded
	}
}

func byNumber(e entry, number uint64) int { return cmp.Compare(e.number, number) }

// mergeRanges sorts ranges, joins those that touch, and drops what lies at or
// below released: the mark accounts for that.
func mergeRanges(ranges []Range, released uint64) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Compare(a.First, b.First) })
	var merged []Range
	for _, r := range ranges {
		switch last := len(merged) - 1; {
		case r.Last <= released:
		case last >= 0 && r.First <= merged[last].Last+1:
			merged[last].Last = max(merged[last].Last, r.Last)
		default:
			merged = append(merged, r)
		}
	}
	return merged
}
