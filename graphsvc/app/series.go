package app

import (
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/attribution"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

// series answers the explorer's questions about series and raw rows from the
// flow store.
type series struct{ flows *flowstore.Store }

var _ query.Series = series{}

func windowOf(w query.Window) flowstore.Window {
	return flowstore.Window{From: w.From, To: w.To, Version: w.Version}
}

// Totals are per minute.
func (s series) Totals(ctx context.Context, w query.Window, of query.Subject) ([]query.MinuteTotal, error) {
	totals, err := s.flows.Totals(ctx, windowOf(w), flowstore.Subject(of))
	if err != nil {
		return nil, err
	}
	converted := make([]query.MinuteTotal, len(totals))
	for i, total := range totals {
		converted[i] = query.MinuteTotal(total)
	}
	return converted, nil
}

// Charges are an edge's charge lines.
func (s series) Charges(ctx context.Context, w query.Window, edge model.EdgeID) ([]query.Charge, error) {
	lines, err := s.flows.Charges(ctx, windowOf(w), edge)
	if err != nil {
		return nil, err
	}
	charges := make([]query.Charge, len(lines))
	for i := range lines {
		charges[i] = query.ChargeOf(&lines[i])
	}
	return charges, nil
}

// evidenceMinutes is how many minutes are searched for the rows of an edge.
const evidenceMinutes = 5

// Flows are the raw rows that speak of an edge in the newest minutes in which
// it carried anything, newest first.
func (s series) Flows(ctx context.Context, w query.Window, edge model.EdgeKey, limit int) ([]query.RawRow, error) {
	totals, err := s.flows.Totals(ctx, windowOf(w), flowstore.Subject{Edge: edge.ID()})
	if err != nil {
		return nil, err
	}
	var rows []query.RawRow
	searched := 0
	for i := len(totals) - 1; i >= 0 && searched < evidenceMinutes && len(rows) < limit; i-- {
		if totals[i].Bytes == 0 {
			continue
		}
		searched++
		found, err := s.evidence(ctx, totals[i].Minute, edge)
		if err != nil {
			return nil, err
		}
		rows = append(rows, found...)
	}
	return rows[:min(limit, len(rows))], nil
}

func (s series) evidence(ctx context.Context, of model.Minute, edge model.EdgeKey) ([]query.RawRow, error) {
	heads, stored, err := s.flows.Minute(ctx, of, nil)
	if err != nil {
		return nil, err
	}
	facts, _, err := s.flows.Facts(ctx, of.Start(), of.End(), time.Time{})
	if err != nil {
		return nil, err
	}
	input := minute.Input{Minute: of, Batches: heads, Facts: facts, Rows: make([]attribution.ReportedRow, len(stored))}
	for i := range stored {
		input.Rows[i] = attribution.ReportedRow{Agent: stored[i].Batch.Agent, Row: stored[i].Flow}
	}
	speaking, err := minute.Speaking(input, edge)
	if err != nil {
		return nil, err
	}
	rows := make([]query.RawRow, len(speaking))
	for i, at := range speaking {
		rows[i] = query.RawRow{Batch: stored[at].Batch, Flow: stored[at].Flow}
	}
	slices.SortStableFunc(rows, func(a, b query.RawRow) int { return b.Flow.WindowStart.Compare(a.Flow.WindowStart) })
	return rows, nil
}

// Agents are what the ledger says of the agents.
func (s series) Agents(ctx context.Context, lossesSince time.Time) ([]query.Agent, error) {
	agents, err := s.flows.Agents(ctx, lossesSince)
	if err != nil {
		return nil, err
	}
	converted := make([]query.Agent, len(agents))
	for i, agent := range agents {
		converted[i] = query.Agent(agent)
	}
	return converted, nil
}

// Lost sums what was reported lost.
func (s series) Lost(ctx context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	return s.flows.Lost(ctx, from, to)
}
