package baseline_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// BenchmarkObserve puts a minute of 30,000 edges of 10,000 flows through a
// detector that knows them for two hours. Merging is in it.
func BenchmarkObserve(b *testing.B) {
	const flows, lanes = 10_000, 3
	var o baseline.Observation
	for n := range flows * lanes {
		workload := func(i int) model.Identity {
			return model.Identity{Kind: model.KindWorkload, Cluster: "c", Namespace: "n", Type: "Deployment", Name: fmt.Sprintf("w%d", i)}
		}
		key := model.EdgeKey{
			Source: workload(n / lanes % 2000), Destination: workload(n / lanes / 2000), ServerPort: 80, Protocol: model.TCP, Initiator: model.InitiatorSource,
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
