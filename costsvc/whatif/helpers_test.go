package whatif_test

import (
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/whatif"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	minute = model.Minute(29_900_160) // the beginning of a UTC day
	gib    = uint64(1 << 30)
	region = "us-east-1"
	za, zb = "use1-az1", "use1-az2"
)

func awsBook(tb testing.TB) *pricing.Book {
	tb.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		tb.Fatal(err)
	}
	return book
}

func workload(kind, name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: kind, Name: name}
}

func deployment(name string) model.Identity { return workload("Deployment", name) }

func service(class string) model.Identity {
	return model.Identity{Kind: model.KindCloudEndpoint, Type: class, Name: class, Region: region}
}

func place(zone string) model.Place {
	return model.Place{Provider: "aws", Region: region, Zone: zone}
}

// asked is a request edge and its answer between two ends.
func asked(from model.Identity, fromZone string, to model.Identity, toZone string, path model.Path, sent, received uint64) []model.EdgeMinute {
	request := model.EdgeKey{
		Source: from, Destination: to, ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace: place(fromZone), DestinationPlace: place(toZone), Path: path,
	}
	answer := request
	answer.Source, answer.Destination, answer.SourcePlace, answer.DestinationPlace = to, from, place(toZone), place(fromZone)
	answer.Initiator = model.InitiatorDestination
	return []model.EdgeMinute{carried(request, sent), carried(answer, received)}
}

func carried(key model.EdgeKey, bytes uint64) model.EdgeMinute {
	return model.EdgeMinute{Minute: minute, Key: key, Sent: model.Counts{WireBytes: bytes}, Connections: 1}
}

// oneDay is a topology of one whole day.
func oneDay(tb testing.TB, edges ...[]model.EdgeMinute) *whatif.Topology {
	tb.Helper()
	day := whatif.Day{From: minute, To: minute + 1440, Minutes: 1440}
	for _, list := range edges {
		day.Edges = append(day.Edges, list...)
	}
	return &whatif.Topology{Book: awsBook(tb), Days: []whatif.Day{day}, Pods: map[model.Identity][]whatif.Placement{}}
}

func proposalOf(tb testing.TB, t *whatif.Topology, kind whatif.Kind) whatif.Recommendation {
	tb.Helper()
	for _, p := range whatif.Propose(t) {
		if p.Kind == kind {
			r, err := whatif.Recommend(t, p)
			if err != nil {
				tb.Fatal(err)
			}
			return r
		}
	}
	tb.Fatalf("no proposal of kind %s", kind)
	return whatif.Recommendation{}
}

func shown(tb testing.TB, a money.Amount) string {
	tb.Helper()
	text, err := a.Format(4)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}
