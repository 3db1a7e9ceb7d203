package app

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/model"
)

// questions are what people ask of a graph, drawn at random and timed.
type questions struct {
	random *rand.Rand
	// cold is an explorer that has read no window yet.
	cold func() *query.Explorer
	// node draws the id of a node.
	node func() string
	// end is the end of the newest minute; full are past minutes with all edges, of
	// which each has fewest at the least.
	end    model.Minute
	full   []model.Minute
	fewest int
}

// minuteAsk and hourAsk are questions about a minute and about an hour.
func (q *questions) minuteAsk(minute model.Minute) query.Ask {
	return query.Ask{From: minute.Start(), To: minute.End()}
}

func (q *questions) hourAsk(back int) query.Ask {
	from := pieces.Hour.Start(q.end-1) - model.Minute(back)*60
	return query.Ask{From: from.Start(), To: (from + 60).Start()}
}

func (q *questions) past() model.Minute { return q.full[q.random.IntN(len(q.full))] }

// minutes times questions about random past minutes beside those about now.
func (q *questions) minutes(b *testing.B) {
	b.Helper()
	minuteOf := func(minute model.Minute) error {
		graph, err := q.cold().Transfers(b.Context(), q.minuteAsk(minute), "", query.ByCost)
		if err == nil && len(graph.Transfers) < q.fewest {
			err = fmt.Errorf("%d transfers", len(graph.Transfers))
		}
		return err
	}
	if err := minuteOf(q.end - 1); err != nil { // the keys of all edges are read once
		b.Fatal(err)
	}
	// EGRESSOR_BENCH_QUESTIONS is less than the 1,000 where somebody waits.
	count := setting(b, "EGRESSOR_BENCH_QUESTIONS", 1000)
	now := timed(b, "minute-now", count/10, func() error { return minuteOf(q.end - 1) })
	then := timed(b, "minute-past", count, func() error { return minuteOf(q.past()) })
	b.ReportMetric(then/now, "past/now")
}

// others times neighbourhoods, ways and diffs.
func (q *questions) others(b *testing.B) {
	b.Helper()
	ctx := b.Context()
	neighbourhood := func(e *query.Explorer, ask query.Ask) error {
		_, err := e.Neighbourhood(ctx, query.RingsAsk{Ask: ask, Node: q.node(), Hops: 1, Limit: 500})
		return ignoreUnknown(err)
	}
	paths := func(e *query.Explorer, ask query.Ask) error {
		_, err := e.Paths(ctx, query.PathsAsk{Ask: ask, From: q.node(), To: q.node(), Sense: reach.Data, Hops: 3, Limit: 10})
		return ignoreUnknown(err)
	}
	differ := func(e *query.Explorer, before, after query.Ask) error {
		_, err := e.Diff(ctx, query.DiffAsk{Before: before, After: after, By: diff.Dimensions[0], Limit: 100})
		return err
	}
	warm := q.cold()
	last60 := query.Ask{From: (q.end - 60).Start(), To: q.end.Start()}
	timed(b, "neighbourhood-warm", 200, func() error { return neighbourhood(warm, q.hourAsk(1)) })
	timed(b, "neighbourhood-minute", 100, func() error { return neighbourhood(q.cold(), q.minuteAsk(q.past())) })
	timed(b, "neighbourhood-hour", 50, func() error { return neighbourhood(q.cold(), q.hourAsk(1+q.random.IntN(2))) })
	timed(b, "neighbourhood-last60", 20, func() error { return neighbourhood(q.cold(), last60) })
	timed(b, "paths-warm", 200, func() error { return paths(warm, q.hourAsk(1)) })
	timed(b, "paths-hour", 50, func() error { return paths(q.cold(), q.hourAsk(1+q.random.IntN(2))) })
	timed(b, "diff-hours", 40, func() error { return differ(q.cold(), q.hourAsk(2), q.hourAsk(1)) })
	timed(b, "diff-last60", 20, func() error { return differ(q.cold(), q.hourAsk(2), last60) })
}

// ignoreUnknown lets questions about a node pass that carried nothing.
func ignoreUnknown(err error) error {
	var failed *query.Error
	if errors.As(err, &failed) && failed.Code == query.CodeUnknownID {
		return nil
	}
	return err
}
