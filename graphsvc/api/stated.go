package api

import (
	"fmt"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

func endpointIn(e gqlmodel.EndpointInput) query.EndpointStatement {
	return query.EndpointStatement{
		Class: e.Class, Name: e.Name, CIDRs: e.Cidrs, Hosts: e.Hosts, Provider: e.Provider, Region: e.Region, Zone: e.Zone, Network: e.Network, Account: e.Account, Team: e.Team,
	}
}

func statedOf(f *query.StatedEndpoint) *gqlmodel.StatedEndpoint {
	e := f.Endpoint
	stated := &gqlmodel.StatedEndpoint{
		ID: f.Key, Class: e.Class, Name: e.Name, Cidrs: make([]string, len(e.CIDRs)), Hosts: append([]string{}, e.Hosts...), Provider: e.Place.Provider, Region: e.Place.Region,
		Zone: e.Place.Zone, Network: e.Place.Network, Account: e.Place.Account, Team: e.Team, From: f.Period.From,
	}
	for i, cidr := range e.CIDRs {
		stated.Cidrs[i] = fmt.Sprint(cidr)
	}
	if !f.Period.To.IsZero() {
		stated.To = &f.Period.To
	}
	if f.Said != nil {
		stated.By, stated.At, stated.Note = f.Said.By, &f.Said.At, f.Said.Note
	}
	if f.Ended != nil {
		stated.EndedBy, stated.EndedAt = f.Ended.By, &f.Ended.At
	}
	return stated
}

func overlayOf(o *query.PriceOverlay) *gqlmodel.PriceOverlay {
	return &gqlmodel.PriceOverlay{Name: o.Name, Text: o.Text, From: o.From.Start(), By: o.By, At: o.At, Note: o.Note}
}
