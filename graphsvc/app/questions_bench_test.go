package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/pieces"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/neo4j"
	"github.com/egressor/egressor/internal/neo4j/neo4jtest"
)

// The history that questions are timed on: 30 days of minutes of few edges,
// with full ones among them, and full hours at the end.
const (
	historyDays      = 30
	historyWorkloads = 2_000
	fullEdges        = 30_000
	lightEdges       = 60
	fullMinutes      = 40
	fullHours        = 3
)

// history is a graph with a past, written in bulk: as Publish would leave it,
// but many pieces a transaction.
type history struct {
	writer *graphWriter
	db     *neo4j.DB
	random *rand.Rand
	edges  []model.PricedEdge
	ids    []model.EdgeID
	// first and end bound the history; full are minutes with all edges.
	first, end model.Minute
	full       []model.Minute
}

func writeHistory(b *testing.B) *history {
	b.Helper()
	h := &history{writer: newGraphWriter(b), random: rand.New(rand.NewPCG(1, 2))}
	h.db = neo4jtest.Shared(b)
	h.end = model.MinuteOf(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	h.first = h.end - historyDays*pieces.Day.Minutes
	taken := map[model.EdgeID]bool{}
	for len(h.edges) < fullEdges {
		source := h.random.IntN(historyWorkloads)
		destination := int(historyWorkloads * math.Pow(h.random.Float64(), 3))
		edge := pricedEdge(h.end, fmt.Sprint(source), fmt.Sprint(destination), 1)
		if id := edge.Key.ID(); source != destination && !taken[id] {
			taken[id] = true
			h.edges, h.ids = append(h.edges, edge), append(h.ids, id)
		}
	}
	full := map[model.Minute]bool{}
	for len(full) < fullMinutes {
		full[h.first+model.Minute(h.random.IntN(int(h.end-h.first)-fullHours*60))] = true
	}
	var batch []map[string]any
	for minute := h.first; minute < h.end; minute++ {
		count := lightEdges
		if full[minute] {
			h.full = append(h.full, minute)
		}
		if full[minute] || minute >= h.end-fullHours*60 {
			count = fullEdges
		}
		batch = append(batch, h.piece(b, pieces.Minute, minute, count))
		if minute >= h.end-fullHours*60 && pieces.Hour.Start(minute) == minute {
			batch = append(batch, h.piece(b, pieces.Hour, minute, fullEdges))
		}
		if len(batch) >= 200 || count == fullEdges && len(batch) >= 20 {
			h.write(b, batch)
			batch = nil
		}
	}
	h.write(b, batch)
	h.writer.publish(b, model.VersionFold, h.end, h.edges...) // what is now, and every edge
	h.end++
	return h
}

// piece is what so many of the edges carried in a span, drawn.
func (h *history) piece(b *testing.B, tier pieces.Tier, from model.Minute, count int) map[string]any {
	b.Helper()
	rows := make([]pieces.Row, count)
	offset := 0
	if count < fullEdges {
		offset = h.random.IntN(fullEdges - count)
	}
	for i := range rows {
		edge := h.edges[offset+i]
		edge.Sent = model.Counts{WireBytes: h.random.Uint64N(1 << 24), PayloadBytes: h.random.Uint64N(1 << 24), Packets: h.random.Uint64N(1 << 14)}
		edge.Connections, edge.RTTMicros = h.random.Uint64N(100), h.random.Uint32N(2000)
		rows[i] = pieces.Of(h.ids[offset+i], &edge)
	}
	packed, err := pieces.Encode(rows)
	if err != nil {
		b.Fatal(err)
	}
	return map[string]any{"tier": tier.Name, "from": int64(from), "to": int64(from + tier.Minutes), "since": int64(1), "edges": len(rows), "columns": packed}
}

func (h *history) write(b *testing.B, batch []map[string]any) {
	b.Helper()
	err := h.db.ExecuteWrite(b.Context(), func(tx neo4j.Tx) error {
		return tx.Exec(b.Context(), "UNWIND $batch AS properties CREATE (p:Piece) SET p = properties", neo4j.Params{"batch": batch})
	})
	if err != nil {
		b.Fatal(err)
	}
}

// minuteAsk and hourAsk are questions about a minute and about an hour.
func (h *history) minuteAsk(minute model.Minute) query.Ask {
	return query.Ask{From: minute.Start(), To: minute.End()}
}

func (h *history) hourAsk(back int) query.Ask {
	from := pieces.Hour.Start(h.end-1) - model.Minute(back)*60
	return query.Ask{From: from.Start(), To: (from + 60).Start()}
}

func (h *history) node() string {
	return pricedEdge(0, fmt.Sprint(h.random.IntN(historyWorkloads)), "", 0).Key.Source.ID()
}

// timed asks a question many times and states the median and the 95th
// percentile, in milliseconds.
func timed(b *testing.B, name string, times int, ask func() error) (median float64) {
	b.Helper()
	took := make([]time.Duration, times)
	for i := range took {
		begin := time.Now()
		if err := ask(); err != nil {
			b.Fatal(name, err)
		}
		took[i] = time.Since(begin)
	}
	slices.Sort(took)
	at := func(share float64) float64 { return float64(took[int(share*float64(times))].Microseconds()) / 1000 }
	b.ReportMetric(at(0.5), name+"-p50-ms")
	b.ReportMetric(at(0.95), name+"-p95-ms")
	return at(0.5)
}

// BenchmarkQuestions asks what people ask of a graph of 2,000 workloads and
// 30,000 edges with 30 days of history. Cold questions are asked of an explorer
// that has read no window yet.
func BenchmarkQuestions(b *testing.B) {
	h := writeHistory(b)
	ctx := b.Context()
	minuteOf := func(minute model.Minute) func() error {
		return func() error {
			graph, err := h.writer.explorer().Transfers(ctx, h.minuteAsk(minute), "", query.ByCost)
			if err == nil && len(graph.Transfers) != fullEdges {
				err = fmt.Errorf("%d transfers", len(graph.Transfers))
			}
			return err
		}
	}
	for b.Loop() {
		if err := minuteOf(h.end - 1)(); err != nil { // the keys of all edges are read once
			b.Fatal(err)
		}
		// EGRESSOR_BENCH_QUESTIONS is less than the 1,000 where somebody waits.
		count := setting(b, "EGRESSOR_BENCH_QUESTIONS", 1000)
		now := timed(b, "minute-now", count/10, minuteOf(h.end-1))
		then := timed(b, "minute-past", count, func() error { return minuteOf(h.full[h.random.IntN(len(h.full))])() })
		b.ReportMetric(then/now, "past/now")
		h.questions(ctx, b)
	}
}

func (h *history) questions(ctx context.Context, b *testing.B) {
	b.Helper()
	neighbourhood := func(e *query.Explorer, ask query.Ask) error {
		_, err := e.Neighbourhood(ctx, query.RingsAsk{Ask: ask, Node: h.node(), Hops: 1, Limit: 500})
		return ignoreUnknown(err)
	}
	paths := func(e *query.Explorer, ask query.Ask) error {
		_, err := e.Paths(ctx, query.PathsAsk{Ask: ask, From: h.node(), To: h.node(), Sense: reach.Data, Hops: 3, Limit: 10})
		return ignoreUnknown(err)
	}
	differ := func(e *query.Explorer, before, after query.Ask) error {
		_, err := e.Diff(ctx, query.DiffAsk{Before: before, After: after, By: diff.Dimensions[0], Limit: 100})
		return err
	}
	cold := h.writer.explorer
	warm := cold()
	last60 := query.Ask{From: (h.end - 60).Start(), To: h.end.Start()}
	timed(b, "neighbourhood-warm", 200, func() error { return neighbourhood(warm, h.hourAsk(1)) })
	timed(b, "neighbourhood-minute", 100, func() error { return neighbourhood(cold(), h.minuteAsk(h.full[h.random.IntN(len(h.full))])) })
	timed(b, "neighbourhood-hour", 50, func() error { return neighbourhood(cold(), h.hourAsk(1+h.random.IntN(2))) })
	timed(b, "neighbourhood-last60", 10, func() error { return neighbourhood(cold(), last60) })
	timed(b, "paths-warm", 200, func() error { return paths(warm, h.hourAsk(1)) })
	timed(b, "paths-hour", 50, func() error { return paths(cold(), h.hourAsk(1+h.random.IntN(2))) })
	timed(b, "diff-hours", 40, func() error { return differ(cold(), h.hourAsk(2), h.hourAsk(1)) })
	timed(b, "diff-last60", 10, func() error { return differ(cold(), h.hourAsk(2), last60) })
}

// ignoreUnknown lets questions about a node pass that carried nothing.
func ignoreUnknown(err error) error {
	var failed *query.Error
	if errors.As(err, &failed) && failed.Code == query.CodeUnknownID {
		return nil
	}
	return err
}
