package baseline_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	mebibyte = 1 << 20
	hour     = model.Minute(60)
	day      = 24 * hour
	// monday is the first minute of a Monday.
	monday = model.Minute(29_730_240)
	// perGiB is 0.02 a GiB, both sides of a crossing between zones.
	perGiB = 20_000_000
)

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
}

var (
	s3       = model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Name: "s3", Region: "us-east-1"}
	internet = model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
)

func crossing(from, to model.Identity) model.EdgeKey {
	return model.EdgeKey{
		Source: from, Destination: to, ServerPort: 8080, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace:      model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az1"},
		DestinationPlace: model.Place{Provider: "aws", Region: "us-east-1", Zone: "use1-az2"},
		Path:             model.Path{Kind: model.PathVPC},
	}
}

// priced is an edge with bytes at a rate in nano-units per GiB.
func priced(tb rapid.TB, key model.EdgeKey, minute model.Minute, bytes uint64, rate int64) model.PricedEdge {
	tb.Helper()
	cost, err := money.FromBytes(bytes, rate, 1<<30)
	if err != nil {
		tb.Fatal(err)
	}
	return model.PricedEdge{
		EdgeMinute: model.EdgeMinute{Minute: minute, Key: key, Sent: model.Counts{WireBytes: bytes}, Connections: bytes / mebibyte}, Cost: cost,
	}
}

func detector(tb rapid.TB) *baseline.Detector {
	tb.Helper()
	d, err := baseline.NewDetector(baseline.DefaultSettings())
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// traffic says what one edge carries in a minute.
type traffic func(minute model.Minute, noise *rand.Rand) []model.PricedEdge

// daily is a volume with a day's swing and noise about a mean in bytes a minute.
func daily(minute model.Minute, mean float64, noise *rand.Rand) uint64 {
	swing := 1 + 0.5*math.Sin(2*math.Pi*float64(minute%day)/float64(day))
	return uint64(mean * swing * math.Exp(0.1*noise.NormFloat64()))
}

// run observes minutes and returns every deviation that began, by its kind.
func run(tb testing.TB, d *baseline.Detector, from, to model.Minute, noise *rand.Rand, of traffic) []baseline.Deviation {
	tb.Helper()
	var began []baseline.Deviation
	for m := from; m < to; m++ {
		edges := of(m, noise)
		if edges == nil {
			continue
		}
		found, err := d.Observe(baseline.Observation{Minute: m, Edges: edges})
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range found {
			if f.Detected == m {
				began = append(began, f)
			}
		}
	}
	return began
}
