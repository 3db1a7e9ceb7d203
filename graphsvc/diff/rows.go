package diff

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Delta is two sums and what lies between them.
type Delta struct {
	// Rows is how many groups it adds up.
	Rows          int
	Before, After Sum
	// Bytes and Cost are After less Before.
	Bytes int64
	Cost  money.Amount
}

// Row is one group before and after.
type Row struct {
	Group Group
	Kind  Kind
	Delta
	// Edge is the edge itself where rows are single edges, as it is after, or as
	// it was where it is gone; else nil.
	Edge *Edge
}

// Order is how rows are ranked: by the size of the change, either way.
type Order int

// Orders.
const (
	ByCost Order = iota
	ByBytes
)

// Table is a comparison, grouped and ranked.
type Table struct {
	By Dimension
	// Rows are all groups that changed, largest change first.
	Rows []Row
	// Total adds every group up; New, Gone, Changed and Same are its parts.
	Total, New, Gone, Changed, Same Delta
}

// Tabulate groups changes and ranks the groups. Teams is asked only where rows
// are grouped by team.
func Tabulate(changes []Change, by Dimension, order Order, teams Teams) (Table, error) {
	sort := grouper{by: by, teams: teams, ids: map[model.Identity]string{}}
	groups := map[Group]*Row{}
	for _, c := range changes {
		group := sort.of(c.either())
		row := groups[group]
		if row == nil {
			row = &Row{Group: group}
			groups[group] = row
		}
		if err := row.add(c); err != nil {
			return Table{}, err
		}
		if by == ByTransfer {
			row.Edge = c.either()
		}
	}
	return tableOf(by, order, groups)
}

func tableOf(by Dimension, order Order, groups map[Group]*Row) (Table, error) {
	table := Table{By: by}
	for _, row := range groups {
		if err := row.settle(); err != nil {
			return Table{}, err
		}
		part := map[Kind]*Delta{New: &table.New, Gone: &table.Gone, Changed: &table.Changed, Same: &table.Same}[row.Kind]
		if err := part.plus(row.Delta); err != nil {
			return Table{}, err
		}
		if row.Kind != Same {
			table.Rows = append(table.Rows, *row)
		}
	}
	for _, part := range []Delta{table.New, table.Gone, table.Changed, table.Same} {
		if err := table.Total.plus(part); err != nil {
			return Table{}, err
		}
	}
	return table, rank(table.Rows, order)
}

// add counts one edge in.
func (r *Row) add(c Change) (err error) {
	if c.Before != nil {
		if r.Before, err = r.Before.plus(sumOf(c.Before)); err != nil {
			return err
		}
	}
	if c.After != nil {
		r.After, err = r.After.plus(sumOf(c.After))
	}
	return err
}

// settle works out what became of a group whose edges are all counted.
func (r *Row) settle() (err error) {
	r.Rows = 1
	r.Bytes = int64(r.After.Bytes) - int64(r.Before.Bytes) // both fit 63 bits
	if r.Cost, err = r.After.Cost.Sub(r.Before.Cost); err != nil {
		return err
	}
	switch {
	case r.Before.Transfers == 0:
		r.Kind = New
	case r.After.Transfers == 0:
		r.Kind = Gone
	case r.Before == r.After:
		r.Kind = Same
	default:
		r.Kind = Changed
	}
	return nil
}

func (d *Delta) plus(e Delta) (err error) {
	d.Rows += e.Rows
	if d.Before, err = d.Before.plus(e.Before); err != nil {
		return err
	}
	if d.After, err = d.After.plus(e.After); err != nil {
		return err
	}
	d.Bytes = int64(d.After.Bytes) - int64(d.Before.Bytes)
	d.Cost, err = d.After.Cost.Sub(d.Before.Cost)
	return err
}

// Rest adds up the rows from limit on: what a list of limit rows leaves out.
func (t Table) Rest(limit int) (Delta, error) {
	var rest Delta
	for _, row := range t.Rows[min(limit, len(t.Rows)):] {
		if err := rest.plus(row.Delta); err != nil {
			return Delta{}, err
		}
	}
	return rest, nil
}

// rank sorts by the size of the change; equals by name, so that the same
// question always has the same answer.
func rank(rows []Row, order Order) error {
	type place struct {
		row   *Row
		cost  money.Amount
		bytes uint64
	}
	places := make([]place, len(rows))
	for i := range rows {
		cost, err := absolute(rows[i].Cost)
		if err != nil {
			return err
		}
		places[i] = place{&rows[i], cost, magnitude(rows[i].Bytes)}
	}
	slices.SortFunc(places, func(a, b place) int {
		byCost, byBytes := b.cost.Cmp(a.cost), cmp.Compare(b.bytes, a.bytes)
		if order == ByBytes {
			byCost, byBytes = byBytes, byCost
		}
		if byCost != 0 || byBytes != 0 {
			return cmp.Or(byCost, byBytes)
		}
		return cmp.Or(cmp.Compare(a.row.Group[0], b.row.Group[0]), cmp.Compare(a.row.Group[1], b.row.Group[1]))
	})
	ranked := make([]Row, len(rows))
	for i := range places {
		ranked[i] = *places[i].row
	}
	copy(rows, ranked)
	return nil
}

func absolute(a money.Amount) (money.Amount, error) {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a, nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
