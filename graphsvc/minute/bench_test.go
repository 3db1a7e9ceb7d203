package minute_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// loadMinute is 2026-11-23T15:00:00Z, the peak of a load's day.
const loadMinute model.Minute = 29_924_100

// BenchmarkCompute computes a minute of a load: a tenth of a million rows into
// ten thousand edges, and ten times that.
func BenchmarkCompute(b *testing.B) {
	for name, conversations := range map[string]int{"100k-rows": 5_000, "1M-rows": 50_000} {
		b.Run(name, func(b *testing.B) {
			load := gen.Load{Seed: 1, Nodes: 60, Workloads: 2000, PodsPerWorkload: 3, Conversations: conversations, Windows: 10}
			input := minute.Input{Minute: loadMinute, Facts: load.Facts()}
			for _, batch := range load.Batches(loadMinute, loadMinute) {
				input.Batches = append(input.Batches, batch.Head(loadMinute.End()))
				for i := range batch.Flows {
					input.Rows = append(input.Rows, attribution.ReportedRow{Agent: batch.Agent, Row: batch.Flows[i]})
				}
			}
			b.ReportAllocs()
			book, err := pricebooks.Load(pricebooks.Default)
			if err != nil {
				b.Fatal(err)
			}
			var edges int
			for b.Loop() {
				computed, err := minute.Compute(input, minute.ListPrices(book))
				if err != nil {
					b.Fatal(err)
				}
				edges = len(computed.Edges)
			}
			b.ReportMetric(float64(edges), "edges")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(input.Rows)), "ns/row")
		})
	}
}
