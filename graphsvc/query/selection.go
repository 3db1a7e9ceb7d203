package query

import (
	"context"
	"errors"
	"slices"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// selection is which transfers of a window an ask means. The zero value means
// all of them.
type selection struct {
	filter filter.Filter
	known  filter.Known
}

// chosen is resolve with the ask's filter, for questions that keep to one.
func (e *Explorer) chosen(ctx context.Context, ask Ask) (Window, *model.GraphVersion, selection, error) {
	parsed, err := ParseFilter(ask.Filter)
	if err != nil {
		return Window{}, nil, selection{}, err
	}
	ask.Filter = ""
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return window, version, selection{}, err
	}
	s := selection{filter: parsed, known: filter.Nothing{}}
	if parsed.Uses(func(f *filter.Field) bool { return f.Flow }) {
		return window, nil, s, badInput("ask `flows`, or leave address, agent and role away", "a transfer has no address, agent or role: raw flows have")
	}
	s.known, err = e.knownTo(ctx, parsed, window, version)
	return window, version, s, err
}

// ParseFilter reads a filter; what is none is bad input.
func ParseFilter(text string) (filter.Filter, error) {
	parsed, err := filter.Parse(text)
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		return parsed, &Error{Code: CodeBadInput, Message: wrong.Message, Hint: wrong.Hint}
	}
	return parsed, err
}

// takesNoFilter refuses one where it would be passed over in silence.
func takesNoFilter(ask Ask) error {
	if ask.Filter == "" {
		return nil
	}
	return badInput("leave the window's filter away", "this field has no transfers to filter")
}

// all reports whether nothing is left out.
func (s selection) all() bool { return s.filter.IsZero() }

// keep are the transfers that are meant. What it is given may be shared and is
// not written to; what it returns is shared where all are meant.
func (s selection) keep(transfers []Transfer) []Transfer {
	if s.all() {
		return transfers
	}
	var kept []Transfer
	for i := range transfers {
		if s.takes(&transfers[i]) {
			kept = append(kept, transfers[i])
		}
	}
	return kept
}

func (s selection) takes(t *Transfer) bool {
	seen := filter.Transfer{ID: t.ID, Key: &t.Key, Sent: t.Sent, Connections: t.Connections, RTTMicros: t.RTTMicros, Cost: t.Cost}
	return s.filter.Match(&seen, s.known)
}

// byKey reports whether a transfer's key alone decides.
func (s selection) byKey() bool {
	return !s.filter.Uses(func(f *filter.Field) bool { return f.Sum })
}

// selected tells of each transfer of a window whether it is meant. Where keys
// alone decide, the window is not read.
func (e *Explorer) selected(ctx context.Context, window Window, s selection) (func(model.EdgeID, *model.EdgeKey) bool, error) {
	if s.all() {
		return func(model.EdgeID, *model.EdgeKey) bool { return true }, nil
	}
	if s.byKey() {
		return func(id model.EdgeID, key *model.EdgeKey) bool {
			return key != nil && s.filter.Match(&filter.Transfer{ID: id, Key: key}, s.known)
		}, nil
	}
	ids, err := e.edgeIDs(ctx, window, s)
	if err != nil {
		return nil, err
	}
	return func(id model.EdgeID, _ *model.EdgeKey) bool {
		_, found := slices.BinarySearch(ids, id)
		return found
	}, nil
}

// edgeIDs are the transfers of a window that are meant, in order of id; never
// nil.
func (e *Explorer) edgeIDs(ctx context.Context, window Window, s selection) ([]model.EdgeID, error) {
	transfers, err := e.windows.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	ids := make([]model.EdgeID, 0, len(transfers))
	for i := range transfers {
		if s.takes(&transfers[i]) {
			ids = append(ids, transfers[i].ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}
