package pricing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// TestGatewaysByTheHour: list prices of us-east-1 are 0.045 an hour for NAT,
// 0.01 for an endpoint in a zone, 0.05 for an attachment, 0.005 for an address.
func TestGatewaysByTheHour(t *testing.T) {
	book := awsBook(t)
	day, _ := pricing.MonthOf(minute)
	for _, c := range []struct {
		name    string
		gateway pricing.Gateway
		units   uint64
		want    string
	}{
		{"zonal NAT, a day", pricing.Gateway{Kind: pricing.ZonalNAT}, 24, "1.08"},
		{"zones do not count for it", pricing.Gateway{Kind: pricing.ZonalNAT, Zones: 3}, 24, "1.08"},
		{"regional NAT of three zones", pricing.Gateway{Kind: pricing.RegionalNAT, Zones: 3}, 72, "3.24"},
		{"endpoint in two zones", pricing.Gateway{Kind: pricing.InterfaceEndpoint, Zones: 2}, 48, "0.48"},
		{"attachment", pricing.Gateway{Kind: pricing.TransitAttachment}, 24, "1.2"},
		{"address", pricing.Gateway{Kind: pricing.PublicAddress}, 1440, "0.12"},
		{"begun hours count whole", pricing.Gateway{Kind: pricing.ZonalNAT, From: day + 59, Until: day + 121}, 3, "0.135"},
		{"an address by the minute", pricing.Gateway{Kind: pricing.PublicAddress, From: day + 30, Until: day + 60}, 30, "0.0025"},
		{"gone before", pricing.Gateway{Kind: pricing.ZonalNAT, Until: day}, 0, "0"},
	} {
		c.gateway.Name, c.gateway.Region = "g-1", "us-east-1"
		standing, err := c.gateway.Standing(book, day, day+24*60)
		if err != nil || standing.Units != c.units || standing.Cost.Amount.Decimal() != c.want || standing.Unpriced != "" {
			t.Errorf("%s: %d units cost %s, %v; want %d and %s", c.name, standing.Units, standing.Cost, err, c.units, c.want)
		}
		if assumed := standing.Assumed != ""; assumed != (c.gateway.Kind == pricing.RegionalNAT) {
			t.Errorf("%s: assumed %q", c.name, standing.Assumed)
		}
	}
	gap := pricing.Gateway{Name: "g", Kind: pricing.TransitAttachment, Region: "ap-east-2"}
	standing, err := gap.Standing(book, day, day+60)
	if err != nil || standing.Unpriced == "" {
		t.Errorf("a gap costs %+v, %v", standing, err)
	}
	if _, err := standing.Allocate(nil); err == nil {
		t.Error("a gap was shared out")
	}
}

// TestHoursAddUpOverAnyParts of a period, exactly, whatever the gateway's life.
func TestHoursAddUpOverAnyParts(t *testing.T) {
	book := awsBook(t)
	rapid.Check(t, func(t *rapid.T) {
		first, _ := pricing.MonthOf(minute)
		gateway := pricing.Gateway{
			Name: "g", Region: "us-east-1", Kind: pricing.GatewayKind(rapid.IntRange(0, int(pricing.PublicAddress)).Draw(t, "kind")),
			Zones: rapid.Uint64Max(3).Draw(t, "zones"), From: first + model.Minute(rapid.IntRange(-100, 3000).Draw(t, "from")),
		}
		gateway.Until = gateway.From + model.Minute(rapid.IntRange(0, 4000).Draw(t, "life"))
		end := first + 3*24*60
		whole, err := gateway.Standing(book, first, end)
		if err != nil {
			t.Fatal(err)
		}
		var sum money.Accumulator
		var units uint64
		for at := first; at < end; {
			next := min(end, at+model.Minute(rapid.IntRange(1, 500).Draw(t, "minutes")))
			part, err := gateway.Standing(book, at, next)
			if err != nil {
				t.Fatal(err)
			}
			sum.Add(part.Cost.Amount)
			units += part.Units
			at = next
		}
		if total, err := sum.Amount(); err != nil || total != whole.Cost.Amount || units != whole.Units {
			t.Fatalf("parts cost %s for %d, the whole %s for %d", total, units, whole.Cost, whole.Units)
		}
	})
}

// TestDeletingTheNATSavesItsHours, and the bytes' way through it; what they cost
// beyond it they cost elsewhere too. 1 GB out through a gateway in another zone
// is 0.02 to it and 0.045 through it, then 0.09 to the internet.
func TestDeletingTheNATSavesItsHours(t *testing.T) {
	book := awsBook(t)
	key := edgeKey(2)
	edges := []model.EdgeMinute{{Minute: minute, Key: key, Sent: model.Counts{WireBytes: gib}}, edge(3, gib)}
	statement, _ := mustPrice(t, book, pricing.List, edges, nil)
	uses := pricing.UsesOf("nat-1", edges)
	gateway := pricing.Gateway{Name: "nat-1", Kind: pricing.ZonalNAT, Region: "us-east-1"}
	standing, err := gateway.Standing(book, minute, minute+60)
	if err != nil || len(uses) != 1 {
		t.Fatalf("%d uses, %v", len(uses), err)
	}
	removal, err := pricing.RemovalOf(standing, &statement, uses)
	if err != nil || removal.ByBytes.Decimal() != "0.065" || removal.ByHour.Cost.Amount.Decimal() != "0.045" {
		t.Errorf("%s by bytes, %s by the hour, %v", removal.ByBytes, removal.ByHour.Cost, err)
	}
	for _, line := range statement.Lines {
		if line.Code == "NatGateway-Hours" {
			t.Error("hours are in the statement of what bytes cost")
		}
	}
}

// TestEndpointBreakEven: 730 hours at 0.01 are 7.30 a zone; each GB saves 0.045 -
// 0.01. 7.3 / 0.035 = 208.571 GB for each zone.
func TestEndpointBreakEven(t *testing.T) {
	book := awsBook(t)
	for zones := uint64(1); zones <= 3; zones++ {
		bytes, err := pricing.EndpointBreakEven(book, "us-east-1", zones, 730, minute)
		if err != nil {
			t.Fatal(err)
		}
		if milliGB := (bytes*1000 + gib/2) / gib; milliGB != (zones*208_571_429+500)/1000 {
			t.Errorf("%d zones: %d bytes, %d/1000 GB", zones, bytes, milliGB)
		}
		if !cheaper(t, bytes, zones) || cheaper(t, bytes-1, zones) {
			t.Errorf("%d zones: %d bytes are not the first at which the endpoint costs no more", zones, bytes)
		}
	}
	// So many zones that the tiers count: 1 PB saves 0.035 a GB, then 0.039.
	bytes, err := pricing.EndpointBreakEven(book, "us-east-1", 10_000, 730, minute)
	if err != nil || bytes <= 1_048_576*gib || !cheaper(t, bytes, 10_000) || cheaper(t, bytes-1, 10_000) {
		t.Errorf("10,000 zones: %d bytes, %v", bytes, err)
	}
	if _, err := pricing.EndpointBreakEven(book, "ap-east-2", 1, 730, minute); err == nil {
		t.Error("a region without prices has a break-even")
	}
}

// cheaper compares both ways for a month of bytes, by the engine's own lines.
func cheaper(t *testing.T, bytes, zones uint64) bool {
	t.Helper()
	book := awsBook(t)
	cost := func(path model.Path) money.Amount {
		key := edgeKey(4)
		key.Path = path
		statement, _ := mustPrice(t, book, pricing.Marginal, []model.EdgeMinute{{Minute: minute, Key: key, Sent: model.Counts{WireBytes: bytes}}}, nil)
		return statement.Total
	}
	hours, err := money.FromBytes(zones*730, 10_000_000, 1)
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := cost(model.Path{Kind: model.PathInterfaceEndpoint, Via: "vpce-1"}).Add(hours)
	if err != nil {
		t.Fatal(err)
	}
	return endpoint.Cmp(cost(model.Path{Kind: model.PathNAT, Via: "nat-1", ViaZone: "use1-az1"})) <= 0
}
