package diagnosis

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Cell is what one edge carried in a period.
type Cell struct {
	Key                               model.EdgeKey
	Bytes, Connections, Retransmitted uint64
	Packets                           uint64
	// Cost is what the bytes cost. List is what they would have at the first paid
	// tier of the period's own price book; the difference is the work of tiers and
	// free allowances, and zero where the series is priced at list prices.
	Cost, List money.Amount
}

// Period is a stretch of minutes summed up by edge.
type Period struct {
	From, To model.Minute
	// Minutes is how many of them were observed: a missing minute is not zero.
	Minutes uint64
	// Book is the digest of the price book that priced the period.
	Book  model.Digest
	Cells []Cell
}

// SumPeriod adds the minutes' edges up, each edge once, in the order of first
// appearance.
func SumPeriod(from, to model.Minute, book model.Digest, minutes ...[]model.PricedEdge) (Period, error) {
	period := Period{From: from, To: to, Book: book, Minutes: uint64(len(minutes))}
	at := map[model.EdgeKey]int{}
	for _, edges := range minutes {
		for i := range edges {
			edge := &edges[i]
			n, known := at[edge.Key]
			if !known {
				n = len(period.Cells)
				at[edge.Key] = n
				period.Cells = append(period.Cells, Cell{Key: edge.Key})
			}
			if err := period.Cells[n].add(edge); err != nil {
				return Period{}, err
			}
		}
	}
	return period, nil
}

func (c *Cell) add(edge *model.PricedEdge) error {
	c.Bytes += edge.Sent.WireBytes
	c.Packets += edge.Sent.Packets
	c.Retransmitted += edge.Sent.RetransmittedPackets
	c.Connections += edge.Connections
	var err error
	if c.Cost, err = c.Cost.Add(edge.Cost); err != nil {
		return fmt.Errorf("edge %s: %w", edge.Key.ID(), err)
	}
	c.List = c.Cost
	return nil
}

// scaled is the period at another length, so that two periods compare: counts
// and amounts in proportion, each rounded once.
func (p *Period) scaled(minutes uint64) (Period, error) {
	if p.Minutes == minutes || len(p.Cells) == 0 {
		return *p, nil
	}
	if p.Minutes == 0 {
		return Period{}, fmt.Errorf("period %s to %s has no observed minute: there is nothing to compare with", p.From, p.To)
	}
	scaled := *p
	scaled.Minutes = minutes
	scaled.Cells = make([]Cell, len(p.Cells))
	for i := range p.Cells {
		cell := p.Cells[i]
		for _, count := range []*uint64{&cell.Bytes, &cell.Connections, &cell.Retransmitted, &cell.Packets} {
			*count = scale(*count, minutes, p.Minutes)
		}
		var err error
		if cell.Cost, err = cell.Cost.Scale(minutes, p.Minutes); err != nil {
			return Period{}, err
		}
		if cell.List, err = cell.List.Scale(minutes, p.Minutes); err != nil {
			return Period{}, err
		}
		scaled.Cells[i] = cell
	}
	return scaled, nil
}

// scale is count x to / from, rounded to the nearest; counts of bytes are far
// from where that overflows.
func scale(count, to, from uint64) uint64 {
	high, low := bits.Mul64(count, to)
	low, carry := bits.Add64(low, from/2, 0)
	if high+carry >= from {
		return ^uint64(0)
	}
	quotient, _ := bits.Div64(high+carry, low, from)
	return quotient
}

// flowCells are a flow's lanes before and after.
type flowCells struct {
	flow          baseline.Flow
	before, after []Cell // summed by lane and revision, as they came
}

// pair brings the cells of two periods together by flow, in the order of first
// appearance, before first.
func pair(before, after *Period) []flowCells {
	at := map[baseline.Flow]int{}
	var flows []flowCells
	of := func(key *model.EdgeKey) *flowCells {
		flow := baseline.FlowOf(key)
		n, known := at[flow]
		if !known {
			n = len(flows)
			at[flow] = n
			flows = append(flows, flowCells{flow: flow})
		}
		return &flows[n]
	}
	for i := range before.Cells {
		f := of(&before.Cells[i].Key)
		f.before = append(f.before, before.Cells[i])
	}
	for i := range after.Cells {
		f := of(&after.Cells[i].Key)
		f.after = append(f.after, after.Cells[i])
	}
	return flows
}

// lanes sums cells by lane, in the order of first appearance.
func lanes(cells []Cell) ([]baseline.Lane, []Cell, error) {
	var order []baseline.Lane
	var sums []Cell
	for i := range cells {
		lane := baseline.LaneOf(&cells[i].Key)
		at := slices.Index(order, lane)
		if at < 0 {
			order, sums = append(order, lane), append(sums, cells[i])
			continue
		}
		sum := &sums[at]
		sum.Bytes += cells[i].Bytes
		var err error
		if sum.Cost, err = sum.Cost.Add(cells[i].Cost); err != nil {
			return nil, nil, err
		}
		if sum.List, err = sum.List.Add(cells[i].List); err != nil {
			return nil, nil, err
		}
	}
	return order, sums, nil
}
