package pricing_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

// BenchmarkMinute prices a minute of 20,000 edges of six kinds, ids at hand, as
// the minute loop does.
func BenchmarkMinute(b *testing.B) {
	book := awsBook(b)
	const count = 20_000
	edges := make([]model.EdgeMinute, count)
	for n := range edges {
		edges[n] = edge(n, uint64(n)*1500)
	}
	for _, c := range []struct {
		name string
		mode pricing.Mode
		id   func(n int) model.EdgeID
	}{
		{"list", pricing.List, inOrder},
		{"marginal", pricing.Marginal, inOrder},
		{"marginal-unsorted", pricing.Marginal, hashed},
	} {
		b.Run(c.name, func(b *testing.B) {
			var run pricing.Run
			meters := pricing.Meters{{Fee: transferclass.FeeInternetAllowance, Region: "*"}: 1 << 50}
			b.ReportAllocs()
			begin := cpu(b)
			for b.Loop() {
				if err := run.Reset(book, c.mode, minute, meters); err != nil {
					b.Fatal(err)
				}
				for i := range edges {
					run.AddEdge(c.id(i), &edges[i])
				}
				if _, _, err := run.Finish(); err != nil {
					b.Fatal(err)
				}
			}
			reportPerCore(b, count*b.N, begin)
			perSecond := float64(count) * float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(perSecond/1e6, "Medges/s")
		})
	}
}

func inOrder(n int) model.EdgeID { return model.EdgeID(n) }

// hashed spreads ids as SHA-256 does.
func hashed(n int) model.EdgeID { return model.EdgeID(uint64(n+1) * 0x9E3779B97F4A7C15) }
