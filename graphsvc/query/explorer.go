package query

import (
	"context"
	"strconv"
	"time"

	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
)

// Explorer answers questions about the graph.
type Explorer struct {
	cypher    CypherStore
	graphs    Graphs
	heads     *heads
	windows   *windows
	networks  networks
	series    Series
	layout    Layout
	sources   PriceSources
	hourly    Hourly
	clock     clock.Clock
	lab       bool
	insights  Insights
	decisions Decisions
	nodes     InvestigationNodes
	facts     Facts
	overlays  Overlays
	bills     Bills
	watches   Watches
}

// Dependencies are what an Explorer needs.
type Dependencies struct {
	Graphs  Graphs
	Series  Series
	Layout  Layout
	Sources PriceSources
	// Hourly is nil where nothing is asked about what costs by the hour.
	Hourly Hourly
	Clock  clock.Clock
	// HeadLasts is how long the newest version is taken for the newest without asking
	// again, unless Saw was told of a newer one, and how long agents, coverage, losses
	// and incidents are taken for those of now; 0 asks always.
	HeadLasts time.Duration
	// Cypher runs people's statements, nil where there is no graph database.
	Cypher CypherStore
	// Lab marks every answer as the lab's or a recording's.
	Lab bool
	// Insights is nil where nobody follows the graph: then nothing was found.
	Insights Insights
	// Decisions keeps what people decide; nil where nothing can be decided.
	Decisions Decisions
	// Nodes takes investigations into the graph; nil where none are.
	Nodes InvestigationNodes
	// Facts and Overlays take what people state; nil where nothing can be stated.
	Facts    Facts
	Overlays Overlays
	// Watches is nil where no cluster is watched.
	Watches Watches
	// Bills is nil where no bill is compared.
	Bills Bills
}

// New returns an explorer over the stores.
func New(d Dependencies) *Explorer {
	newest, now := newHeads(d.Clock, d.HeadLasts), newMoments(d.Clock, d.HeadLasts)
	lasting := keptGraphs{Graphs: d.Graphs, minutes: kept.New[uint64](1000, func(model.Minute) int { return 1 }), heads: newest}
	e := &Explorer{heads: newest, cypher: d.Cypher, graphs: scopedGraphs{lasting}, windows: newWindows(d.Graphs), networks: newNetworks(), series: scopedSeries{newKeptSeries(d.Series, now)}, layout: d.Layout, sources: d.Sources, hourly: d.Hourly, clock: d.Clock, lab: d.Lab, insights: insightsOf(d.Insights, now), decisions: d.Decisions, nodes: d.Nodes, facts: d.Facts, overlays: d.Overlays, bills: d.Bills, watches: d.Watches}
	newest.prepare = (&ahead{clock: d.Clock, read: e.readAhead}).of
	return e
}

func insightsOf(all Insights, now moments) Insights {
	if all == nil {
		return nil
	}
	return scopedInsights{keptInsights{all, now}}
}

// Meta is the newest version, or the one asked for, and how far it can be trusted.
type Meta struct {
	Version   model.GraphVersion
	Lag       time.Duration
	LostBytes uint64
	LostKnown bool
	Lab       bool
}

// Meta answers for a version; nil while nothing is folded.
func (e *Explorer) Meta(ctx context.Context, ask Ask) (*Meta, error) {
	version, err := e.version(ctx, ask)
	if err != nil || version == nil {
		return nil, err
	}
	end, err := e.graphs.NewestMinute(ctx, version.Number)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	lost, known, err := e.series.Lost(ctx, version.From.Start(), version.To.Start())
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return &Meta{
		Version: *version, Lag: e.clock.Now().Sub(end.Start()),
		LostBytes: lost, LostKnown: known, Lab: e.lab,
	}, nil
}

// Window is an ask with every default filled in, whatever it filters.
func (e *Explorer) Window(ctx context.Context, ask Ask) (Window, error) {
	ask.Filter = ""
	window, _, err := e.resolve(ctx, ask)
	return window, err
}

// Versions lists versions below before (0: from the newest), newest first.
// One more than limit may be asked for by callers who want to know whether
// there is a next page.
func (e *Explorer) Versions(ctx context.Context, before uint64, limit int) ([]model.GraphVersion, error) {
	if limit < 1 || limit > MaxVersions+1 {
		return nil, badInput("ask for 1 to "+strconv.Itoa(MaxVersions), "a page of %d versions", limit)
	}
	versions, err := e.graphs.Versions(ctx, before, limit)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	return versions, nil
}

// Agents lists the agents and what they cover.
func (e *Explorer) Agents(ctx context.Context) ([]Agent, error) {
	agents, err := e.series.Agents(ctx, e.clock.Now().Add(-lossLookBack))
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return agents, nil
}

// PriceSource tells where a price row comes from.
func (e *Explorer) PriceSource(row string) string { return e.sources.Source(row) }

func versionText(number uint64) string { return strconv.FormatUint(number, 10) }
