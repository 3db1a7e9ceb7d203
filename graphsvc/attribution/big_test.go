package attribution_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/internal/model"
)

func BenchmarkAttributeMillion(b *testing.B) {
	facts, rows := busyMinute(500, 5000, 1_000_000)
	index, err := attribution.NewIndex(facts)
	if err != nil {
		b.Fatal(err)
	}
	var coverage attribution.Coverage
	for n := range 500 {
		coverage.Add(agent(fmt.Sprint("node-", n)), model.Period{From: start, To: at(60)})
	}
	b.ReportAllocs()
	for b.Loop() {
		attribution.Attribute(index, &coverage, rows)
	}
}
