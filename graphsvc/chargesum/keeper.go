// Package chargesum adds the charges of hours and days up once they are over, so
// that statements over long windows read those sums (ADR 46).
package chargesum

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
)

const (
	// every is how often hours that are over are looked for, and wideEvery how often
	// in all of the time that is kept: late data and new prices reach far back.
	every     = time.Minute
	wideEvery = time.Hour
	// recent is how far back every look reaches.
	recent model.Minute = 2 * 24 * 60
	// settled is how old the newest version of a span has to be: who takes over from
	// a leader that was frozen may write the series of the newest versions again.
	settled = 5 * time.Minute
	// atOnce bounds how many spans one look adds up.
	atOnce = 24
)

// Flows is what is needed of the flow store.
type Flows interface {
	Unsummed(ctx context.Context, length model.Minute, w flowstore.Window, settled time.Time, limit int) ([]flowstore.ChargeSpan, error)
	SumCharges(ctx context.Context, span flowstore.ChargeSpan, now time.Time) (lines int, err error)
	DropSums(ctx context.Context, before model.Minute) error
}

// Graph says which version is the newest: the series may hold one more, which was
// never committed.
type Graph interface {
	Head(ctx context.Context) (model.GraphVersion, bool, error)
}

// Dependencies of a Keeper.
type Dependencies struct {
	Flows Flows
	Graph Graph
	// Keep is how long the minutes of charges are kept.
	Keep     time.Duration
	Clock    clock.Clock
	Log      *slog.Logger
	Registry *prometheus.Registry
}

// Keeper adds spans up. Several may: each attempt is whole, and one is read.
type Keeper struct {
	Dependencies

	summed, refused prometheus.Counter
	wide            time.Time // when all of the time was looked through last
	// broken are spans that cannot be added up as of a version, which the log was told of.
	broken map[flowstore.ChargeSpan]bool

	component.Background
}

var (
	_ component.Component = (*Keeper)(nil)
	_ Flows               = (*flowstore.Store)(nil)
)

// New returns an inert keeper.
func New(d Dependencies) *Keeper {
	k := &Keeper{
		Dependencies: d, broken: map[flowstore.ChargeSpan]bool{},
		summed:  prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_charge_spans_summed_total", Help: "Hours and days whose charges were added up for statements."}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{Name: "egressor_charge_spans_refused_total", Help: "Hours and days whose charges are not what their versions cost: statements go on to add up their minutes."}),
	}
	d.Registry.MustRegister(k.summed, k.refused)
	return k
}

// Start begins to look for spans.
func (k *Keeper) Start(ctx context.Context) error {
	k.Every(ctx, every, k.Clock, func(ctx context.Context) {
		if _, err := k.Step(ctx); err != nil && ctx.Err() == nil {
			k.Log.Error("charges are not added up and will be tried again; until then statements take longer", "error", err)
		}
	})
	return nil
}

// Step adds up what is over, newest first, and returns how many spans.
func (k *Keeper) Step(ctx context.Context) (spans int, err error) {
	head, there, err := k.Graph.Head(ctx)
	if err != nil || !there {
		return 0, err
	}
	now := k.Clock.Now()
	oldest, wide := model.MinuteOf(now.Add(-k.Keep)), !now.Before(k.wide.Add(wideEvery))
	from := max(oldest, model.MinuteOf(now)-recent)
	if wide {
		from = oldest
		if err := k.Flows.DropSums(ctx, from); err != nil {
			return 0, err
		}
	}
	for _, length := range []model.Minute{flowstore.ChargeHour, flowstore.ChargeDay} {
		done, err := k.sum(ctx, length, wholeSpans(length, from, model.MinuteOf(now), head.Number), now)
		spans += done
		if err != nil {
			return spans, err
		}
		wide = wide && done < atOnce
	}
	if wide {
		k.wide = now
	}
	return spans, nil
}

// wholeSpans is the window of the spans of a length that lie in a time.
func wholeSpans(length, from, to model.Minute, version uint64) flowstore.Window {
	return flowstore.Window{From: (from + length - 1) / length * length, To: to / length * length, Version: version}
}

func (k *Keeper) sum(ctx context.Context, length model.Minute, w flowstore.Window, now time.Time) (done int, err error) {
	if w.From >= w.To {
		return 0, nil
	}
	due, err := k.Flows.Unsummed(ctx, length, w, now.Add(-settled), atOnce+len(k.broken))
	if err != nil {
		return 0, err
	}
	for _, span := range due {
		if k.broken[span] || done == atOnce {
			continue
		}
		_, err := k.Flows.SumCharges(ctx, span, k.Clock.Now())
		if errors.Is(err, flowstore.ErrChargesGone) {
			k.Log.Warn("charges of a span are not added up: statements go on to read its minutes", "reason", err)
			k.refused.Inc()
			k.broken[span] = true
			continue
		}
		if err != nil {
			return done, err
		}
		k.summed.Inc()
		done++
	}
	return done, nil
}
