package query

import (
	"context"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/internal/model"
)

// GroupsAsk is a question for a window's transfers added up in groups.
type GroupsAsk struct {
	Ask
	By    diff.Dimension
	Order diff.Order
	// Limit is how many groups are listed, 1 to MaxDiffRows.
	Limit int
}

// Groups are a window's transfers added up.
type Groups struct {
	Window  Window
	Version *model.GraphVersion
	By      diff.Dimension
	// Rows are the listed groups, largest first; Count is how many there are.
	Rows        []diff.Row
	Count       int
	Total, Rest Sum
	Currency    string
}

// Groups adds the transfers of a window up in groups: what changed since nothing
// was there.
func (e *Explorer) Groups(ctx context.Context, ask GroupsAsk) (*Groups, error) {
	if err := within(ask.Limit, MaxDiffRows, "%d groups"); err != nil {
		return nil, err
	}
	window, version, only, err := e.chosen(ctx, ask.Ask)
	if err != nil {
		return nil, err
	}
	if version == nil {
		return nil, nothingFolded()
	}
	transfers, err := e.read(ctx, window, "", only)
	if err != nil {
		return nil, err
	}
	changes := make([]diff.Change, len(transfers))
	for i := range transfers {
		changes[i].After = (*diff.Edge)(&transfers[i])
	}
	var owners teams
	if ask.By.NeedsTeams() {
		if owners, err = e.teamsOf(ctx, version); err != nil {
			return nil, err
		}
	}
	table, err := diff.Tabulate(changes, ask.By, ask.Order, owners)
	if err != nil {
		return nil, err
	}
	rest, err := table.Rest(ask.Limit)
	return &Groups{
		Window: window, Version: version, By: ask.By, Rows: table.Rows[:min(ask.Limit, len(table.Rows))], Count: len(table.Rows),
		Total: Sum(table.Total.After), Rest: Sum(rest.After), Currency: version.Currency,
	}, err
}
