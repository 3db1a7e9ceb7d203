package fold_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/fold"
)

// BenchmarkFold folds 200,000 flows into 100,000 edges and digests them.
func BenchmarkFold(b *testing.B) {
	var flows []attribution.AttributedFlow
	for i := range 200_000 {
		flows = append(flows, flow(fmt.Sprint("workload-", i%100_000), uint64(i)))
	}
	b.ReportAllocs()
	for b.Loop() {
		result, err := fold.Fold(minute, flows)
		if err != nil {
			b.Fatal(err)
		}
		fold.Digest(result)
	}
}
