package flowstore_test

import (
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// BenchmarkRawRows reads the raw rows of one minute of a load, 180,000 of them.
func BenchmarkRawRows(b *testing.B) {
	db := openDB(b)
	s := flowstore.New(db)
	load, of := gen.Week(1), model.MinuteOf(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	for _, batch := range load.Batches(of, of) {
		if err := s.Append(b.Context(), batch, "digest", of.End()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	var count int
	for b.Loop() {
		_, rows, err := s.Minute(b.Context(), of, nil)
		if err != nil {
			b.Fatal(err)
		}
		count = len(rows)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(count), "ns/row")
}
