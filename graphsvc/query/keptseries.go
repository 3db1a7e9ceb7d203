package query

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
)

// Bounds of what is kept of the series, in rows of answers: a charge with its key
// has about 0.5 kB.
const (
	maxKeptCharges = 300_000
	maxKeptRows    = 100_000
)

// keptSeries keeps answers about windows as of a version, which never change. It
// stands beneath the scopes: what it keeps is everybody's. What is asked as of now
// is passed on.
type keptSeries struct {
	Series

	totals  *kept.Answers[string, []MinuteTotal]
	charges *kept.Answers[edgeAsk, []Charge]
	charged *kept.Answers[bucketAsk, []statement.Charge]
	used    *kept.Answers[bucketAsk, []statement.Use]
	priced  *kept.Answers[Window, pricedIn]
	flows   *kept.Answers[flowsAsk, []RawRow]

	now moments
}

type edgeAsk struct {
	window Window
	edge   model.EdgeID
}

type bucketAsk struct {
	window Window
	bucket model.Minute
}

type flowsAsk struct {
	window Window
	edge   model.EdgeKey
	limit  int
}

type pricedIn struct{ currencies, modes []string }

var _ Series = keptSeries{}

func newKeptSeries(series Series, now moments) keptSeries {
	return keptSeries{
		Series: series, now: now,
		totals:  kept.New[string](maxKeptRows, func(t []MinuteTotal) int { return len(t) }),
		charges: kept.New[edgeAsk](maxKeptRows, func(c []Charge) int { return len(c) }),
		charged: kept.New[bucketAsk](maxKeptCharges, func(c []statement.Charge) int { return len(c) }),
		used:    kept.New[bucketAsk](maxKeptCharges, func(u []statement.Use) int { return len(u) }),
		priced:  kept.New[Window](1000, func(pricedIn) int { return 1 }),
		flows:   kept.New[flowsAsk](maxKeptRows, func(r []RawRow) int { return len(r) }),
	}
}

// Totals are kept by all that they are of: an asker without any scope, whose Reach
// is empty, is not one who sees everything, whose Reach is nil.
func (s keptSeries) Totals(ctx context.Context, window Window, of Subject) ([]MinuteTotal, error) {
	if window.Version == 0 || len(of.Edges) > 0 {
		return s.Series.Totals(ctx, window, of)
	}
	return s.totals.Of(ctx, fmt.Sprintf("%v %v %q %v %v %q", window, of.Edge, of.Entity, of.Edges != nil, of.Reach != nil, of.Reach), func(ctx context.Context) ([]MinuteTotal, error) {
		return s.Series.Totals(ctx, window, of)
	})
}

// Charges are a receipt.
func (s keptSeries) Charges(ctx context.Context, window Window, edge model.EdgeID) ([]Charge, error) {
	return s.charges.Of(ctx, edgeAsk{window, edge}, func(ctx context.Context) ([]Charge, error) { return s.Series.Charges(ctx, window, edge) })
}

// Charged are the charge lines of everything.
func (s keptSeries) Charged(ctx context.Context, window Window, bucket model.Minute) ([]statement.Charge, error) {
	return s.charged.Of(ctx, bucketAsk{window, bucket}, func(ctx context.Context) ([]statement.Charge, error) { return s.Series.Charged(ctx, window, bucket) })
}

// Used is what went through gateways.
func (s keptSeries) Used(ctx context.Context, window Window, bucket model.Minute) ([]statement.Use, error) {
	return s.used.Of(ctx, bucketAsk{window, bucket}, func(ctx context.Context) ([]statement.Use, error) { return s.Series.Used(ctx, window, bucket) })
}

// PricedIn are the window's currencies and modes.
func (s keptSeries) PricedIn(ctx context.Context, window Window) (currencies, modes []string, err error) {
	answer, err := s.priced.Of(ctx, window, func(ctx context.Context) (answer pricedIn, err error) {
		answer.currencies, answer.modes, err = s.Series.PricedIn(ctx, window)
		return answer, err
	})
	return answer.currencies, answer.modes, err
}

// Flows are raw rows.
func (s keptSeries) Flows(ctx context.Context, window Window, edge model.EdgeKey, limit int) ([]RawRow, error) {
	return s.flows.Of(ctx, flowsAsk{window, edge, limit}, func(ctx context.Context) ([]RawRow, error) { return s.Series.Flows(ctx, window, edge, limit) })
}

// Agents are asked for again after a moment.
func (s keptSeries) Agents(ctx context.Context, lossesSince time.Time) ([]Agent, error) {
	return momentary(ctx, s.now, "agents", func(ctx context.Context) ([]Agent, error) { return s.Series.Agents(ctx, lossesSince) })
}

// Coverage is asked for again after a moment: batches of past minutes still come.
func (s keptSeries) Coverage(ctx context.Context, window Window) ([]NodeCoverage, error) {
	return momentary(ctx, s.now, fmt.Sprint("coverage ", window), func(ctx context.Context) ([]NodeCoverage, error) { return s.Series.Coverage(ctx, window) })
}

// AgentMachines are asked for again after a moment, as agents are.
func (s keptSeries) AgentMachines(ctx context.Context, window Window) ([]AgentMachine, error) {
	return momentary(ctx, s.now, fmt.Sprint("machines ", window.From, window.To), func(ctx context.Context) ([]AgentMachine, error) { return s.Series.AgentMachines(ctx, window) })
}

// Lost is asked for again after a moment.
func (s keptSeries) Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	answer, err := momentary(ctx, s.now, fmt.Sprint("lost ", from.UnixNano(), to.UnixNano()), func(ctx context.Context) (answer lost, err error) {
		answer.bytes, answer.known, err = s.Series.Lost(ctx, from, to)
		return answer, err
	})
	return answer.bytes, answer.known, err
}

type lost struct {
	bytes uint64
	known bool
}

// keptInsights is asked for a page of incidents again after a moment.
type keptInsights struct {
	Insights

	now moments
}

// Incidents are everybody's, and not written to.
func (i keptInsights) Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	return momentary(ctx, i.now, fmt.Sprint("incidents ", behind, limit), func(ctx context.Context) ([]model.Incident, error) {
		return i.Insights.Incidents(ctx, behind, limit)
	})
}

// keptGraphs keeps where the newest minute of a version ends, and for a moment
// which version is newest.
type keptGraphs struct {
	Graphs

	minutes *kept.Answers[uint64, model.Minute]
	heads   *heads
}

var _ Graphs = keptGraphs{}

// NewestMinute is kept by its version.
func (g keptGraphs) NewestMinute(ctx context.Context, asOf uint64) (model.Minute, error) {
	return g.minutes.Of(ctx, asOf, func(ctx context.Context) (model.Minute, error) { return g.Graphs.NewestMinute(ctx, asOf) })
}

// Head is the newest version, as it was read a moment ago or is read now.
func (g keptGraphs) Head(ctx context.Context) (model.GraphVersion, bool, error) {
	return g.heads.newest(ctx, g.Graphs.Head)
}
