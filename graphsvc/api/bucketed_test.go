package api

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestBucketsAddUp: parts carry what the minutes carry, are no more than asked for,
// and begin a whole number of widths apart.
func TestBucketsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var totals []query.MinuteTotal
		var bytes uint64
		minute := model.Minute(29_000_000)
		for range rapid.IntRange(0, 200).Draw(t, "minutes") {
			minute += model.Minute(rapid.IntRange(1, 5).Draw(t, "gap"))
			one := query.MinuteTotal{Minute: minute, Bytes: rapid.Uint64Range(0, 1<<40).Draw(t, "bytes"), Cost: money.Amount{}}
			totals, bytes = append(totals, one), bytes+one.Bytes
		}
		most := rapid.IntRange(1, 60).Draw(t, "buckets")
		parts, err := bucketed(totals, &most)
		if err != nil || len(parts) > most {
			t.Fatalf("%d parts of %d, %v", len(parts), most, err)
		}
		for _, part := range parts {
			bytes -= part.Bytes
		}
		if bytes != 0 {
			t.Fatalf("%d bytes are missing", bytes)
		}
	})
	for _, wrong := range []int{-1, maxBuckets + 1} {
		if _, err := bucketed(nil, &wrong); err == nil {
			t.Errorf("%d parts were given", wrong)
		}
	}
}
