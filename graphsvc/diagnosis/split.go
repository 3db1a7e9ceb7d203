package diagnosis

import (
	"fmt"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Parts are a change of cost split up. The parts and the remainder add up to the
// change exactly, by construction: each part is the distance between two
// neighbours of one chain of costs that begins at the old and ends at the new.
type Parts struct {
	// Change is the new cost less the old one at the same length.
	Change money.Amount
	// Volume is what the change of bytes alone makes, at the old mix of ways and
	// the old prices. All of a new flow at the old prices is volume.
	Volume money.Amount
	// Path is what the change of the mix of zones and ways makes, at the new volume
	// and the old prices.
	Path money.Amount
	// Price is what other list prices make, Tier what tiers and allowances do.
	Price, Tier money.Amount
	// Remainder is what cannot be told: bytes on a way whose old price is not known.
	Remainder money.Amount
}

// Quote is what an edge's bytes would have cost under the price book of the
// earlier period, ok only where that is known.
type Quote func(key *model.EdgeKey, bytes uint64) (cost money.Amount, ok bool, err error)

// FlowSplit is one flow's part of the change.
type FlowSplit struct {
	Flow baseline.Flow
	Parts
	// Bytes before and after, at the same length.
	BytesBefore, BytesAfter uint64
}

// Split is the change between two periods, in all and by flow.
type Split struct {
	Parts
	// Flows are sorted by the size of their change, largest first.
	Flows []FlowSplit
}

// SplitChange splits the change of cost between two periods; the earlier one is
// taken at the later one's length. quote may be nil: without it a way that was
// not used before has the price it has now if the price book is the same, and is
// a remainder if not.
func SplitChange(before, after Period, quote Quote) (Split, error) {
	earlier, err := before.scaled(after.Minutes)
	if err != nil {
		return Split{}, err
	}
	unused := pricer{quote, before.Book == after.Book}
	var split Split
	for _, cells := range pair(&earlier, &after) {
		flow, err := splitFlow(cells, unused)
		if err != nil {
			return Split{}, fmt.Errorf("flow %s: %w", cells.flow, err)
		}
		split.Flows = append(split.Flows, flow)
	}
	slices.SortStableFunc(split.Flows, func(a, b FlowSplit) int { return size(b.Change).Cmp(size(a.Change)) })
	split.Parts, err = sumParts(split.Flows)
	return split, err
}

// pricer finds the old price of a way that was not used before.
type pricer struct {
	quote Quote
	// same is true where both periods have one price book, so that the price of
	// now is the old one too.
	same bool
}

func (p pricer) price(cell *Cell) (paid, list money.Amount, known bool, err error) {
	if p.quote == nil {
		return cell.Cost, cell.List, p.same, nil
	}
	list, known, err = p.quote(&cell.Key, cell.Bytes)
	return list, list, known, err
}

// size is the absolute value; the one amount without one is beyond any bill.
func size(a money.Amount) money.Amount {
	if a.Sign() < 0 {
		if positive, err := a.Neg(); err == nil {
			return positive
		}
	}
	return a
}

// chain is the costs between the old and the new one.
type chain struct {
	old, volume, path, price, new money.Amount
	unknown                       money.Amount // the new cost of what had no known price
}

func splitFlow(cells flowCells, unused pricer) (FlowSplit, error) {
	split := FlowSplit{Flow: cells.flow}
	oldLanes, oldSums, err := lanes(cells.before)
	if err != nil {
		return split, err
	}
	_, newSums, err := lanes(cells.after)
	if err != nil {
		return split, err
	}
	var c chain
	if c.old, split.BytesBefore, err = totalOf(oldSums); err != nil {
		return split, err
	}
	if c.new, split.BytesAfter, err = totalOf(newSums); err != nil {
		return split, err
	}
	if err := c.reprice(oldLanes, oldSums, newSums, unused); err != nil {
		return split, err
	}
	switch {
	case split.BytesBefore == 0:
		c.volume = c.path // there is no old mix to compare with
	case split.BytesAfter == 0:
		c.volume = money.Amount{}
	default:
		if c.volume, err = c.old.Scale(split.BytesAfter, split.BytesBefore); err != nil {
			return split, err
		}
		if c.unknown != (money.Amount{}) {
			c.volume = c.old // the mix cannot be priced: what is left is remainder
		}
	}
	split.Parts, err = c.parts()
	return split, err
}

func totalOf(cells []Cell) (cost money.Amount, bytes uint64, err error) {
	var sum money.Accumulator
	for i := range cells {
		sum.Add(cells[i].Cost)
		bytes += cells[i].Bytes
	}
	cost, err = sum.Amount()
	return cost, bytes, err
}

// reprice fills the middle of the chain: the new lanes at the old prices, and
// then at the new list prices.
func (c *chain) reprice(oldLanes []baseline.Lane, oldSums, newSums []Cell, unused pricer) error {
	var path, price, unknown money.Accumulator
	for i := range newSums {
		cell := &newSums[i]
		atOld, listAtOld, known, err := oldPrice(oldLanes, oldSums, cell, unused)
		if err != nil {
			return err
		}
		if !known {
			unknown.Add(cell.Cost)
			continue
		}
		path.Add(atOld)
		change, err := cell.List.Sub(listAtOld)
		if err != nil {
			return err
		}
		price.Add(atOld)
		price.Add(change)
	}
	var err error
	if c.path, err = path.Amount(); err != nil {
		return err
	}
	if c.price, err = price.Amount(); err != nil {
		return err
	}
	c.unknown, err = unknown.Amount()
	return err
}

// oldPrice is what a lane's new bytes would have cost before, as paid and by
// list.
func oldPrice(oldLanes []baseline.Lane, oldSums []Cell, cell *Cell, unused pricer) (paid, list money.Amount, known bool, err error) {
	if at := slices.Index(oldLanes, baseline.LaneOf(&cell.Key)); at >= 0 && oldSums[at].Bytes > 0 {
		old := &oldSums[at]
		if paid, err = old.Cost.Scale(cell.Bytes, old.Bytes); err != nil {
			return paid, list, false, err
		}
		list, err = old.List.Scale(cell.Bytes, old.Bytes)
		return paid, list, true, err
	}
	if cell.Bytes == 0 {
		return cell.Cost, cell.List, true, nil
	}
	return unused.price(cell)
}

// parts are the distances along the chain. What had no known price stands
// outside of it.
func (c *chain) parts() (Parts, error) {
	var p Parts
	knownNew, err := c.new.Sub(c.unknown)
	if err != nil {
		return p, err
	}
	steps := []struct {
		into     *money.Amount
		from, to money.Amount
	}{
		{&p.Volume, c.old, c.volume}, {&p.Path, c.volume, c.path}, {&p.Price, c.path, c.price}, {&p.Tier, c.price, knownNew},
		{&p.Remainder, knownNew, c.new}, {&p.Change, c.old, c.new},
	}
	for _, step := range steps {
		if *step.into, err = step.to.Sub(step.from); err != nil {
			return p, err
		}
	}
	if c.unknown != (money.Amount{}) {
		// Volume stands still here, so what seems to be path is not told either.
		if p.Remainder, err = p.Remainder.Add(p.Path); err != nil {
			return p, err
		}
		p.Path = money.Amount{}
	}
	return p, nil
}

func sumParts(flows []FlowSplit) (Parts, error) {
	var change, volume, path, price, tier, remainder money.Accumulator
	for i := range flows {
		p := &flows[i].Parts
		change.Add(p.Change)
		volume.Add(p.Volume)
		path.Add(p.Path)
		price.Add(p.Price)
		tier.Add(p.Tier)
		remainder.Add(p.Remainder)
	}
	var sum Parts
	var err error
	for _, part := range []struct {
		into *money.Amount
		of   *money.Accumulator
	}{{&sum.Change, &change}, {&sum.Volume, &volume}, {&sum.Path, &path}, {&sum.Price, &price}, {&sum.Tier, &tier}, {&sum.Remainder, &remainder}} {
		if *part.into, err = part.of.Amount(); err != nil {
			return Parts{}, err
		}
	}
	return sum, nil
}
