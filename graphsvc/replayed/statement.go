package replayed

import (
	"context"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// Charged are the charge lines of a window's minutes.
func (s *Store) Charged(_ context.Context, w query.Window, bucket model.Minute) ([]statement.Charge, error) {
	var charges []statement.Charge
	for _, m := range s.in(w) {
		keys := map[model.EdgeID]*model.EdgeKey{}
		for i := range m.Computed.Edges {
			key := &m.Computed.Edges[i].Key
			keys[key.ID()] = key
		}
		for _, line := range m.Computed.Statement.Lines {
			edge := line.Edge
			line.Edge, line.Sequence, line.Region = 0, 0, ""
			charges = append(charges, statement.Charge{Edge: edge, Key: keys[edge], From: bucketOf(m.Version.From, w, bucket), Line: line})
		}
	}
	return charges, nil
}

// Used are the edges of a window's minutes.
func (s *Store) Used(_ context.Context, w query.Window, bucket model.Minute) ([]statement.Use, error) {
	var uses []statement.Use
	for _, m := range s.in(w) {
		for i := range m.Computed.Edges {
			edge := &m.Computed.Edges[i]
			uses = append(uses, statement.Use{
				Edge: edge.Key.ID(), Key: &edge.Key, From: bucketOf(m.Version.From, w, bucket), Bytes: edge.Sent.WireBytes,
			})
		}
	}
	return uses, nil
}

func bucketOf(minute model.Minute, w query.Window, bucket model.Minute) model.Minute {
	if bucket == 0 {
		return w.From
	}
	return max(w.From, minute-minute%bucket)
}

// PricedIn is the currency and the mode of the scenario's minutes.
func (s *Store) PricedIn(_ context.Context, w query.Window) (currencies, modes []string, err error) {
	if minutes := s.in(w); len(minutes) > 0 {
		return []string{minutes[0].Version.Currency}, []string{minutes[0].Version.PricingMode}, nil
	}
	return nil, nil, nil
}

// Hourly prices what costs by the hour by one book.
type Hourly struct {
	Facts []model.Fact
	Book  *pricing.Book
}

var _ query.Hourly = Hourly{}

// Periods are what gateways and own lines cost.
func (h Hourly) Periods(_ context.Context, w query.Window, _ model.GraphVersion, uses []statement.Use, bucket model.Minute) ([]statement.Period, error) {
	bookAt := func(model.Minute) *pricing.Book { return h.Book }
	return statement.PeriodsOf(statement.GatewaysOf(h.Facts, uses), h.Book.Networks, bookAt, w.From, w.To, bucket)
}
