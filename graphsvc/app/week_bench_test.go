package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/graphstore"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/graphsvc/terms"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// weekFirst is the first minute of the simulated week, a Monday's.
var weekFirst = model.MinuteOf(time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC))

// weekSeed is the seed of the week's load.
const weekSeed = 1

// week is the replayed load of seven simulated days on its way through ingest's
// store, the fold, compaction and pruning. It goes on where an earlier run in the
// same directory ended.
type week struct {
	*rolluptest.Stores
	dir  string
	load gen.Load
	// hours is how long the week is.
	hours int
	// stride is how many minutes lie between two that are folded: 1 folds all.
	stride model.Minute
	clock  *rolluptest.Clock
	loop   *rollup.Loop
	hub    *rollup.Hub
	took   *weekTimes
	// next is the minute to fold, and lastSettled the last at which was compacted.
	next, lastSettled model.Minute
}

// weekRules keep little enough for growth to end within the week.
func weekRules() rollup.Rules {
	rules := rollup.DefaultRules()
	rules.DaysAfter, rules.KeepMinutes, rules.KeepHours, rules.KeepDays = 2*time.Hour, 12*time.Hour, 26*time.Hour, 50*time.Hour
	return rules
}

// weekRetention is how long ClickHouse keeps raw rows and the minute series.
var weekRetention = flowstore.Retention{Flows: 24 * time.Hour, Minutes: 48 * time.Hour}

// openWeek opens the week's stores. Without settings it is a small week, which
// runs in a minute: make bench-week has the whole one.
func openWeek(b *testing.B) *week {
	b.Helper()
	w := &week{load: gen.Week(weekSeed), hub: rollup.NewHub(), took: &weekTimes{}}
	w.hours, w.stride = setting(b, "EGRESSOR_WEEK_HOURS", 7*24), model.Minute(setting(b, "EGRESSOR_WEEK_STRIDE", 60))
	w.load.Conversations, w.load.Windows = setting(b, "EGRESSOR_WEEK_CONVERSATIONS", 200), setting(b, "EGRESSOR_WEEK_WINDOWS", 1)
	w.load.Nodes = setting(b, "EGRESSOR_WEEK_NODES", 6)
	if w.dir = os.Getenv("EGRESSOR_BENCH_DIR"); w.dir == "" {
		w.dir = b.TempDir()
	}
	w.dir = filepath.Join(w.dir, fmt.Sprintf("week-%d-conversations-%d-windows-%d-nodes", w.load.Conversations, w.load.Windows, w.load.Nodes))
	w.Stores = rolluptest.OpenAt(b, w.dir)
	if err := w.resume(b.Context()); err != nil {
		b.Fatal(err)
	}
	w.clock = rolluptest.NewClock(w.next.Start())
	w.lead(b)
	return w
}

// weekOverlay are other terms, which hold once the early questions are asked.
const weekOverlay = "overlay: week\nbook: aws\ndiscounts:\n  - {name: contract, percent: 10}\n"

// lead begins to fold, by other terms once the early questions are asked.
func (w *week) lead(b *testing.B) {
	b.Helper()
	needs := rolluptest.Dependencies(b, w.Flows, weekGraph{w.Graph, w.took}, w.clock, weekRules(), w.hub)
	needs.KeepPrices = true // but for what is asked for
	if w.isAsked() {
		overlay := filepath.Join(w.dir, "overlay.yaml")
		if err := os.WriteFile(overlay, []byte(weekOverlay), 0o600); err != nil {
			b.Fatal(err)
		}
		needs.Terms = rolluptest.Terms(b, w.Flows, terms.Settings{Books: []string{pricebooks.Default}, Overlay: overlay, Mode: pricing.List})
	}
	w.loop = rollup.New(needs)
	b.Cleanup(func() { _ = w.loop.Stop(context.WithoutCancel(b.Context())) })
}

// repriced are the minutes before the early questions that are priced anew after
// them: each of them has its hour written anew.
const repriced = 60

// early asks the early questions and has an hour that they are about priced by other terms.
func (w *week) early(b *testing.B) {
	b.Helper()
	w.askEarly(b)
	if err := w.loop.Stop(b.Context()); err != nil {
		b.Fatal(err)
	}
	w.lead(b)
	request := flowstore.RepriceRequest{RequestedAt: w.clock.Now(), From: w.next - repriced, To: w.next}
	if err := w.Flows.RequestReprice(b.Context(), request); err != nil {
		b.Fatal(err)
	}
}

// resume finds the minute behind the newest that is folded; a new week's cluster
// becomes known first.
func (w *week) resume(ctx context.Context) error {
	newest, err := w.newest(ctx)
	if err != nil {
		return err
	}
	if newest == 0 {
		w.next = weekFirst
		return w.Flows.RecordFacts(ctx, w.load.Facts(), weekFirst.Start())
	}
	w.next = w.after(newest - 1)
	return nil
}

// newest is the end of the newest minute that is folded; 0 where none is.
func (w *week) newest(ctx context.Context) (model.Minute, error) {
	head, there, err := w.Graph.Head(ctx)
	if err != nil || !there {
		return 0, err
	}
	return w.Graph.NewestMinute(ctx, head.Number)
}

// end is where the week ends.
func (w *week) end() model.Minute { return weekFirst + model.Minute(w.hours)*60 }

// weekWhole are the minutes at the end of the week that are folded every one.
const weekWhole = 60

// after is the minute that is folded after one.
func (w *week) after(minute model.Minute) model.Minute {
	next := minute - minute%w.stride + w.stride
	if whole := w.end() - weekWhole; next > whole {
		return max(whole, minute+1)
	}
	return next
}

// lateAfter is how long after a minute a node of ten reports it late, four times a
// day: its hour is compacted by then.
const lateAfter = 60

// storing is how many agents' batches are stored side by side.
const storing = 4

// store keeps batches as ingest does.
func (w *week) store(ctx context.Context, batches []model.Batch, received time.Time) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(storing)
	for _, batch := range batches {
		group.Go(func() error { return w.Flows.Append(ctx, batch, fmt.Sprint(batch.BatchKey), received) })
	}
	return group.Wait()
}

// through folds every minute up to an end, and does at each what is due by then.
// The rows of the next minute come in while one is folded.
func (w *week) through(ctx context.Context, end model.Minute) error {
	store := func(of model.Minute) error {
		return w.store(ctx, w.load.Batches(of, weekFirst), of.End().Add(time.Second))
	}
	if err := store(w.next); err != nil {
		return err
	}
	for ; w.next < end; w.next = w.after(w.next) {
		var group errgroup.Group
		if following := w.after(w.next); following < end {
			group.Go(func() error { return store(following) })
		}
		if err := w.foldOne(ctx, w.next); err != nil {
			return err
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// foldLive folds the minute right behind those that are folded, as a live service does.
func (w *week) foldLive(ctx context.Context) error {
	newest, err := w.newest(ctx)
	if err != nil {
		return err
	}
	if err := w.store(ctx, w.load.Batches(newest, weekFirst), newest.End().Add(time.Second)); err != nil {
		return err
	}
	return w.foldOne(ctx, newest)
}

// foldOne folds a minute, and a late report of an earlier one, and compacts and
// prunes what is past its time.
func (w *week) foldOne(ctx context.Context, of model.Minute) error {
	now := of.End().Add(30 * time.Second)
	w.clock.Set(now)
	begin := time.Now()
	if err := w.loop.Step(ctx); err != nil {
		return err
	}
	w.took.folds = append(w.took.folds, time.Since(begin))
	if of%60 == 0 {
		fmt.Fprintln(os.Stderr, time.Now().UTC().Format("15:04:05"), of, w.took.folds[len(w.took.folds)-1])
	}
	if earlier := of - lateAfter; of%360 == 0 && earlier >= weekFirst {
		if err := w.store(ctx, w.load.Late(earlier, weekFirst, max(1, w.load.Nodes/10)), now); err != nil {
			return err
		}
		w.clock.Set(now.Add(weekRules().Quiet))
		if err := w.loop.Step(ctx); err != nil {
			return err
		}
	}
	if quarter := of - of%60 + 15; of < quarter || w.lastSettled >= quarter {
		return nil // the hour before is not to be compacted yet, or is
	}
	w.lastSettled = of
	return w.settle(ctx)
}

// settle steps until nothing is left to compact and to prune.
func (w *week) settle(ctx context.Context) error {
	for range 100 {
		before, err := w.headNumber(ctx)
		if err != nil {
			return err
		}
		if err := w.loop.Step(ctx); err != nil {
			return err
		}
		after, err := w.headNumber(ctx)
		if err != nil || after == before {
			return err
		}
	}
	return fmt.Errorf("after 100 steps there is still something to compact at %s", w.clock.Now())
}

func (w *week) headNumber(ctx context.Context) (uint64, error) {
	head, _, err := w.Graph.Head(ctx)
	return head.Number, err
}

// weekTimes are how long the parts of a span of the week took.
type weekTimes struct {
	folds, publishes []time.Duration
	edges            uint64
}

type weekGraph struct {
	*graphstore.Store
	took *weekTimes
}

// Publish counts what is published of minutes that are folded for the first time.
func (g weekGraph) Publish(ctx context.Context, p graphstore.Publication) error {
	begin := time.Now()
	err := g.Store.Publish(ctx, p)
	if p.Version.Kind == model.VersionFold {
		g.took.publishes, g.took.edges = append(g.took.publishes, time.Since(begin)), g.took.edges+uint64(len(p.Edges))
	}
	return err
}

// BenchmarkWeekLoad replays the week, or what is left of it in
// EGRESSOR_BENCH_DIR, and writes down after every six simulated hours what is stored.
func BenchmarkWeekLoad(b *testing.B) {
	w := openWeek(b)
	for b.Loop() {
		for w.next < w.end() {
			if w.next >= weekFirst+24*60 && !w.isAsked() {
				w.early(b)
			}
			if err := w.through(b.Context(), min(w.end(), w.next-(w.next-weekFirst)%360+360)); err != nil {
				b.Fatal(err)
			}
			w.measure(b)
		}
	}
}

// BenchmarkWeekAnswers asks again what was asked early in the week.
func BenchmarkWeekAnswers(b *testing.B) {
	w := openWeek(b)
	if !w.isAsked() {
		b.Skip("no week is loaded in EGRESSOR_BENCH_DIR: make bench-week")
	}
	l := w.served(b)
	for b.Loop() {
		w.askAgain(b, l)
	}
}
