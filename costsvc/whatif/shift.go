package whatif

import (
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Shifts tells a change edge by edge, in order of first appearance. At list prices
// a sum costs what its parts cost: the costs before and after add up to those of
// Evaluate without what stands by the hour.
func (t *Topology) Shifts(c *Change) ([]model.Shift, error) {
	s := shifts{at: map[model.EdgeKey]int{}}
	for i := range t.Days {
		day := &t.Days[i]
		was, is := c.touched(day)
		if err := s.carry(t.Book, was, func(shift *model.Shift) *model.Carried { return &shift.Before }); err != nil {
			return nil, err
		}
		if err := s.carry(t.Book, is, func(shift *model.Shift) *model.Carried { return &shift.After }); err != nil {
			return nil, err
		}
	}
	if c.Reroute != nil {
		s.join(t, c)
	}
	return s.all, nil
}

type shifts struct {
	at  map[model.EdgeKey]int
	all []model.Shift
}

// carry adds edges of one day to one side of their shifts.
func (s *shifts) carry(book *pricing.Book, edges []model.EdgeMinute, side func(*model.Shift) *model.Carried) error {
	if len(edges) == 0 {
		return nil
	}
	statement, _, err := pricing.Price(book, pricing.List, edges, nil)
	if err != nil {
		return err
	}
	costs := map[model.EdgeID]*money.Accumulator{}
	for i := range statement.Lines {
		line := &statement.Lines[i]
		if costs[line.Edge] == nil {
			costs[line.Edge] = &money.Accumulator{}
		}
		costs[line.Edge].Add(line.Amount)
	}
	for i := range edges {
		carried := side(s.of(edges[i].Key))
		carried.Carries = true
		carried.Bytes += edges[i].Sent.WireBytes
		sum := costs[edges[i].Key.ID()]
		if sum == nil {
			continue // nothing is charged for it
		}
		cost, err := sum.Amount()
		if err != nil {
			return err
		}
		if carried.Cost, err = carried.Cost.Add(cost); err != nil {
			return err
		}
	}
	return nil
}

func (s *shifts) of(key model.EdgeKey) *model.Shift {
	n, known := s.at[key]
	if !known {
		n = len(s.all)
		s.at[key] = n
		s.all = append(s.all, model.Shift{Key: key})
	}
	return &s.all[n]
}

// join marks the edges that other bytes go by.
func (s *shifts) join(t *Topology, c *Change) {
	for i := range t.Days {
		for j := range t.Days[i].Edges {
			edge := &t.Days[i].Edges[j]
			n, known := s.at[edge.Key]
			if !known || s.all[n].Joins {
				continue
			}
			_, touched := c.Reroute(*edge)
			s.all[n].Joins = !touched
		}
	}
}
