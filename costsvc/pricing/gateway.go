package pricing

import (
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// GatewayKind is a thing that costs by the hour because traffic needs it.
type GatewayKind uint8

// Kinds of gateway.
const (
	ZonalNAT          GatewayKind = iota
	RegionalNAT                   // costs an hour for each zone that it serves
	InterfaceEndpoint             // costs an hour for each zone that it is in
	TransitAttachment             // of a VPC to a transit gateway
	PublicAddress                 // an IPv4 address; billed by the second
)

// hourly is what prices a kind: its fee, and its usage type on AWS's bill.
var hourly = [...]struct {
	fee  transferclass.Fee
	code string
}{
	ZonalNAT:          {transferclass.FeeNATHour, "NatGateway-Hours"},
	RegionalNAT:       {transferclass.FeeNATHour, "NatGateway-Hours"},
	InterfaceEndpoint: {transferclass.FeeEndpointHour, "VpcEndpoint-Hours"},
	TransitAttachment: {transferclass.FeeTransitHour, "TransitGateway-Hours"},
	PublicAddress:     {transferclass.FeePublicAddressHour, "PublicIPv4:InUseAddress"},
}

// Gateway is one of them.
type Gateway struct {
	// Name is as in model.Path.Via.
	Name            string
	Kind            GatewayKind
	Account, Region string
	// Zones is how many zones a regional NAT gateway serves or an interface
	// endpoint is in; the others count as one. 0 is taken as 1.
	Zones uint64
	// From and Until bound its life; zero is open.
	From, Until model.Minute
}

const minutesPerHour = 60

// Standing is what the gateway costs from one minute to another. Every started
// hour counts whole, at its first minute, so that the parts of a period add up
// to it; an address costs by the minute. A price that changes holds from its
// minute on. A gap in the book is Standing.Unpriced.
func (g *Gateway) Standing(book *Book, from, to model.Minute) (Standing, error) {
	standing := Standing{Name: g.Name, Account: g.Account, Region: g.Region, UnitName: "hours", Cost: money.Money{Currency: book.Currency}}
	if book.Provider == "aws" {
		standing.Code = hourly[g.Kind].code
	}
	if g.Kind == PublicAddress {
		standing.UnitName = "minutes"
	}
	if g.Kind == RegionalNAT {
		standing.Assumed = "a regional NAT gateway is taken to cost the zonal price for each zone that it serves"
	}
	from, to = g.alive(from, to)
	for hour := from - from%minutesPerHour; hour < to && from < to; hour += minutesPerHour {
		if err := g.addHour(book, &standing, hour, from, to); err != nil {
			return Standing{}, err
		}
	}
	return standing, nil
}

// alive cuts a period to the gateway's life.
func (g *Gateway) alive(from, to model.Minute) (model.Minute, model.Minute) {
	from = max(from, g.From)
	if g.Until != 0 {
		to = min(to, g.Until)
	}
	return from, max(from, to)
}

// addHour adds what one clock hour costs between from and to.
func (g *Gateway) addHour(book *Book, s *Standing, hour, from, to model.Minute) error {
	first := max(hour, g.From) // the minute at which the hour is charged
	if g.Kind != PublicAddress && (first < from || first >= to) {
		return nil // charged before the period, or after it
	}
	row := book.Lookup(hourly[g.Kind].fee, g.Region, "", first)
	if row == nil {
		s.Unpriced = "no sourced price for " + hourly[g.Kind].fee.String() + " in " + g.Region
		return nil
	}
	s.PriceRow, s.Source = row.ID, row.Source
	amount, units := money.FromNano(row.Tiers[0].RateNano), uint64(1)
	if g.Kind == PublicAddress {
		begin, end := max(hour, from), min(hour+minutesPerHour, to)
		part, err := between(amount, minutesPerHour, uint64(begin-hour), uint64(end-hour))
		if err != nil {
			return err
		}
		amount, units = part, uint64(end-begin)
	}
	for range g.zones() {
		var err error
		if s.Cost.Amount, err = s.Cost.Amount.Add(amount); err != nil {
			return err
		}
	}
	s.Units += units * g.zones()
	return nil
}

func (g *Gateway) zones() uint64 {
	if g.Kind == RegionalNAT || g.Kind == InterfaceEndpoint {
		return max(g.Zones, 1)
	}
	return 1
}

// UsesOf are the edges that went through a gateway, with their bytes in either
// direction.
func UsesOf(name string, edges []model.EdgeMinute) []Use {
	var uses []Use
	for i := range edges {
		if edges[i].Key.Path.Via == name {
			uses = append(uses, Use{Edge: edges[i].Key.ID(), Bytes: edges[i].Sent.WireBytes})
		}
	}
	return uses
}
