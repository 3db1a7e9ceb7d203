package app

import (
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
)

// Charged are the charge lines of a window, with what their edges stand for.
func (s series) Charged(ctx context.Context, w query.Window, bucket model.Minute) ([]statement.Charge, error) {
	charged, err := s.flows.Charged(ctx, windowOf(w), bucket)
	if err != nil {
		return nil, err
	}
	ids := make([]model.EdgeID, len(charged))
	for i := range charged {
		ids[i] = charged[i].Line.Edge
	}
	keys, err := s.flows.Keys(ctx, ids)
	if err != nil {
		return nil, err
	}
	charges := make([]statement.Charge, len(charged))
	for i := range charged {
		c := &charged[i]
		edge := c.Line.Edge
		c.Line.Edge = 0
		charges[i] = statement.Charge{Edge: edge, Key: keys[edge], From: c.From, Line: c.Line}
	}
	return charges, nil
}

// Used is what went through gateways, with what the edges stand for.
func (s series) Used(ctx context.Context, w query.Window, bucket model.Minute) ([]statement.Use, error) {
	used, err := s.flows.Used(ctx, windowOf(w), bucket)
	if err != nil {
		return nil, err
	}
	ids := make([]model.EdgeID, len(used))
	for i := range used {
		ids[i] = used[i].Edge
	}
	keys, err := s.flows.Keys(ctx, ids)
	if err != nil {
		return nil, err
	}
	uses := make([]statement.Use, len(used))
	for i, u := range used {
		uses[i] = statement.Use{Edge: u.Edge, Key: keys[u.Edge], From: u.From, Bytes: u.Bytes}
	}
	return uses, nil
}

// PricedIn are the currencies and modes of a window.
func (s series) PricedIn(ctx context.Context, w query.Window) (currencies, modes []string, err error) {
	if currencies, err = s.flows.Currencies(ctx, windowOf(w)); err != nil {
		return nil, nil, err
	}
	modes, err = s.flows.Modes(ctx, windowOf(w))
	return currencies, modes, err
}

// hourly finds what costs by the hour in the facts, and prices it by the terms
// in force.
type hourly struct {
	flows *flowstore.Store
	terms *terms.Terms
	// standing are the facts of a window that gateways are found in.
	standing *kept.Answers[factsAsk, []model.Fact]
}

// factsAsk names facts that never change: those of a time as known by a moment.
type factsAsk struct {
	from, to model.Minute
	through  time.Time
}

const maxKeptFacts = 50_000

func newHourly(flows *flowstore.Store, prices *terms.Terms) hourly {
	return hourly{flows, prices, kept.New[factsAsk](maxKeptFacts, func(facts []model.Fact) int { return len(facts) })}
}

// facts leave out pods, which are most of all and no gateways.
func (h hourly) facts(ctx context.Context, ask factsAsk) ([]model.Fact, error) {
	return h.standing.Of(ctx, ask, func(ctx context.Context) ([]model.Fact, error) {
		facts, _, err := h.flows.Facts(ctx, ask.from.Start(), ask.to.Start(), ask.through)
		return slices.DeleteFunc(facts, func(f model.Fact) bool { return f.Kind == model.FactPod }), err
	})
}

var _ query.Hourly = hourly{}

// Periods are what gateways and own lines cost.
func (h hourly) Periods(ctx context.Context, w query.Window, known model.GraphVersion, uses []statement.Use, bucket model.Minute) ([]statement.Period, error) {
	if err := h.terms.Refresh(ctx); err != nil {
		return nil, err
	}
	facts, err := h.facts(ctx, factsAsk{w.From, w.To, known.FactsRecordedThrough.UTC()})
	if err != nil {
		return nil, err
	}
	return periodsOf(facts, w, uses, bucket, func(m model.Minute) *pricing.Book {
		book, _ := h.terms.At(m)
		return book
	})
}

func periodsOf(facts []model.Fact, w query.Window, uses []statement.Use, bucket model.Minute, bookAt func(model.Minute) *pricing.Book) ([]statement.Period, error) {
	return statement.PeriodsOf(statement.GatewaysOf(facts, uses), bookAt(w.From).Networks, bookAt, w.From, w.To, bucket)
}
