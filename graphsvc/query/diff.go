package query

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/model"
)

// MaxDiffRows is the longest list of rows or nodes of a diff.
const MaxDiffRows = 20000

// DiffAsk is a question for what changed.
type DiffAsk struct {
	Before, After Ask
	By            diff.Dimension
	Order         diff.Order
	// Limit is how many rows are listed, 1 to MaxDiffRows.
	Limit int
}

// DiffSide is one side of a diff.
type DiffSide struct {
	Window  Window
	Version *model.GraphVersion

	only selection
}

// Diff is what changed between two windows.
type Diff struct {
	Before, After DiffSide
	// Table holds all rows; Rows are those that are listed and Rest adds up the others.
	Table    diff.Table
	Rows     []diff.Row
	Rest     diff.Delta
	Changes  []diff.Change
	Currency string
}

// Diff compares two windows, each as of its own version: two versions, or two
// times. Where neither names a version, both are answered from the newest one.
func (e *Explorer) Diff(ctx context.Context, ask DiffAsk) (*Diff, error) {
	if ask.Limit < 1 || ask.Limit > MaxDiffRows {
		return nil, badInput("ask for 1 to "+strconv.Itoa(MaxDiffRows), "a diff of %d rows", ask.Limit)
	}
	d, err := e.sides(ctx, ask)
	if err != nil {
		return nil, err
	}
	if d.Changes, err = e.changes(ctx, d); err != nil {
		return nil, err
	}
	var owners teams
	if ask.By.NeedsTeams() {
		if owners, err = e.teamsOf(ctx, d.After.Version); err != nil {
			return nil, err
		}
	}
	if d.Table, err = diff.Tabulate(d.Changes, ask.By, ask.Order, owners); err != nil {
		return nil, err
	}
	d.Rows = d.Table.Rows[:min(ask.Limit, len(d.Table.Rows))]
	d.Rest, err = d.Table.Rest(ask.Limit)
	return d, err
}

// sides fixes both windows and versions.
func (e *Explorer) sides(ctx context.Context, ask DiffAsk) (*Diff, error) {
	var d Diff
	var err error
	if d.After.Window, d.After.Version, d.After.only, err = e.chosen(ctx, ask.After); err != nil {
		return nil, err
	}
	if d.After.Version == nil {
		return nil, nothingFolded()
	}
	if ask.After.newest() && ask.Before.newest() {
		ask.Before.AsOfVersion = d.After.Version.Number // a version that is committed between the two reads would part them
	}
	if d.Before.Window, d.Before.Version, d.Before.only, err = e.chosen(ctx, ask.Before); err != nil {
		return nil, err
	}
	if d.Currency = d.After.Version.Currency; d.Currency != d.Before.Version.Currency {
		return nil, badInput("compare versions of one currency", "version %d is priced in %s and version %d in %s",
			d.Before.Version.Number, d.Before.Version.Currency, d.After.Version.Number, d.Currency)
	}
	return &d, nil
}

func nothingFolded() error {
	return &Error{Code: CodeVersionNotYet, Message: "there is no version yet", Hint: "the first version follows the first agent by about a minute"}
}

// changes reads both windows at once and pairs their edges.
func (e *Explorer) changes(ctx context.Context, d *Diff) ([]diff.Change, error) {
	var before, after []*diff.Edge
	var failedBefore, failedAfter error
	var wait sync.WaitGroup
	wait.Go(func() { before, failedBefore = e.edges(ctx, d.Before.Window) })
	wait.Go(func() { after, failedAfter = e.edges(ctx, d.After.Window) })
	wait.Wait()
	if failedBefore != nil {
		return nil, failedBefore
	}
	if failedAfter != nil {
		return nil, failedAfter
	}
	return d.selected(before, after)
}

// selected pairs the transfers that are meant. One filter for both windows keeps
// a transfer that it means in either, so that one which grows past a threshold
// is not shown as new; different ones keep each window to itself.
func (d *Diff) selected(before, after []*diff.Edge) ([]diff.Change, error) {
	one := d.Before.only.filter.String() == d.After.only.filter.String()
	if !one {
		return diff.Between(d.Before.kept(before), d.After.kept(after))
	}
	changes, err := diff.Between(before, after)
	if err != nil || d.After.only.all() {
		return changes, err
	}
	return slices.DeleteFunc(changes, func(c diff.Change) bool {
		meant := c.Before != nil && d.Before.only.takes((*Transfer)(c.Before)) || c.After != nil && d.After.only.takes((*Transfer)(c.After))
		return !meant
	}), nil
}

func (s *DiffSide) kept(edges []*diff.Edge) []*diff.Edge {
	return slices.DeleteFunc(edges, func(edge *diff.Edge) bool { return !s.only.takes((*Transfer)(edge)) })
}

// edges are the transfers of a window, shared and not to be written to.
func (e *Explorer) edges(ctx context.Context, window Window) ([]*diff.Edge, error) {
	transfers, err := e.windows.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	edges := make([]*diff.Edge, len(transfers))
	for i := range transfers {
		edges[i] = (*diff.Edge)(&transfers[i])
	}
	return edges, nil
}

// FoldedMinutes is how many minutes of a window were folded: the others are
// missing, not empty.
func (e *Explorer) FoldedMinutes(ctx context.Context, window Window) (int, error) {
	minutes, err := e.seriesOf(ctx, window, Subject{}, selection{})
	return len(minutes), err
}
