package pricing

import (
	"fmt"
	"maps"
	"time"

	"github.com/egressor/egressor/internal/model"
)

const day = 24 * time.Hour

// Month prices the minutes of one calendar month (UTC), one after another, and
// keeps the meters. The same minutes in the same order always cost the same, so
// a month can be priced again from its start.
type Month struct {
	book        *Book
	first, next model.Minute // next is where the next minute may begin
	end         model.Minute
	run         Run
	meters      Meters
	totals      Closed
	closed      Closed // not nil in a blended month
	open        bool
}

// NewMonth begins the month that a minute lies in, in marginal mode. The meters
// stand at 0. regionalAllowance says whether the free bytes between zones count:
// they do where the minutes hold all of the payer's traffic.
func NewMonth(book *Book, within model.Minute, regionalAllowance bool) *Month {
	m := newMonth(book, within)
	m.totals = make(Closed)
	m.run.regionalAllowance = regionalAllowance
	return m
}

// NewBlendedMonth begins a month that was priced once and closed.
func NewBlendedMonth(book *Book, within model.Minute, closed Closed) *Month {
	m := newMonth(book, within)
	m.closed = closed
	return m
}

func newMonth(book *Book, within model.Minute) *Month {
	first, end := MonthOf(within)
	return &Month{book: book, first: first, next: first, end: end, meters: make(Meters)}
}

// MonthOf is the calendar month (UTC) of a minute: its first minute, and the
// first one after it.
func MonthOf(minute model.Minute) (first, end model.Minute) {
	start := minute.Start()
	begin := start.AddDate(0, 0, 1-start.Day()).Truncate(day)
	return model.MinuteOf(begin), model.MinuteOf(begin.AddDate(0, 1, 0))
}

// Begin begins a minute: add its transfers to the Run, then call Finish.
func (m *Month) Begin(minute model.Minute) (*Run, error) {
	if m.open {
		return nil, fmt.Errorf("minute %s begins before the one before it is finished", minute)
	}
	if minute < m.next || minute >= m.end {
		return nil, fmt.Errorf("minute %s is not between %s and %s: minutes of a month are priced in order", minute, m.next, m.end)
	}
	var err error
	if m.closed != nil {
		err = m.run.ResetBlended(m.book, minute, m.closed, m.meters)
	} else {
		allowance := m.run.regionalAllowance
		err = m.run.Reset(m.book, Marginal, minute, m.meters)
		m.run.regionalAllowance = allowance
		m.run.Record(m.totals)
	}
	m.open = err == nil
	m.next = minute + 1
	return &m.run, err
}

// Finish ends the minute. The statement's lines are valid until the next Begin.
func (m *Month) Finish() (Statement, error) {
	statement, meters, err := m.run.Finish()
	m.meters, m.open = meters, false
	return statement, err
}

// Price prices one minute's edges; no edge is no minute.
func (m *Month) Price(edges []model.EdgeMinute) (Statement, error) {
	if len(edges) == 0 {
		return Statement{}, nil
	}
	run, err := m.Begin(edges[0].Minute)
	if err != nil {
		return Statement{}, err
	}
	for i := range edges {
		if edges[i].Minute != edges[0].Minute {
			return Statement{}, fmt.Errorf("edges of two minutes, %s and %s, cannot be priced together", edges[0].Minute, edges[i].Minute)
		}
		run.AddEdge(edges[i].Key.ID(), &edges[i])
	}
	return m.Finish()
}

// Meters are the pools' bytes so far.
func (m *Month) Meters() Meters { return maps.Clone(m.meters) }

// Close returns what the pools came to, for NewBlendedMonth.
func (m *Month) Close() Closed { return maps.Clone(m.totals) }
