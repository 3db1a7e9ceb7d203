package query

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	// MaxStatementLines is the longest list of a statement.
	MaxStatementLines = 10_000
	// MaxStatementFilters is how many conditions a statement may have.
	MaxStatementFilters = 200
	// maxBuckets is into how many hours or days a statement may be cut.
	maxBuckets = 31 * 24
)

// StatementAsk is a question for what it costs.
type StatementAsk struct {
	Ask
	By    []statement.Dimension
	View  statement.View
	Where []statement.Filter
	// Limit is how many lines are listed, 1 to MaxStatementLines.
	Limit int
}

// check refuses what cannot be answered, and what asks for the same again and again.
func (a StatementAsk) check() error {
	if err := within(a.Limit, MaxStatementLines, "a statement of %d lines"); err != nil {
		return err
	}
	for i, by := range a.By {
		if slices.Contains(a.By[:i], by) {
			return badInput("name each dimension once", "a statement grouped by %s twice", by)
		}
	}
	if len(a.Where) > MaxStatementFilters {
		return badInput("give at most "+strconv.Itoa(MaxStatementFilters), "%d conditions of a statement", len(a.Where))
	}
	return nil
}

// Statement is what a window costs.
type Statement struct {
	Window  Window
	Version *model.GraphVersion
	// Table holds all lines; Lines are those that are listed and Rest adds up the
	// others.
	Table *statement.Table
	Lines []statement.Line
	Rest  statement.Sum
	// Standing are the things that cost by the hour, with their whole cost over
	// the window whatever was filtered.
	Standing []statement.Cost
	Currency string
	// Unpriced are things that what the asker sees went through, and whose price by
	// the hour is not known: their shares are missing.
	Unpriced []string
	// Modes are the pricing modes of the window's minutes.
	Modes []string
}

// Hourly says what costs by the hour.
type Hourly interface {
	// Periods are what gateways and own lines cost over a window, cut into buckets
	// that begin at multiples of their length.
	Periods(ctx context.Context, window Window, known model.GraphVersion, uses []statement.Use, bucket model.Minute) ([]statement.Period, error)
}

const minutesPerDay = 24 * 60

// Statement adds up the charges of a window.
func (e *Explorer) Statement(ctx context.Context, ask StatementAsk) (*Statement, error) {
	if err := ask.check(); err != nil {
		return nil, err
	}
	window, version, only, err := e.chosen(ctx, ask.Ask)
	if err != nil {
		return nil, err
	}
	if version == nil {
		return nil, nothingFolded()
	}
	bucket := statement.BucketMinutes(ask.By)
	if bucket != 0 && int((window.To-window.From)/bucket) > maxBuckets {
		return nil, badInput("group a shorter window by hour, or this one by day", "a statement of more than %d buckets", maxBuckets)
	}
	s := &Statement{Window: window, Version: version}
	if err := e.terms(ctx, s); err != nil {
		return nil, err
	}
	charges, err := e.series.Charged(ctx, window, bucket)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	shares, err := e.standing(ctx, s, bucket)
	if err != nil {
		return nil, err
	}
	meant, err := e.selected(ctx, window, only)
	if err != nil {
		return nil, err
	}
	// What the store gave may be kept and others' too: it is not written to.
	all := make([]statement.Charge, 0, len(charges)+len(shares))
	for _, part := range [][]statement.Charge{charges, shares} {
		for i := range part {
			if meant(part[i].Edge, part[i].Key) {
				all = append(all, part[i])
			}
		}
	}
	return s, e.tabulate(ctx, s, all, ask)
}

// terms reads how the window is priced. Amounts of two currencies are never added.
func (e *Explorer) terms(ctx context.Context, s *Statement) error {
	currencies, modes, err := e.series.PricedIn(ctx, s.Window)
	if err != nil {
		return unavailable("the flow store", err)
	}
	if len(currencies) > 1 {
		return badInput("ask for a window in which one price book holds", "the window has prices in %s, which are never added", strings.Join(currencies, " and "))
	}
	s.Currency, s.Modes = s.Version.Currency, modes
	if len(currencies) == 1 {
		s.Currency = currencies[0]
	}
	return nil
}

// standing shares out what costs by the hour.
func (e *Explorer) standing(ctx context.Context, s *Statement, bucket model.Minute) ([]statement.Charge, error) {
	if e.hourly == nil {
		return nil, nil
	}
	if bucket == 0 {
		bucket = minutesPerDay
	}
	uses, err := e.series.Used(ctx, s.Window, bucket)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	periods, err := e.hourly.Periods(ctx, s.Window, *s.Version, uses, bucket)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	shares, costs, err := statement.Allocate(periods, uses, money.Currency(s.Currency))
	if SeesAll(ctx) {
		s.Standing = costs
	}
	s.Unpriced = statement.Unpriced(periods, visibleUses(ctx, uses))
	return visibleCharges(ctx, shares), err
}

func (e *Explorer) tabulate(ctx context.Context, s *Statement, charges []statement.Charge, ask StatementAsk) error {
	owners, err := e.teamsOf(ctx, s.Version)
	if err != nil {
		return err
	}
	s.Table, err = statement.Tabulate(charges, statement.Ask{By: ask.By, View: ask.View, Where: ask.Where, Teams: owners})
	if err != nil {
		return err
	}
	s.Lines = s.Table.Lines[:min(ask.Limit, len(s.Table.Lines))]
	s.Rest, err = s.Table.Rest(ask.Limit)
	return err
}

// ChargeOf is a charge line as receipts show it.
func ChargeOf(line *pricing.Line) Charge {
	charge := Charge{
		Payer: string(line.Payer), Code: line.Code, Operation: line.Operation, Rule: string(line.Rule),
		PriceRow: line.PriceRow, Source: line.Source, Bytes: line.Bytes, UnitBytes: line.UnitBytes, RateNano: line.RateNanoPerUnit,
		Amount: line.Amount, Assumed: line.PathAssumed, UnpricedReason: line.Unpriced,
	}
	if line.Tier != 0 {
		charge.Tier = strconv.Itoa(line.Tier)
	}
	return charge
}
