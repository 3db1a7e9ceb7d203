package app

import (
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/clock"
)

// Explorer answers the questions of the command line straight from the stores:
// the same use cases that the API serves. It has no map and no price sources.
func (s *Stores) Explorer() *query.Explorer {
	return query.New(query.Dependencies{
		Graphs: graphs{s.Graph}, Series: series{s.Flows}, Layout: newPlaces(), Sources: priceSources{}, Clock: clock.System{},
	})
}
