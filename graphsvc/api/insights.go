package api

import (
	"context"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/remedy"
	"github.com/egressor/egressor/internal/model"
)

// incidentPage is one page of incidents. A cursor is the place of the last one
// shown.
func (r *Resolver) incidentPage(ctx context.Context, first *int, after *string) (*gqlmodel.IncidentConnection, error) {
	var behind model.IncidentPlace
	if after != nil {
		if err := decodeCursor(*after, incidentCursor, &behind.Since, &behind.ID); err != nil {
			return nil, err
		}
	}
	limit, err := pageSize(orDefault(first, defaultPage), query.MaxIncidents)
	if err != nil {
		return nil, err
	}
	incidents, err := r.explorer.Incidents(ctx, behind, limit+1)
	if err != nil {
		return nil, err
	}
	more := len(incidents) > limit
	if more {
		incidents = incidents[:limit]
	}
	page := &gqlmodel.IncidentConnection{
		Edges:    make([]*gqlmodel.IncidentEdge, len(incidents)),
		PageInfo: &gqlmodel.PageInfo{HasNextPage: more, HasPreviousPage: after != nil},
	}
	for i, node := range r.incidentsOf(incidents) {
		page.Edges[i] = &gqlmodel.IncidentEdge{Cursor: encodeCursor(incidentCursor, incidents[i].Since, incidents[i].ID), Node: node}
	}
	if len(page.Edges) > 0 {
		page.PageInfo.StartCursor, page.PageInfo.EndCursor = &page.Edges[0].Cursor, &page.Edges[len(page.Edges)-1].Cursor
		page.Behind = model.IncidentPlace{Since: incidents[len(incidents)-1].Since, ID: incidents[len(incidents)-1].ID}
	}
	return page, nil
}

// rangeOf is what an incident's impact a day lies between, nil where that is not known.
func rangeOf(i *model.Incident) *gqlmodel.MoneyRange {
	if i.RangePercent == 0 {
		return nil
	}
	return &gqlmodel.MoneyRange{
		Low: moneyOf(i.ImpactPerDayLow, i.Currency), High: moneyOf(i.ImpactPerDayHigh, i.Currency), Percent: i.RangePercent,
	}
}

func incidentOf(i *model.Incident) *gqlmodel.Incident {
	incident := &gqlmodel.Incident{
		ID: i.ID, Kind: anomalyKindOf(i.Kind), Title: i.Title, Since: i.Since.Start(), Detected: i.Detected.End(), Until: momentOf(i.Until),
		Impact: moneyOf(i.Impact, i.Currency), ImpactPerDay: moneyOf(i.ImpactPerDay, i.Currency), ImpactPerDayRange: rangeOf(i),
		Parts: &gqlmodel.CostParts{
			Through: momentOf(i.Parts.Through),
			Change:  moneyOf(i.Parts.Change, i.Currency), Volume: moneyOf(i.Parts.Volume, i.Currency), Path: moneyOf(i.Parts.Path, i.Currency),
			Price: moneyOf(i.Parts.Price, i.Currency), Tier: moneyOf(i.Parts.Tier, i.Currency), Remainder: moneyOf(i.Parts.Remainder, i.Currency),
		},
		Conclusion: i.Conclusion, Filter: inquiry.Filter(i), Version: scalar.Version(i.Version), Through: momentOf(i.Through),
		Anomalies: make([]*gqlmodel.Anomaly, len(i.Anomalies)), Findings: make([]*gqlmodel.Finding, len(i.Findings)),
	}
	for n := range i.Anomalies {
		incident.Anomalies[n] = anomalyOf(&i.Anomalies[n], i.Currency)
	}
	for n := range i.Findings {
		incident.Findings[n] = findingOf(&i.Findings[n], i.Currency)
	}
	r := remedy.Of(i)
	incident.Remedy = &gqlmodel.Remedy{Action: r.Action, Command: textOrNull(r.Command), Undo: r.Undo, UndoCommand: textOrNull(r.UndoCommand)}
	return incident
}

func anomalyOf(a *model.Anomaly, currency string) *gqlmodel.Anomaly {
	return &gqlmodel.Anomaly{
		Scope: a.Scope, Source: textOrNull(a.Source), Destination: textOrNull(a.Destination), Kind: anomalyKindOf(a.Kind), Basis: a.Basis,
		Since: a.Since.Start(), Until: momentOf(a.Until), Filter: textOrNull(a.Filter), Minutes: countOrNull(a.Minutes), Bytes: scalar.Bytes(a.Bytes), ExpectedBytes: scalar.Bytes(a.ExpectedBytes),
		Cost: moneyOf(a.Cost, currency), ExpectedCost: moneyOf(a.ExpectedCost, currency),
	}
}

func findingOf(f *model.Finding, currency string) *gqlmodel.Finding {
	finding := &gqlmodel.Finding{
		Kind: f.Kind, Subject: f.Subject, Entity: textOrNull(f.Entity), Revision: textOrNull(f.Revision), Explains: moneyOf(f.Explains, currency),
		For: listed(f.For), Against: listed(f.Against), Score: f.Score, Confidence: f.Confidence,
	}
	if !f.At.IsZero() {
		finding.At = &f.At
	}
	return finding
}

// anomalyKindOf is the enum's value: the kind in capitals.
func anomalyKindOf(kind string) gqlmodel.AnomalyKind {
	return gqlmodel.AnomalyKind(strings.ToUpper(strings.ReplaceAll(kind, "-", "_")))
}

func momentOf(minute model.Minute) *time.Time {
	if minute == 0 {
		return nil
	}
	return ptr(minute.Start())
}

// listed is never nil: the lists of the schema have no null.
func listed(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

func recommendationOf(r *model.Recommendation) *gqlmodel.Recommendation {
	converted := &gqlmodel.Recommendation{
		ID: r.ID, Kind: r.Kind, Subject: r.Subject, Title: r.Title,
		Monthly: moneyOf(r.Monthly, r.Currency), Low: moneyOf(r.Low, r.Currency), High: moneyOf(r.High, r.Currency),
		Saving: moneyOf(r.Saving, r.Currency), Before: moneyOf(r.Before, r.Currency), After: moneyOf(r.After, r.Currency),
		From: r.From.Start(), To: r.To.Start(), Minutes: int(r.Minutes), Bytes: scalar.Bytes(r.Bytes), Entities: listed(r.Entities),
		Why: listed(r.Why), Assumptions: listed(r.Assumptions), Warnings: listed(r.Warnings),
		Apply: patchesOf(r.Apply), Undo: patchesOf(r.Undo), Check: r.Check,
	}
	if r.BreakEvenBytes > 0 {
		converted.BreakEvenBytes = ptr(scalar.Bytes(r.BreakEvenBytes))
	}
	return converted
}

func patchesOf(patches []model.Patch) []*gqlmodel.Patch {
	converted := make([]*gqlmodel.Patch, len(patches))
	for i, p := range patches {
		converted[i] = &gqlmodel.Patch{Tool: p.Tool, Text: p.Text}
	}
	return converted
}
