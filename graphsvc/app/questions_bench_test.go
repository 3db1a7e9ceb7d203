package app

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/pieces"
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
	questions
	writer *graphWriter
	db     *neo4j.DB
	edges  []model.PricedEdge
	ids    []model.EdgeID
	first  model.Minute // of the history
}

func writeHistory(b *testing.B) *history {
	b.Helper()
	h := &history{writer: newGraphWriter(b)}
	h.random, h.cold = rand.New(rand.NewPCG(1, 2)), h.writer.explorer
	h.node = func() string {
		return pricedEdge(0, fmt.Sprint(h.random.IntN(historyWorkloads)), "", 0).Key.Source.ID()
	}
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
	h.fewest = fullEdges
	for b.Loop() {
		h.minutes(b)
		h.others(b)
	}
}
