package graphstore

import (
	"context"
	"fmt"
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/neo4j"
)

// SaveIncident writes an incident as it is known now, in one transaction. Its
// nodes are linked to the entities and rollouts that the graph has, and the
// version that it cites is pinned in place of the one it cited before.
func (s *Store) SaveIncident(ctx context.Context, incident model.Incident) error {
	params := neo4j.Params{"properties": incidentProperties(&incident), "anomalies": anomalyRows(incident.Anomalies), "findings": findingRows(incident.Findings)}
	err := s.db.ExecuteWrite(ctx, func(tx neo4j.Tx) error {
		if err := tx.Exec(ctx, incidentMerge, params); err != nil {
			return err
		}
		return pinIncident(ctx, tx, &incident)
	})
	if err != nil {
		return fmt.Errorf("storing incident %s: %w", incident.ID, err)
	}
	return nil
}

func incidentProperties(i *model.Incident) map[string]any {
	return map[string]any{
		"id": i.ID, "kind": i.Kind, "title": i.Title, "since": int64(i.Since), "detected": int64(i.Detected), "until": int64(i.Until),
		"impact": i.Impact.Decimal(), "impactPerDay": i.ImpactPerDay.Decimal(),
		"impactPerDayLow": i.ImpactPerDayLow.Decimal(), "impactPerDayHigh": i.ImpactPerDayHigh.Decimal(), "rangePercent": int64(i.RangePercent), "currency": i.Currency, "version": int64(i.Version), "through": int64(i.Through),
		"conclusion":   i.Conclusion,
		"partsThrough": int64(i.Parts.Through), "change": i.Parts.Change.Decimal(), "volume": i.Parts.Volume.Decimal(), "path": i.Parts.Path.Decimal(),
		"price": i.Parts.Price.Decimal(), "tier": i.Parts.Tier.Decimal(), "remainder": i.Parts.Remainder.Decimal(),
	}
}

func anomalyRows(anomalies []model.Anomaly) []map[string]any {
	rows := make([]map[string]any, len(anomalies))
	for n := range anomalies {
		a := &anomalies[n]
		rows[n] = map[string]any{
			"rank": int64(n), "scope": a.Scope, "source": a.Source, "destination": a.Destination, "kind": a.Kind, "basis": a.Basis,
			"since": int64(a.Since), "until": int64(a.Until), "filter": a.Filter, "minutes": int64(a.Minutes), "bytes": int64(a.Bytes), "expectedBytes": int64(a.ExpectedBytes),
			"cost": a.Cost.Decimal(), "expectedCost": a.ExpectedCost.Decimal(),
		}
	}
	return rows
}

func findingRows(findings []model.Finding) []map[string]any {
	rows := make([]map[string]any, len(findings))
	for n := range findings {
		f := &findings[n]
		rows[n] = map[string]any{
			"rank": int64(n), "kind": f.Kind, "subject": f.Subject, "entity": f.Entity, "revision": f.Revision,
			"explains": f.Explains.Decimal(), "for": texts(f.For), "against": texts(f.Against), "score": int64(f.Score), "confidence": f.Confidence,
		}
		if !f.At.IsZero() {
			rows[n]["at"] = f.At.UTC()
		}
	}
	return rows
}

// texts is never nil: the driver would store no property.
func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Incidents are those behind a place in the order, newest first: the order is by
// Since, then by id. A zero place is before the first.
func (s *Store) Incidents(ctx context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	before := int64(behind.Since)
	if behind == (model.IncidentPlace{}) {
		before = math.MaxInt64
	}
	return s.incidents(ctx, neo4j.Params{"before": before, "after": behind.ID, "id": "", "limit": int64(limit)})
}

// Incident is one incident by id; false where there is none.
func (s *Store) Incident(ctx context.Context, id string) (model.Incident, bool, error) {
	found, err := s.incidents(ctx, neo4j.Params{"before": int64(math.MaxInt64), "after": "", "id": id, "limit": int64(1)})
	if err != nil || len(found) == 0 || id == "" {
		return model.Incident{}, false, err
	}
	return found[0], true, nil
}

func (s *Store) incidents(ctx context.Context, params neo4j.Params) ([]model.Incident, error) {
	var incidents []model.Incident
	err := s.db.ExecuteRead(ctx, func(tx neo4j.Tx) error {
		incidents = nil
		return tx.Each(ctx, incidentsRead, params, func(row neo4j.Row) error {
			incident, err := scanIncident(row)
			incidents = append(incidents, incident)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading incidents: %w", err)
	}
	return incidents, nil
}

func scanIncident(row neo4j.Row) (model.Incident, error) {
	var values, anomalies, findings any
	if err := row.Scan(&values, &anomalies, &findings); err != nil {
		return model.Incident{}, err
	}
	p := bagOf(values)
	incident := model.Incident{
		ID: p.text("id"), Kind: p.text("kind"), Title: p.text("title"), Since: p.minute("since"), Detected: p.minute("detected"), Until: p.minute("until"),
		Impact: p.amount("impact"), ImpactPerDay: p.amount("impactPerDay"),
		ImpactPerDayLow: p.amount("impactPerDayLow"), ImpactPerDayHigh: p.amount("impactPerDayHigh"), RangePercent: int(p.uint64("rangePercent")), Currency: p.text("currency"), Version: p.uint64("version"), Through: p.minute("through"),
		Conclusion: p.text("conclusion"),
		Parts: model.CostParts{
			Through: p.minute("partsThrough"),
			Change:  p.amount("change"), Volume: p.amount("volume"), Path: p.amount("path"),
			Price: p.amount("price"), Tier: p.amount("tier"), Remainder: p.amount("remainder"),
		},
	}
	for _, value := range listOf(anomalies) {
		a := bagOf(value)
		incident.Anomalies = append(incident.Anomalies, model.Anomaly{
			Scope: a.text("scope"), Source: a.text("source"), Destination: a.text("destination"), Kind: a.text("kind"), Basis: a.text("basis"),
			Since: a.minute("since"), Until: a.minute("until"), Filter: a.text("filter"), Minutes: a.uint64("minutes"), Bytes: a.uint64("bytes"), ExpectedBytes: a.uint64("expectedBytes"),
			Cost: a.amount("cost"), ExpectedCost: a.amount("expectedCost"),
		})
		if a.err != nil {
			return incident, a.err
		}
	}
	for _, value := range listOf(findings) {
		f := bagOf(value)
		incident.Findings = append(incident.Findings, model.Finding{
			Kind: f.text("kind"), Subject: f.text("subject"), Entity: f.text("entity"), Revision: f.text("revision"), At: f.time("at"),
			Explains: f.amount("explains"), For: f.texts("for"), Against: f.texts("against"), Score: int(f.int64("score")), Confidence: f.text("confidence"),
		})
		if f.err != nil {
			return incident, f.err
		}
	}
	return incident, p.err
}

func listOf(value any) []any {
	list, _ := value.([]any) // a COLLECT is always a list
	return list
}

func (p *properties) minute(name string) model.Minute { return model.Minute(p.int64(name)) }

func (p *properties) amount(name string) money.Amount {
	text := p.text(name)
	if text == "" {
		return money.Amount{}
	}
	amount, err := money.ParseDecimal(text)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("property %s: %w", name, err)
	}
	return amount
}
