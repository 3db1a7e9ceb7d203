package app

import (
	"context"
	"net/http"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/replayed"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/scenario"
)

// ServeScenario serves the API and the user interface over one scenario file,
// computed by the code that serves live data, until ctx ends. It needs no store:
// what people decide meanwhile is forgotten at the end.
func ServeScenario(ctx context.Context, config Config, path string, reporter *report.Reporter) error {
	if err := config.Check(); err != nil {
		return err
	}
	ways, err := newDoors(config, nil, reporter)
	if err != nil {
		return err
	}
	routes, err := scenarioRoutes(config, ways, path, reporter)
	if err != nil {
		return err
	}
	return component.Run(ctx, reporter.Log("replay"), component.Named{Name: "web", Component: newWeb(config.Listen, ways, reporter, routes)})
}

func scenarioRoutes(config Config, ways doors, path string, reporter *report.Reporter) (http.Handler, error) {
	told, err := scenario.Load(path)
	if err != nil {
		return nil, err
	}
	book, err := told.LoadBook()
	if err != nil {
		return nil, err
	}
	outcome, err := told.Run(book)
	if err != nil {
		return nil, err
	}
	minutes := told.Replayed(outcome.Minutes)
	store := replayed.New(minutes, told.Batches(), told.Facts)
	insights, err := replayed.Follow(context.Background(), minutes, told.Facts, book)
	if err != nil {
		return nil, err
	}
	routes, _, err := routesOf(config, ways, nil, reporter, rollup.NewHub(), query.New(query.Dependencies{
		Graphs: store, Series: store, Insights: insights, Decisions: &replayed.Decided{}, Layout: placement.Passing(), Sources: newPriceSources(func() []*pricing.Book { return []*pricing.Book{book} }),
		Hourly: replayed.Hourly{Facts: told.Facts, Book: book}, Clock: clock.System{}, Lab: true,
	}))
	return routes, err
}
