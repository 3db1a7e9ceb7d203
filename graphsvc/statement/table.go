package statement

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Ask is what a statement is to show.
type Ask struct {
	// By is what lines are grouped by, in the order of their names; none makes one
	// line of everything.
	By   []Dimension
	View View
	// Where keeps the charges that have these values.
	Where []Filter
	Teams Teams
}

// Filter keeps the charges with one value in a dimension.
type Filter struct {
	By    Dimension
	Value string
}

// Sum adds charges up.
type Sum struct {
	// Amount is what bytes cost. Standing is what runs by the hour, beside it: the
	// one ends when the bytes do, the other when the gateway is deleted.
	Amount, Standing money.Amount
	// BilledBytes are the bytes of the charge lines: a transfer that is charged on
	// two sides, or by a gateway as well, counts in each of its lines.
	BilledBytes uint64
	// UnpricedBytes are the part of them on lines without a sourced price, so that
	// the true cost is higher than shown.
	UnpricedBytes uint64
}

// Line is one group.
type Line struct {
	// Group are its names, one for each dimension asked for.
	Group []string
	Sum
	// Charges are what it adds up.
	Charges []*Charge
}

// Table is a statement: its lines, largest amount first, and their sum.
type Table struct {
	Lines []Line
	Total Sum
	// Own is the part of the total of transfers with Egressor itself at an end.
	Own Sum
}

// Tabulate groups charges. Amounts that do not fit, which is beyond any bill,
// are an error.
func Tabulate(charges []Charge, ask Ask) (*Table, error) {
	names := &namer{view: ask.View, teams: ask.Teams, ids: map[model.Identity]string{}}
	groups := map[string]int{}
	var table Table
	var key strings.Builder
	group := make([]string, len(ask.By))
	for i := range charges {
		c := &charges[i]
		s := subjectOf(c, ask.View)
		if !names.keeps(c, &s, ask.Where) {
			continue
		}
		key.Reset()
		for n, by := range ask.By {
			group[n] = names.value(c, &s, by)
			fmt.Fprintf(&key, "%d:%s", len(group[n]), group[n])
		}
		at, known := groups[key.String()]
		if !known {
			at = len(table.Lines)
			groups[key.String()] = at
			table.Lines = append(table.Lines, Line{Group: slices.Clone(group)})
		}
		if err := table.add(at, c); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(table.Lines, func(a, b Line) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), b.Standing.Cmp(a.Standing), cmp.Compare(b.BilledBytes, a.BilledBytes), slices.Compare(a.Group, b.Group))
	})
	return &table, nil
}

func (n *namer) keeps(c *Charge, s *subject, where []Filter) bool {
	for _, filter := range where {
		if n.value(c, s, filter.By) != filter.Value {
			return false
		}
	}
	return true
}

func (t *Table) add(at int, c *Charge) error {
	line := &t.Lines[at]
	line.Charges = append(line.Charges, c)
	sums := []*Sum{&line.Sum, &t.Total}
	if c.Key != nil && (IsOwn(c.Key.Source) || IsOwn(c.Key.Destination)) {
		sums = append(sums, &t.Own)
	}
	for _, sum := range sums {
		if err := sum.add(c); err != nil {
			return fmt.Errorf("adding up charges of %s: %w", c.Edge, err)
		}
	}
	return nil
}

func (s *Sum) add(c *Charge) (err error) {
	if c.Standing {
		s.Standing, err = s.Standing.Add(c.Line.Amount)
		return err
	}
	s.BilledBytes += c.Line.Bytes
	if c.Line.Unpriced != "" {
		s.UnpricedBytes += c.Line.Bytes
		return nil
	}
	s.Amount, err = s.Amount.Add(c.Line.Amount)
	return err
}

// Rest sums the lines beyond the first so many.
func (t *Table) Rest(shown int) (Sum, error) {
	var rest Sum
	for i := min(shown, len(t.Lines)); i < len(t.Lines); i++ {
		line := &t.Lines[i].Sum
		var err error
		if rest.Amount, err = rest.Amount.Add(line.Amount); err != nil {
			return rest, err
		}
		if rest.Standing, err = rest.Standing.Add(line.Standing); err != nil {
			return rest, err
		}
		rest.BilledBytes += line.BilledBytes
		rest.UnpricedBytes += line.UnpricedBytes
	}
	return rest, nil
}
