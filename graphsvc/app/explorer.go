package app

import (
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
)

// Explorer answers the questions of the command line straight from the stores:
// the same use cases that the API serves. It has no map and no price sources.
func (s *Stores) Explorer() *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: graphs{s.Graph}, Cypher: graphs{s.Graph}, Series: newSeries(s.Flows), Layout: placement.Passing(), Sources: &priceSources{}, Clock: clock.System{}, Insights: s.Graph,
	})
}

// Prices are the terms in force, and all that versions were priced by. Errors
// name what is wrong with the settings.
func (s *Stores) Prices(config Config) (*terms.Terms, error) {
	return terms.New(config.Prices, s.Flows)
}

// PricedExplorer is an Explorer that also knows what costs by the hour.
func (s *Stores) PricedExplorer(prices *terms.Terms) *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: graphs{s.Graph}, Series: newSeries(s.Flows), Layout: placement.Passing(), Sources: newPriceSources(prices.Books),
		Hourly: newHourly(s.Flows, prices), Clock: clock.System{},
	})
}
