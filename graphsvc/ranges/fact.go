package ranges

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// SourcePrefix begins the Source of every fact that comes from published
// ranges: what a user or an inventory says of the same prefix is believed first.
const SourcePrefix = "ranges/"

// Fact states a match as an endpoint. Its identity is service and region, not the
// prefix, so that a service has one node however many addresses it answers from.
func (t *Table) Fact(match Match) model.Fact {
	place := model.Place{Provider: match.Provider, Region: match.Region}
	class := match.Service
	if match.Provider == "google" { // Google's own products, not a customer's machine
		place.Provider, class = "gcp", "google-products"
	}
	origin, _ := t.Origin(match.Provider)
	return model.Fact{
		Kind: model.FactEndpoint, Key: SourcePrefix + match.Prefix.String(),
		Source:   SourcePrefix + match.Provider + "/" + origin.Date,
		Endpoint: &model.EndpointFact{Class: class, Name: class, CIDRs: []netip.Prefix{match.Prefix}, Place: place},
	}
}

// Internet is what an address that is public and in no range is.
func Internet() model.Fact {
	return model.Fact{
		Kind: model.FactEndpoint, Key: SourcePrefix + "internet", Source: SourcePrefix + "internet",
		Endpoint: &model.EndpointFact{
			Class: "internet", Name: "internet",
			CIDRs: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")},
		},
	}
}
