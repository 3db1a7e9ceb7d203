package pieces

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Tier is how long the spans are that history is kept in.
type Tier struct {
	// Name is "minute", "hour" or "day".
	Name string
	// Minutes is the length of a span. Spans begin at multiples of it.
	Minutes model.Minute
}

// The tiers, finest first. A span of one is made of whole spans of the one before.
var (
	Minute = Tier{"minute", 1}
	Hour   = Tier{"hour", 60}
	Day    = Tier{"day", 24 * 60}
)

// Start is where the span begins that a minute lies in.
func (t Tier) Start(minute model.Minute) model.Minute { return minute - minute%t.Minutes }

// Parts is the tier that spans of this one are added up from, Minute for Minute.
func (t Tier) Parts() Tier {
	if t == Day {
		return Hour
	}
	return Minute
}

// Part is one finer span of a longer one.
type Part struct {
	// From is where the part begins.
	From model.Minute
	Rows []Row
}

// Span is what one edge carried in a longer span: the sums, and for each part
// what it adds to them, 0 where the edge carried nothing in it.
type Span struct {
	Row
	Bytes []uint64
	Costs []money.Amount
}

// Add adds the parts of the span that begins at from up, edge by edge, in order
// of their ids.
func Add(tier Tier, from model.Minute, parts []Part) ([]Span, error) {
	length := tier.Parts().Minutes
	at := map[model.EdgeID]int{}
	var spans []Span
	for _, part := range parts {
		slot := int((part.From - from) / length)
		if part.From < from || part.From >= from+tier.Minutes || tier.Parts().Start(part.From) != part.From {
			return nil, fmt.Errorf("the %s of %s has no part that begins at %s", tier.Name, from, part.From)
		}
		for i := range part.Rows {
			row := &part.Rows[i]
			number, known := at[row.Edge]
			if !known {
				number = len(spans)
				at[row.Edge] = number
				slots := int(tier.Minutes / length)
				spans = append(spans, Span{Row: *row, Bytes: make([]uint64, slots), Costs: make([]money.Amount, slots)})
			} else if err := spans[number].add(row); err != nil {
				return nil, err
			}
			spans[number].Bytes[slot], spans[number].Costs[slot] = row.Sent.WireBytes, row.Cost
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Edge, b.Edge) })
	return spans, nil
}

// RowsOf are the sums of spans.
func RowsOf(spans []Span) []Row {
	rows := make([]Row, len(spans))
	for i := range spans {
		rows[i] = spans[i].Row
	}
	return rows
}
