package rollup_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/fold"
	"github.com/egressor/egressor/graphsvc/graphstore"
	compute "github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/rollup"
	"github.com/egressor/egressor/graphsvc/rollup/rolluptest"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// benchFirst is the peak of a load's day.
var benchFirst = model.MinuteOf(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))

// laps are the times that each kind of store call took, in order.
type laps struct {
	// prefix stands before the names of what is measured now.
	prefix string
	took   map[string][]time.Duration
}

func (l *laps) since(name string, begin time.Time) {
	l.took[l.prefix+name] = append(l.took[l.prefix+name], time.Since(begin))
}

// report states medians and 95th percentiles in milliseconds.
func (l *laps) report(b *testing.B) {
	b.Helper()
	for name, took := range l.took {
		slices.Sort(took)
		at := func(share float64) float64 {
			return float64(took[min(len(took)-1, int(share*float64(len(took))))].Microseconds()) / 1000
		}
		b.ReportMetric(at(0.5), name+"-p50-ms")
		b.ReportMetric(at(0.95), name+"-p95-ms")
	}
}

type timedFlows struct {
	*flowstore.Store
	*laps
}

func (s timedFlows) RunsSince(ctx context.Context, at time.Time) ([]model.BatchRun, error) {
	defer s.since("ledger", time.Now())
	return s.Store.RunsSince(ctx, at)
}

func (s timedFlows) Minute(ctx context.Context, of model.Minute, inputs []model.InputRange) ([]model.BatchHead, []model.ReportedRow, error) {
	defer s.since("read-rows", time.Now())
	return s.Store.Minute(ctx, of, inputs)
}

func (s timedFlows) Facts(ctx context.Context, from, to, through time.Time) ([]model.Fact, time.Time, error) {
	defer s.since("read-facts", time.Now())
	return s.Store.Facts(ctx, from, to, through)
}

func (s timedFlows) WriteVersion(ctx context.Context, version model.GraphVersion, edges []model.PricedEdge, statement pricing.Statement) error {
	defer s.since("write-series", time.Now())
	return s.Store.WriteVersion(ctx, version, edges, statement)
}

type timedGraph struct {
	*graphstore.Store
	*laps
}

func (s timedGraph) Publish(ctx context.Context, p graphstore.Publication) error {
	defer s.since("publish", time.Now())
	return s.Store.Publish(ctx, p)
}

// benchLoads are minutes of a fold: rows of raw flows into edges. 1M is the one
// that docs/benchmarks.md is about, 500k has half its rows and edges and 2M twice;
// the peak is that of gen.Week, 30,000 edges.
var benchLoads = []struct {
	name                   string
	conversations, windows int
}{{"100k-rows", 5_000, 10}, {"peak", 15_000, 6}, {"500k-rows", 25_000, 10}, {"1M-rows", 50_000, 10}, {"2M-rows", 100_000, 10}}

// BenchmarkFold folds minutes of a load from raw rows in ClickHouse to the
// published version, and says where the time goes, per minute: the median and the
// 95th percentile of the minutes behind the first, whose edges are all new. A
// late report that changes one edge of twenty follows each minute. Memory is watched
// in one more minute: for that all of it is given back before, which takes time.
func BenchmarkFold(b *testing.B) {
	for _, of := range benchLoads {
		b.Run(of.name, func(b *testing.B) { benchFold(b, of.conversations, of.windows) })
	}
}

func benchFold(b *testing.B, conversations, windows int) {
	stores := rolluptest.Open(b)
	book, err := pricebooks.Load(pricebooks.Default)
	if err != nil {
		b.Fatal(err)
	}
	load := gen.Load{Seed: 1, Nodes: 60, Workloads: 2000, PodsPerWorkload: 3, Conversations: conversations, Windows: windows}
	took := &laps{took: map[string][]time.Duration{}}
	clock := rolluptest.NewClock(benchFirst.Start())
	loop := rolluptest.Loop(b, timedFlows{stores.Flows, took}, timedGraph{stores.Graph, took}, clock, rolluptest.Rules(), rollup.NewHub())
	if err := stores.Flows.RecordFacts(b.Context(), load.Facts(), benchFirst.Start()); err != nil {
		b.Fatal(err)
	}
	var versions, peak, allocated uint64
	step := func(kind string, received time.Time, batches []model.Batch) {
		stores.Append(b, received, batches...)
		clock.Set(received.Add(rollup.DefaultRules().Quiet))
		took.prefix = kind
		used := func() (peakResident, allocated uint64) { return 0, 0 }
		if kind == "watched-" {
			used = testkit.Memory(b)
		}
		begin := time.Now()
		if err := loop.Step(b.Context()); err != nil {
			b.Fatal(err)
		}
		took.since("all", begin)
		if kind == "watched-" {
			peak, allocated = used()
		}
		versions++
	}
	for i := range model.Minute(b.N + 2) {
		of, kind := benchFirst+i, ""
		switch {
		case i == 0:
			kind = "first-"
		case i > model.Minute(b.N):
			kind = "watched-"
		}
		step(kind, of.End().Add(time.Second), load.Batches(of, benchFirst))
		step("late-", of.End().Add(30*time.Second), load.Late(of, benchFirst, load.Nodes/10))
	}
	head, _, err := stores.Graph.Head(b.Context())
	if err != nil || head.Number != versions {
		b.Fatalf("%d versions (%v), want %d", head.Number, err, versions)
	}
	stages(b, stores, book, took)
	took.report(b)
	b.ReportMetric(float64(head.Totals.Edges), "edges")
	b.ReportMetric(float64(peak>>20), "peak-MiB")
	b.ReportMetric(float64(allocated>>20), "allocated-MiB")
}

// stages times the parts of the computation of the first minute.
func stages(b *testing.B, stores *rolluptest.Stores, book *pricing.Book, took *laps) {
	b.Helper()
	input, err := rollup.ReadMinute(b.Context(), stores.Flows, benchFirst)
	if err != nil {
		b.Fatal(err)
	}
	took.prefix = "compute-"
	var coverage attribution.Coverage
	for _, head := range input.Batches {
		coverage.AddBatch(model.Batch{BatchKey: head.BatchKey, CoveredFrom: head.CoveredFrom, CoveredThrough: head.CoveredThrough})
	}
	begin := time.Now()
	index, err := attribution.NewIndex(input.Facts)
	if err != nil {
		b.Fatal(err)
	}
	took.since("index", begin)
	begin = time.Now()
	flows, _ := attribution.Attribute(index, &coverage, input.Rows)
	took.since("attribute", begin)
	begin = time.Now()
	folded, err := fold.Fold(input.Minute, flows)
	if err != nil {
		b.Fatal(err)
	}
	took.since("fold", begin)
	begin = time.Now()
	if _, _, err = pricing.Price(book, pricing.List, folded.Edges, nil); err != nil {
		b.Fatal(err)
	}
	took.since("price", begin)
	begin = time.Now()
	fold.InputDigest(input.Minute, &coverage, input.Rows)
	took.since("input-digest", begin)
	begin = time.Now()
	if _, err := compute.Compute(input, compute.ListPrices(book)); err != nil {
		b.Fatal(err)
	}
	took.since("all", begin)
}
