package terms

import (
	"context"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// Now are the terms in force for a minute, with its meters as known in a version.
func (t *Terms) Now(ctx context.Context, of model.Minute, through uint64) (minute.Terms, error) {
	book, mode := t.At(of)
	return t.metered(ctx, minute.Terms{Book: book, Mode: mode}, of, through)
}

// Of are the terms that a version was priced by, its meters included: those of
// the versions before it.
func (t *Terms) Of(ctx context.Context, version model.GraphVersion) (minute.Terms, error) {
	return t.OfAsOf(ctx, version, version.Number-1)
}

// OfAsOf are the terms that a version was priced by, with the meters of its
// minute as known in another version.
func (t *Terms) OfAsOf(ctx context.Context, version model.GraphVersion, through uint64) (minute.Terms, error) {
	book, err := t.Book(ctx, version.PriceBookDigest)
	if err != nil {
		return minute.Terms{}, err
	}
	return t.metered(ctx, minute.Terms{Book: book, Mode: ModeOf(version.PricingMode)}, version.From, through)
}

func (t *Terms) metered(ctx context.Context, terms minute.Terms, of model.Minute, through uint64) (minute.Terms, error) {
	if terms.Mode != pricing.Marginal {
		return terms, nil
	}
	var err error
	terms.Meters, err = t.store.Meters(ctx, of, through)
	return terms, err
}
