package doubles

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// Facts is a double of the facts that people state: the newest of a key, source
// and beginning counts.
type Facts struct{ Stated []model.Fact }

var _ query.Facts = (*Facts)(nil)

// FactsOf are the facts of a source that ended after a moment or hold.
func (f *Facts) FactsOf(_ context.Context, source string, since time.Time) ([]model.Fact, error) {
	var found []model.Fact
	for _, fact := range f.Stated {
		if fact.Source == source && (fact.Period.To.IsZero() || fact.Period.To.After(since)) {
			found = append(found, fact)
		}
	}
	return found, nil
}

// RecordFacts keeps facts in the place of those that they replace.
func (f *Facts) RecordFacts(_ context.Context, facts []model.Fact, _ time.Time) error {
	for _, fact := range facts {
		replaced := false
		for i, before := range f.Stated {
			if before.Kind == fact.Kind && before.Key == fact.Key && before.Source == fact.Source && before.Period.From.Equal(fact.Period.From) {
				f.Stated[i], replaced = fact, true
			}
		}
		if !replaced {
			f.Stated = append(f.Stated, fact)
		}
	}
	return nil
}

// Overlays is a double of what changes prices: a text is "overlay: NAME".
type Overlays struct {
	Asked
	// Since are the minutes from which a new price was asked for.
	Since []model.Minute
}

var _ query.Overlays = (*Overlays)(nil)

// CheckOverlay takes "overlay: NAME".
func (o *Overlays) CheckOverlay(text string) (string, error) {
	name, ok := strings.CutPrefix(text, "overlay: ")
	if !ok {
		return "", errors.New("overlay:1: no name")
	}
	return name, nil
}

// Refresh is counted.
func (o *Overlays) Refresh(context.Context) error { o.count("Refresh"); return nil }

// RequestReprice is kept.
func (o *Overlays) RequestReprice(_ context.Context, from model.Minute) error {
	o.Since = append(o.Since, from)
	return nil
}
