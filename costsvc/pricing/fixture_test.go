package pricing_test

import (
	"fmt"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
)

const minute = model.Minute(29_900_000)

func awsBook(tb testing.TB) *pricing.Book {
	tb.Helper()
	book, err := pricebooks.Load("aws")
	if err != nil {
		tb.Fatal(err)
	}
	return book
}

func workload(name string) model.Identity {
	return model.Identity{Kind: model.KindWorkload, Cluster: "lab", Namespace: "shop", Type: "Deployment", Name: name}
}

func place(region, zone string) model.Place {
	return model.Place{Provider: "aws", Region: region, Zone: zone}
}

// kinds of edge that a minute is made of: number -> key.
func edgeKey(n int) model.EdgeKey {
	key := model.EdgeKey{
		Source: workload(fmt.Sprintf("from-%d", n)), Destination: workload(fmt.Sprintf("to-%d", n)),
		SourceRevision: "rev-1", DestinationRevision: "rev-2", ServerPort: 443, Protocol: model.TCP, Initiator: model.InitiatorSource,
		SourcePlace: place("us-east-1", "use1-az1"), DestinationPlace: place("us-east-1", "use1-az2"),
		Path: model.Path{Kind: model.PathVPC},
	}
	internet := model.Identity{Kind: model.KindCloudEndpoint, Type: "internet", Name: "internet"}
	switch n % 6 {
	case 1: // same zone
		key.DestinationPlace.Zone = key.SourcePlace.Zone
	case 2: // to the internet through a NAT gateway of another zone
		key.Destination, key.DestinationPlace = internet, model.Place{}
		key.Path = model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az3"}
	case 3: // straight to the internet from another region
		key.SourcePlace = place("ap-southeast-2", "apse2-az1")
		key.Destination, key.DestinationPlace = internet, model.Place{}
		key.Path = model.Path{Kind: model.PathInternetGateway}
	case 4: // to S3 through an interface endpoint
		key.Destination = model.Identity{Kind: model.KindCloudEndpoint, Type: "s3", Region: "us-east-1", Name: "s3"}
		key.DestinationPlace = place("us-east-1", "")
		key.Path = model.Path{Kind: model.PathInterfaceEndpoint, Via: "vpce-1"}
	case 5: // to another region
		key.DestinationPlace = place("us-west-2", "usw2-az1")
		key.Path = model.Path{Kind: model.PathPeering}
	}
	return key
}

func edge(n int, bytes uint64) model.EdgeMinute {
	return model.EdgeMinute{Minute: minute, Key: edgeKey(n), Sent: model.Counts{WireBytes: bytes}}
}

func mustPrice(tb interface{ Fatal(...any) }, book *pricing.Book, mode pricing.Mode, edges []model.EdgeMinute, meters pricing.Meters) (pricing.Statement, pricing.Meters) {
	statement, after, err := pricing.Price(book, mode, edges, meters)
	if err != nil {
		tb.Fatal(err)
	}
	return statement, after
}

func factsOf(key *model.EdgeKey) (facts transferclass.Facts) {
	transferclass.FactsOf(key, &facts)
	return facts
}
