package api

import (
	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// whatIfOf tells a recommendation transfer by transfer, in the money of a month.
func (r *Resolver) whatIfOf(w *query.WhatIf) (*gqlmodel.WhatIf, error) {
	made := &w.Recommendation
	m := &monthly{of: made}
	answer := &gqlmodel.WhatIf{
		Recommendation: r.recommendationsOf([]model.Recommendation{*made})[0],
		Withdrawn:      made.Withdrawn, EdgesKnown: w.EdgesKnown(),
		MonthlyBefore: m.money(made.Before), MonthlyAfter: m.money(made.After),
		HoursBefore: m.money(w.HoursBefore), HoursAfter: m.money(w.HoursAfter),
		Shifts: make([]*gqlmodel.Shift, len(made.Shifts)), Nodes: make([]*gqlmodel.Entity, len(w.Nodes)),
		Rest: &gqlmodel.ShiftSum{
			Shifts: made.Rest.Shifts, BytesBefore: scalar.BytesOf(made.Rest.BytesBefore), BytesAfter: scalar.BytesOf(made.Rest.BytesAfter),
			MonthlyBefore: m.money(made.Rest.Before), MonthlyAfter: m.money(made.Rest.After),
		},
	}
	for i := range made.Shifts {
		answer.Shifts[i] = shiftOf(&made.Shifts[i], m)
	}
	for i := range w.Nodes {
		answer.Nodes[i] = entityOf(w.Nodes[i], made.Currency)
	}
	return answer, m.err
}

func shiftOf(s *model.Shift, m *monthly) *gqlmodel.Shift {
	return &gqlmodel.Shift{
		ID: s.Key.ID().String(), Source: s.Key.Source.ID(), Destination: s.Key.Destination.ID(),
		SourceName: s.Key.Source.Name, DestinationName: s.Key.Destination.Name,
		ServerPort: int(s.Key.ServerPort), Protocol: s.Key.Protocol.String(),
		SourceZone: s.Key.SourcePlace.Zone, DestinationZone: s.Key.DestinationPlace.Zone,
		SourceRegion: s.Key.SourcePlace.Region, DestinationRegion: s.Key.DestinationPlace.Region,
		Path: string(s.Key.Path.Kind), Via: s.Key.Path.Via,
		Before: m.side(s.Before), After: m.side(s.After), Joins: s.Joins,
	}
}

// monthly tells amounts of a recommendation's observed minutes for a month, and keeps
// the first failure.
type monthly struct {
	of  *model.Recommendation
	err error
}

func (m *monthly) money(amount money.Amount) *gqlmodel.Money {
	inMonth, err := m.of.InMonth(amount)
	if err != nil && m.err == nil {
		m.err = err
	}
	return moneyOf(inMonth, m.of.Currency)
}

// side is null where nothing goes by a transfer.
func (m *monthly) side(c model.Carried) *gqlmodel.ShiftSide {
	if !c.Carries {
		return nil
	}
	return &gqlmodel.ShiftSide{Bytes: scalar.BytesOf(c.Bytes), Cost: moneyOf(c.Cost, m.of.Currency), Monthly: m.money(c.Cost)}
}
