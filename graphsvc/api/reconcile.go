package api

import (
	"slices"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
)

// mostReconciled is how many codes and findings of one bill are told.
const mostReconciled = 200

// mostUnnamed is how many machines are named that the bill cannot be asked about.
const mostUnnamed = 20

func reconciliationOf(r *query.Reconciliation) *gqlmodel.Reconciliation {
	converted := &gqlmodel.Reconciliation{
		Name: r.Name, Problem: r.Problem, Minutes: r.Minutes, FoldedMinutes: r.Folded,
		Machines: len(r.Hosts), Unnamed: append([]string{}, first(r.Unnamed, mostUnnamed)...), UnnamedCount: len(r.Unnamed),
		Codes: []*gqlmodel.ReconciledCode{}, Findings: []*gqlmodel.BillFinding{},
	}
	if r.Bill != nil {
		converted.Month = r.Bill.Month
	}
	report := r.Report
	if report == nil {
		return converted
	}
	sum := func(s query.BillSum) *gqlmodel.ReconciledSum {
		return &gqlmodel.ReconciledSum{Bytes: scalar.BytesOf(s.Bytes), Cost: moneyOf(s.Cost, string(report.Currency))}
	}
	converted.Billed, converted.Counted, converted.Explained = sum(report.Billed), sum(report.Ours), sum(report.Explained)
	converted.Standing, converted.NotCompared = sum(report.Standing), sum(report.Skipped)
	converted.ExplainedBytes, converted.ExplainedCost = report.ExplainedBytes(), report.ExplainedCost()
	for _, code := range first(r.Codes(), mostReconciled) {
		converted.Codes = append(converted.Codes, &gqlmodel.ReconciledCode{
			Account: code.Account, Region: code.Region, Code: code.Code, Billed: sum(code.Billed), Counted: sum(code.Counted), Explained: sum(code.Explained),
			OutOfSight: sum(code.OutOfSight), Unexplained: sum(code.Unexplained), NotBilledBytes: scalar.BytesOf(code.NotBilledBytes),
		})
	}
	for i := range first(report.Findings, mostReconciled) {
		f := &report.Findings[i]
		finding := &gqlmodel.BillFinding{
			Kind: string(f.Kind), Name: f.Name, Account: f.Account, Region: f.Region, Code: f.Code, Days: f.Days,
			Bytes: scalar.BytesOf(f.Bytes), Cost: moneyOf(f.Cost, string(report.Currency)),
		}
		if f.PerMillion != 0 {
			finding.Percent = f.Percent()
		}
		converted.Findings = append(converted.Findings, finding)
	}
	return converted
}

func first[T any](all []T, most int) []T { return slices.Clip(all[:min(most, len(all))]) }
