package insight

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Record is an incident with what the diagnosis says of it, as it is stored.
func Record(i *baseline.Incident, f *diagnosis.Finding, version model.GraphVersion) model.Incident {
	record := recordOf(i, version)
	_, later := compared(version, i)
	addFinding(&record, f, later.to)
	return record
}

// recordOf is an incident as it is stored, without its explanation.
func recordOf(i *baseline.Incident, version model.GraphVersion) model.Incident {
	record := model.Incident{
		ID: i.ID, Kind: string(i.Kind), Title: titleOf(i, version.Currency), Since: i.Since, Detected: i.Detected, Until: i.Until,
		Impact: i.Impact, ImpactPerDay: i.ImpactPerDay, ImpactPerDayLow: i.ImpactPerDayLow, ImpactPerDayHigh: i.ImpactPerDayHigh, RangePercent: baseline.RangePercent,
		Currency: version.Currency, Version: version.Number, Through: version.To,
	}
	for n := range min(len(i.Deviations), model.MaxAnomalies) { // the rest is small, and in the sums
		record.Anomalies = append(record.Anomalies, anomalyOf(&i.Deviations[n]))
	}
	return record
}

func anomalyOf(d *baseline.Deviation) model.Anomaly {
	a := model.Anomaly{
		Scope: d.Scope.String(), Kind: string(d.Kind), Basis: string(d.Basis), Since: d.Since, Until: d.Until,
		Filter: filterOf(d.Scope), Minutes: d.Minutes(), Bytes: d.Bytes, ExpectedBytes: d.ExpectedBytes, Cost: d.Cost, ExpectedCost: d.ExpectedCost,
	}
	switch d.Scope.Kind {
	case baseline.ScopeFlow:
		a.Source, a.Destination = d.Scope.Flow.Source.ID(), d.Scope.Flow.Destination.ID()
	case baseline.ScopeWorkload:
		a.Source = d.Scope.Name
	case baseline.ScopeEndpoint:
		a.Destination = d.Scope.Name
	case baseline.ScopeClass, baseline.ScopeCharge: // about no node alone
	}
	return a
}

// addFinding adds what the diagnosis says of the minutes until one.
func addFinding(record *model.Incident, f *diagnosis.Finding, through model.Minute) {
	p := f.Split.Parts
	record.Parts = model.CostParts{Through: through, Change: p.Change, Volume: p.Volume, Path: p.Path, Price: p.Price, Tier: p.Tier, Remainder: p.Remainder}
	record.Conclusion = f.Conclusion()
	for i := range f.Causes {
		c := &f.Causes[i]
		finding := model.Finding{
			Kind: string(c.Kind), Subject: c.Subject, Revision: c.Revision, At: c.At, Explains: c.Explains,
			For: c.For, Against: c.Against, Score: c.Score, Confidence: c.Confidence(),
		}
		if c.Workload != (model.Identity{}) {
			finding.Entity = c.Workload.ID()
		}
		record.Findings = append(record.Findings, finding)
	}
}

// keepFinding takes over what was said of the causes before.
func keepFinding(record, last *model.Incident) {
	record.Parts, record.Conclusion, record.Findings = last.Parts, last.Conclusion, last.Findings
}

// titleOf says in one line what happened, between whom, and what it costs.
func titleOf(i *baseline.Incident, currency string) string {
	d := &i.Deviations[0]
	who := d.Scope.Name
	if d.Scope.Kind == baseline.ScopeFlow {
		who = nameOf(d.Scope.Flow.Source) + " to " + nameOf(d.Scope.Flow.Destination)
	}
	more := ""
	if others := len(i.Deviations) - 1; others > 0 {
		more = fmt.Sprintf(" and %d more", others)
	}
	return fmt.Sprintf("%s%s: %s, %s", who, more, whatOf(d), moreText(i.ImpactPerDay, currency))
}

// moreText says how much more or less is paid a day. What rounds to no cent is none.
func moreText(perDay money.Amount, currency string) string {
	const halfCent = 5_000_000
	switch {
	case perDay.Cmp(money.FromNano(halfCent)) >= 0:
		return shown(perDay, currency) + " a day more"
	case perDay.Cmp(money.FromNano(-halfCent)) <= 0:
		return strings.TrimPrefix(shown(perDay, currency), "-") + " a day less"
	default:
		return "at next to no cost"
	}
}

func whatOf(d *baseline.Deviation) string {
	switch d.Kind {
	case baseline.KindSpike, baseline.KindStep, baseline.KindSlowBurn, baseline.KindFall:
		return fmt.Sprintf("%s times the usual bytes", timesText(d.Bytes, d.ExpectedBytes))
	case baseline.KindNewEdge:
		return "they never talked before"
	case baseline.KindNewDestination:
		return "a destination that it never had"
	case baseline.KindLeak:
		return "a large one-way outflow"
	case baseline.KindPath:
		return "as many bytes by a dearer way"
	case baseline.KindPrice:
		return "another price"
	}
	return string(d.Kind)
}

func timesText(is, was uint64) string {
	if was == 0 {
		return "many"
	}
	const one = 10
	times := float64(is) / float64(was)
	if times >= one {
		return strconv.FormatFloat(math.Round(times), 'f', 0, 64)
	}
	return strconv.FormatFloat(times, 'f', 1, 64)
}

func nameOf(i model.Identity) string {
	if i.Namespace != "" {
		return i.Namespace + "/" + i.Name
	}
	return i.Name
}

func shown(amount money.Amount, currency string) string {
	const digits = 2
	text, err := amount.Format(digits)
	if err != nil {
		text = amount.Decimal()
	}
	return text + " " + currency
}
