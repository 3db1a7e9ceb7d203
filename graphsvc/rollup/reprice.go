package rollup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
)

// Prices is what repricing needs of the flow store.
type Prices interface {
	EdgesOf(ctx context.Context, version model.GraphVersion) ([]model.EdgeMinute, error)
	PricedBy(ctx context.Context, window flowstore.Window) ([]flowstore.Priced, error)
	MeteredMonths(ctx context.Context, through uint64) ([]model.Minute, error)
	Unsettled(ctx context.Context, month model.Minute, through uint64, limit int) ([]model.Minute, error)
	RepriceRequests(ctx context.Context, after time.Time) ([]flowstore.RepriceRequest, error)
}

const (
	// mostRepriced bounds how many minutes one step reprices, so that a minute
	// that becomes due meanwhile does not wait for a month.
	mostRepriced = 20
	// requestsEvery is how often the loop looks for requests to reprice.
	requestsEvery = 10 * time.Second
)

// stale is what is known of minutes whose prices are not what they should be.
// All of it is derived from the stores, at the start and again whenever they
// change, so that a crash forgets nothing.
type stale struct {
	keepPrices bool
	// byTerms are minutes, oldest first, that are to be priced by the terms in force.
	byTerms []model.Minute
	// months are to be looked through for minutes whose meters have moved, by
	// their first minute.
	months map[model.Minute]bool
	// requests are read up to here, and were looked for last at.
	requests, looked time.Time
}

// committed notes that a month's meters may have moved.
func (s *stale) committed(version model.GraphVersion) {
	if s.months == nil {
		s.months = map[model.Minute]bool{}
	}
	first, _ := pricing.MonthOf(version.From)
	s.months[first] = true
}

// findStale looks, at the start, for everything that is to be repriced.
func (l *Loop) findStale(ctx context.Context) error {
	l.stale = stale{keepPrices: l.stale.keepPrices}
	if err := l.terms.Refresh(ctx); err != nil {
		return err
	}
	if l.head.Number == 0 {
		return nil
	}
	months, err := l.flows.MeteredMonths(ctx, l.head.Number)
	if err != nil {
		return err
	}
	for _, month := range months {
		l.stale.committed(model.GraphVersion{From: month})
	}
	if l.stale.keepPrices {
		return nil
	}
	first, end := pricing.MonthOf(model.MinuteOf(l.clock.Now()))
	return l.findByTerms(ctx, first, end, time.Time{})
}

// findByTerms queues the minutes of [from, to) that are priced by other terms
// than those in force; where a moment is given only those priced before it.
func (l *Loop) findByTerms(ctx context.Context, from, to model.Minute, before time.Time) error {
	priced, err := l.flows.PricedBy(ctx, flowstore.Window{From: from, To: to, Version: l.head.Number})
	if err != nil {
		return err
	}
	for _, p := range priced {
		if !l.byTermsInForce(p.Minute, p.PriceBookDigest, p.PricingMode) && (before.IsZero() || p.CommittedAt.Before(before)) {
			l.stale.byTerms = append(l.stale.byTerms, p.Minute)
		}
	}
	if len(l.stale.byTerms) > 0 {
		l.log.Info("minutes are priced by other terms than those in force and will be repriced", "minutes", len(l.stale.byTerms))
	}
	return nil
}

// readRequests queues what people asked for since it was looked for last.
func (l *Loop) readRequests(ctx context.Context) error {
	now := l.clock.Now()
	if now.Before(l.stale.looked.Add(requestsEvery)) {
		return nil
	}
	// What was put in force is in force before minutes are compared with it.
	if err := l.terms.Refresh(ctx); err != nil {
		return err
	}
	requests, err := l.flows.RepriceRequests(ctx, l.stale.requests)
	if err != nil {
		return err
	}
	l.stale.looked = now
	for _, request := range requests {
		if err := l.findByTerms(ctx, request.From, request.To, request.RequestedAt); err != nil {
			return err
		}
		l.stale.requests = request.RequestedAt
	}
	return nil
}

// repriceStale reprices minutes that need it, while no minute waits to be folded.
func (l *Loop) repriceStale(ctx context.Context) error {
	if err := l.patiently(ctx, l.readRequests); err != nil {
		return err
	}
	for range mostRepriced {
		var again bool
		err := l.patiently(ctx, func(ctx context.Context) (err error) {
			again, err = l.repriceNext(ctx)
			return err
		})
		if err != nil {
			l.doubtful = true
			return fmt.Errorf("repricing: %w", err)
		}
		if !again {
			return nil
		}
	}
	return nil
}

// repriceNext reprices one minute: those of other terms first, oldest first, as
// their meters move those of later minutes; then what the meters leave unsettled.
func (l *Loop) repriceNext(ctx context.Context) (again bool, err error) {
	if len(l.stale.byTerms) > 0 {
		if err := l.repriceByTerms(ctx, l.stale.byTerms[0]); err != nil {
			return false, err
		}
		l.stale.byTerms = l.stale.byTerms[1:]
		return true, nil
	}
	for _, month := range slices.Sorted(maps.Keys(l.stale.months)) {
		minutes, err := l.flows.Unsettled(ctx, month, l.head.Number, 1)
		if err != nil {
			return false, err
		}
		if len(minutes) == 0 {
			delete(l.stale.months, month)
			continue
		}
		return true, l.settleMinute(ctx, minutes[0], month)
	}
	return false, nil
}

// repriceByTerms prices a minute by the terms in force, unless it was folded
// again since it was found.
func (l *Loop) repriceByTerms(ctx context.Context, of model.Minute) error {
	newest, err := l.newestOf(ctx, of, l.head.Number)
	if err != nil || l.byTermsInForce(of, newest.PriceBookDigest, newest.PricingMode) {
		return err
	}
	prices, err := l.terms.Now(ctx, of, l.head.Number)
	if err != nil {
		return err
	}
	return l.reprice(ctx, of, prices)
}

func (l *Loop) byTermsInForce(of model.Minute, book model.Digest, mode string) bool {
	wanted, wantedMode := l.terms.At(of)
	return book == model.Digest(wanted.Digest) && terms.ModeOf(mode) == wantedMode
}

// settleMinute prices a minute by the terms that it is priced by, from where its
// meters stand now.
func (l *Loop) settleMinute(ctx context.Context, of, month model.Minute) error {
	newest, err := l.newestOf(ctx, of, l.head.Number)
	if err != nil {
		return err
	}
	prices, err := l.terms.OfAsOf(ctx, newest, l.head.Number)
	if err != nil {
		return err
	}
	before := l.head.Number
	if err := l.reprice(ctx, of, prices); err != nil {
		return err
	}
	if l.head.Number == before { // it cannot be: trying on would try for ever
		delete(l.stale.months, month)
	}
	return nil
}

// reprice makes one version of kind reprice. A minute that cannot be priced
// again keeps its price, which is logged and left.
func (l *Loop) reprice(ctx context.Context, of model.Minute, prices minute.Terms) error {
	begin := l.clock.Now()
	computed, err := l.repriced(ctx, of, l.head.Number, prices)
	if errors.As(err, new(uncomputable)) {
		l.metrics.failures.Inc()
		l.log.Error("a minute keeps its price", "minute", of.String(), "error", err)
		return nil
	}
	if err != nil {
		return err
	}
	_, err = l.commit(ctx, model.VersionReprice, computed, begin)
	return err
}

// repriced prices a minute's newest version up to a number by other terms.
func (l *Loop) repriced(ctx context.Context, of model.Minute, through uint64, prices minute.Terms) (minute.Computed, error) {
	newest, err := l.newestOf(ctx, of, through)
	if err != nil {
		return minute.Computed{}, err
	}
	edges, err := l.flows.EdgesOf(ctx, newest)
	if err != nil {
		return minute.Computed{}, err
	}
	computed, err := minute.Reprice(newest, edges, prices)
	if err != nil {
		return computed, uncomputable{err}
	}
	return computed, nil
}

func (l *Loop) newestOf(ctx context.Context, of model.Minute, through uint64) (model.GraphVersion, error) {
	versions, err := l.flows.Versions(ctx, of, of+1, through)
	if err != nil {
		return model.GraphVersion{}, err
	}
	if len(versions) == 0 {
		return model.GraphVersion{}, uncomputable{fmt.Errorf("minute %s has no version up to %d", of, through)}
	}
	return versions[len(versions)-1], nil // they come oldest first
}
