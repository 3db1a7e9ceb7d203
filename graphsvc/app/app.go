package app

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/audit"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/version"
	"github.com/egressor/egressor/ui"
)

// headLasts bounds how late a version of another service is seen, beside the time in
// which it is read ahead; one's own are announced.
const headLasts = 500 * time.Millisecond

// App is graphsvc: ingest, fold, API and user interface over two stores.
type App struct {
	Stores *Stores
	// Hub tells of each committed version.
	Hub *rollup.Hub

	serving  []component.Named
	reporter *report.Reporter
	web      *web
	ingest   *ingest.Server
	clusters *kube.Watcher
}

// New wires an inert graphsvc.
func New(config Config, reporter *report.Reporter) (*App, error) {
	if err := config.Check(); err != nil {
		return nil, err
	}
	stores, err := NewStores(config, reporter)
	if err != nil {
		return nil, err
	}
	prices, err := terms.New(config.Prices, stores.Flows)
	if err != nil {
		return nil, err
	}
	trail := audit.New(stores.Flows, clock.System{}, reporter.Log("audit"), reporter.Registry())
	ways, err := newDoors(config, trail, reporter)
	if err != nil {
		return nil, err
	}
	a := &App{Stores: stores, Hub: rollup.NewHub(), reporter: reporter}
	names, err := newNames(config, stores)
	if err != nil {
		return nil, err
	}
	clouds, err := newCloudWatch(config, stores, reporter)
	if err != nil {
		return nil, err
	}
	if a.ingest, err = newIngest(config, names, ways, reporter); err != nil {
		return nil, err
	}
	if a.clusters, err = newClusters(config, stores.Flows, reporter); err != nil {
		return nil, err
	}
	places := placement.New(stores.Graph, a.Hub, reporter.Log("map"))
	explorer := query.New(query.Dependencies{
		Graphs: graphs{stores.Graph}, Cypher: graphs{stores.Graph}, Series: newSeries(stores.Flows),
		Layout: places, Sources: newPriceSources(prices.Books), Hourly: newHourly(stores.Flows, prices),
		Clock: clock.System{}, HeadLasts: headLasts, Lab: config.Lab,
		Insights: stores.Graph, Decisions: stores.Flows, Nodes: stores.Graph, Facts: stores.Flows, Overlays: overlays{prices, stores.Flows},
		Bills: billsOf(config.Bills, prices), Watches: watches{a.clusters},
	})
	routes, answering, err := routesOf(config, ways, trail, reporter, a.Hub, explorer)
	if err != nil {
		return nil, err
	}
	insights, err := newInsights(config, stores, a.Hub, prices, answering, reporter)
	if err != nil {
		return nil, err
	}
	a.web = newWeb(config.Listen, ways, reporter, routes)
	a.web.gate = gateOf(config.Listen, config.InsecureListen || config.AccessFile != "")
	a.serving = append(keepers(config, stores, reporter),
		component.Named{Name: "audit", Component: trail},
		component.Named{Name: "inventory", Component: newInventory(config, stores.Flows, reporter)},
		component.Named{Name: "cloud inventory", Component: clouds},
		component.Named{Name: "names", Component: names},
		component.Named{Name: "hosts", Component: newHosts(config, stores, reporter)},
		component.Named{Name: "kubernetes", Component: a.clusters},
		component.Named{Name: "ingest", Component: a.ingest},
		component.Named{Name: "map", Component: places},
		component.Named{Name: "insights", Component: insights},
		component.Named{Name: "fold", Component: newLoop(config, stores, a.Hub, prices, reporter)},
		component.Named{Name: "investigations", Component: answering},
		component.Named{Name: "newest hour", Component: readAhead{explorer, reporter.Log("api")}},
		component.Named{Name: "web", Component: a.web},
	)
	return a, nil
}

// Serving are the components beyond the stores, in order of start.
func (a *App) Serving() []component.Named { return a.serving }

// Run starts everything and waits for ctx to end or a part to die.
func (a *App) Run(ctx context.Context) error {
	return component.Run(ctx, a.reporter.Log("graphsvc"), slices.Concat(a.Stores.Parts, a.serving)...)
}

// URL is where the user interface is, once started.
func (a *App) URL() string { return "http://" + a.web.address }

// IngestAddress is where agents connect, once started.
func (a *App) IngestAddress() string { return a.ingest.Address() }

func newLoop(config Config, stores *Stores, hub *rollup.Hub, prices *terms.Terms, reporter *report.Reporter) *rollup.Loop {
	return rollup.New(rollup.Dependencies{
		Flows: stores.Flows, Graph: stores.Graph, Terms: prices, KeepPrices: config.KeepPrices, Clock: clock.System{}, Rules: config.Rules, Hub: hub,
		Log: reporter.Log("fold"), Registry: reporter.Registry(), CodeVersion: version.Version,
		Health: func(check report.Check) { reporter.Health("fold", check) },
	})
}

// routesOf wires the API, the investigator and the user interface.
func routesOf(config Config, ways doors, trail *audit.Trail, reporter *report.Reporter, committed api.Committed, explorer *query.Explorer) (http.Handler, *api.Server, error) {
	texts, err := documentsIn(config)
	if err != nil {
		return nil, nil, err
	}
	bridge := &investigator{}
	server := api.New(api.Dependencies{
		Documents: texts, DocumentsOnly: config.DocumentsOnly,
		Explorer: explorer, Committed: committed, Investigator: bridge, Audit: auditor(trail, clock.System{}), Pace: ways.pace(), Log: reporter.Log("api"), Version: version.Version,
	})
	if err := bridge.connect(config, server, reporter); err != nil {
		return nil, nil, err
	}
	tools, err := newTools(server)
	if err != nil {
		return nil, nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", ways.guard(server.Queries()))
	mux.Handle("/graphql/stream", ways.guard(server.Streams()))
	mux.Handle("/mcp", ways.guard(tools))
	mux.Handle("/auth/", ways.auth())
	mux.Handle("/", ui.Handler())
	return mux, server, nil
}
