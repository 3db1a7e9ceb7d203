package app

import (
	"math/rand/v2"
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/insight"
	"github.com/egressor/egressor/graphsvc/placement"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	system "github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// questions are those of BenchmarkQuestions about the week's graph: past minutes
// are those that it keeps and whose hours are compacted.
func (w *week) questions(b *testing.B) *questions {
	b.Helper()
	newest, err := w.newest(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	q := &questions{random: rand.New(rand.NewPCG(weekSeed, 9)), end: newest, fewest: 1}
	q.cold = func() *query.Explorer {
		return query.New(query.Dependencies{Graphs: graphs{w.Graph}, Layout: placement.Passing(), Sources: &priceSources{}, Clock: w.clock})
	}
	first := newest - model.Minute(weekRules().KeepMinutes.Minutes()) + 120
	for minute := w.after(first); minute < newest-60; minute = w.after(minute) {
		q.full = append(q.full, minute)
	}
	graph, err := q.cold().Graph(b.Context(), query.Ask{}, query.ByCost, query.Most{Transfers: 20_000})
	if err != nil {
		b.Fatal(err)
	}
	q.node = func() string { return graph.Transfers[q.random.IntN(len(graph.Transfers))].Key.Source.ID() }
	return q
}

// loadedWeek is a week that was loaded before; without one there is nothing to time.
func loadedWeek(b *testing.B) *week {
	b.Helper()
	w := openWeek(b)
	if w.next == weekFirst {
		b.Skip("no week is loaded in EGRESSOR_BENCH_DIR: make bench-week")
	}
	return w
}

// BenchmarkWeekMinutes asks about random minutes that the week's graph keeps, and about now.
func BenchmarkWeekMinutes(b *testing.B) {
	q := loadedWeek(b).questions(b)
	for b.Loop() {
		q.minutes(b)
	}
}

// BenchmarkWeekQuestions asks the week's graph for neighbourhoods, ways and diffs.
func BenchmarkWeekQuestions(b *testing.B) {
	q := loadedWeek(b).questions(b)
	for b.Loop() {
		q.others(b)
	}
}

// watcher looks for incidents in the week as the service does.
func (w *week) watcher(b *testing.B) *insight.Watcher {
	b.Helper()
	prices := rolluptest.ListPrices(b, w.Flows)
	reporter := report.Discard()
	watcher, err := insight.New(insight.Dependencies{
		Flows: w.Flows, Graph: w.Graph, Versions: w.hub, Clock: system.System{}, Log: reporter.Log("insights"), Registry: reporter.Registry(),
		Book: func(minute model.Minute) *pricing.Book {
			book, _ := prices.At(minute)
			return book
		},
	}, insight.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	return watcher
}

// BenchmarkWeekInvestigation explains by rules, from the stores, why the last hour
// of the week is not the hour before, and not the same hour of the day before.
func BenchmarkWeekInvestigation(b *testing.B) {
	w := loadedWeek(b)
	watcher := w.watcher(b)
	head, _, err := w.Graph.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	end := w.questions(b).end
	for b.Loop() {
		for name, back := range map[string]model.Minute{"hour-before": 60, "day-before": 24 * 60} {
			timed(b, name, 10, func() error {
				_, err := watcher.Compare(b.Context(), head, [2]model.Minute{end - 60 - back, end - back}, [2]model.Minute{end - 60, end})
				return err
			})
		}
	}
}

// BenchmarkWeekDetection puts the last minutes of the week, as versions, through
// baseline and detection, reading them included: seconds a minute.
func BenchmarkWeekDetection(b *testing.B) {
	w := loadedWeek(b)
	end := w.questions(b).end
	head, _, err := w.Graph.Head(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	versions, err := w.Flows.Versions(b.Context(), end-30, end, head.Number)
	if err != nil || len(versions) < 2 {
		b.Fatalf("%d versions of the last half hour: %v", len(versions), err)
	}
	for b.Loop() {
		watcher, next := w.watcher(b), 1
		if err := watcher.Step(b.Context(), versions[0]); err != nil { // and the hour before it
			b.Fatal(err)
		}
		timed(b, "minute", len(versions)-1, func() error {
			next++
			return watcher.Step(b.Context(), versions[next-1])
		})
	}
}
