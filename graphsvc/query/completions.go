package query

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/internal/model"
)

// Bounds of completions.
const (
	MaxCompletions = 200
	// completedLabels bounds how many values of one label are looked up.
	completedLabels = 10_000
)

// Completions tell what can stand at a cursor of a filter, a place in bytes, with
// values of the window's transfers that the asker may see: those with most bytes
// first.
func (e *Explorer) Completions(ctx context.Context, text string, cursor int, ask Ask, limit int) (filter.Completions, error) {
	if err := within(limit, MaxCompletions, "%d completions"); err != nil {
		return filter.Completions{}, err
	}
	if len(text) > filter.MaxLength {
		return filter.Completions{}, badInput("say less", "a filter of more than %d bytes", filter.MaxLength)
	}
	ask.Filter = ""
	window, version, err := e.resolve(ctx, ask)
	if err != nil {
		return filter.Completions{}, err
	}
	var failed error
	found := filter.Complete(text, cursor, func(f *filter.Field, key string) []string {
		if version == nil || f.Flow {
			return nil
		}
		var values []string
		values, failed = e.valuesOf(ctx, f, key, window, version)
		return values
	})
	found.Items = found.Items[:min(limit, len(found.Items))]
	return found, failed
}

// valuesOf are the values that a field has in a window, those with most bytes
// first.
func (e *Explorer) valuesOf(ctx context.Context, f *filter.Field, key string, window Window, version *model.GraphVersion) ([]string, error) {
	transfers, err := e.windows.transfers(ctx, window)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	probe := filter.Of(&filter.Condition{Field: f, Key: key, Op: filter.Equal, Values: []filter.Value{{}}})
	of, err := e.knownTo(ctx, probe, window, version)
	if err != nil {
		return nil, err
	}
	bytes := map[string]uint64{}
	for i := range transfers {
		t := &transfers[i]
		seen := filter.Transfer{ID: t.ID, Key: &t.Key}
		for _, value := range filter.ValuesOf(f, key, &seen, of) {
			if value != "" && len(bytes) < completedLabels {
				bytes[value] += t.Sent.WireBytes
			}
		}
	}
	return slices.SortedFunc(maps.Keys(bytes), func(a, b string) int {
		return cmp.Or(cmp.Compare(bytes[b], bytes[a]), cmp.Compare(a, b))
	}), nil
}
