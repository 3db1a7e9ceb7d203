package baseline_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func benchWorkload(i int) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: fmt.Sprintf("w%d", i)}
}

// BenchmarkObserve puts a minute of 30,000 edges of 10,000 flows through a
// detector that knows them for two hours. Merging is in it.
func BenchmarkObserve(b *testing.B) {
	const flows, lanes = 10_000, 3
	var o baseline.Observation
	for n := range flows * lanes {
		key := model.EdgeKey{
			Source: benchWorkload(n / lanes % 2000), Destination: benchWorkload(n / lanes / 2000), ServerPort: 80, Protocol: model.TCP, Initiator: model.InitiatorSource,
			SourcePlace: model.Place{Region: "r", Zone: "a"}, DestinationPlace: model.Place{Region: "r", Zone: string(rune('a' + n%lanes))}, Path: model.Path{Kind: model.PathVPC},
		}
		o.Edges = append(o.Edges, model.PricedEdge{Cost: money.FromNano(int64(1000 + n)), EdgeMinute: model.EdgeMinute{Key: key, Sent: model.Counts{WireBytes: uint64(1_000_000 + n)}}})
		o.IDs = append(o.IDs, key.ID())
	}
	detector, err := baseline.NewDetector(baseline.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	var tracker baseline.Tracker
	minute := model.Minute(29_900_040)
	observe := func() {
		minute++
		o.Minute = minute
		found, err := detector.Observe(o)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tracker.Track(minute, found); err != nil {
			b.Fatal(err)
		}
	}
	for range 120 {
		observe()
	}
	for b.Loop() {
		observe()
	}
}

// BenchmarkObserveAllGrow lets 10,000 flows with four weeks of hours grow at once: the
// minute in which all of them open a deviation and the past of each is gone through,
// and the one in which each is read off its step and those of its client's others.
func BenchmarkObserveAllGrow(b *testing.B) {
	b.Run("opens", func(b *testing.B) { allGrow(b, 12) })
	b.Run("steps", func(b *testing.B) { allGrow(b, 14) })
}

// allGrow measures one minute after the growth that begins in minute 10.
func allGrow(b *testing.B, measured model.Minute) {
	const flows, hours, usual = 10_000, 28 * 24, 1 << 30
	start := model.Minute(29_900_040) / 60 * 60
	edge := func(n int, bytes uint64) model.PricedEdge {
		key := model.EdgeKey{
			Source: benchWorkload(n % 2000), Destination: benchWorkload(n / 2000), ServerPort: 80, Protocol: model.TCP, Initiator: model.InitiatorSource,
			SourcePlace: model.Place{Region: "r", Zone: "a"}, DestinationPlace: model.Place{Region: "r", Zone: "b"}, Path: model.Path{Kind: model.PathVPC},
		}
		return model.PricedEdge{Cost: money.FromNano(int64(bytes / 50)), EdgeMinute: model.EdgeMinute{Key: key, Sent: model.Counts{WireBytes: bytes}}}
	}
	for b.Loop() {
		b.StopTimer()
		detector, err := baseline.NewDetector(baseline.DefaultSettings())
		if err != nil {
			b.Fatal(err)
		}
		observe := func(minute model.Minute, bytes uint64) {
			o := baseline.Observation{Minute: minute}
			for n := range flows {
				e := edge(n, bytes)
				o.Edges, o.IDs = append(o.Edges, e), append(o.IDs, e.Key.ID())
			}
			if minute == start+measured { // three minutes in a row make a deviation
				b.StartTimer()
			}
			found, err := detector.Observe(o)
			b.StopTimer()
			if err != nil {
				b.Fatal(err)
			}
			if minute >= start+12 && len(found) < flows {
				b.Fatalf("%d of %d flows deviate", len(found), flows)
			}
		}
		for n := range flows {
			e := edge(n, usual)
			var past []baseline.Hour
			for h := range hours {
				shape := func(v float32) baseline.Shape { return baseline.Shape{Median: v, Lower: v, Upper: v, Peak: v, Mean: v} }
				past = append(past, baseline.Hour{Flow: baseline.FlowOf(&e.Key), Start: start - model.Minute((hours-h)*60), Bytes: shape(usual), Cost: shape(usual / 50)})
			}
			if err := detector.Seed(past); err != nil {
				b.Fatal(err)
			}
		}
		for m := range measured + 1 {
			bytes := uint64(usual)
			if m >= 10 {
				bytes *= 4
			}
			observe(start+m, bytes)
		}
		b.StartTimer()
	}
}
