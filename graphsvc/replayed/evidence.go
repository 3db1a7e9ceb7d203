package replayed

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Charges sum an edge's charge lines up: one line per rule, payer and price row.
func (s *Store) Charges(_ context.Context, w query.Window, edge model.EdgeID) ([]query.Charge, error) {
	sums := map[query.Charge]*query.Charge{}
	for _, m := range s.in(w) {
		for i := range m.Computed.Statement.Lines {
			line := &m.Computed.Statement.Lines[i]
			if line.Edge != edge {
				continue
			}
			key := chargeOf(line)
			sum := sums[key]
			if sum == nil {
				sum = &query.Charge{}
				*sum = key
				sums[key] = sum
			}
			var err error
			sum.Bytes += line.Bytes
			if sum.Amount, err = sum.Amount.Add(line.Amount); err != nil {
				return nil, err
			}
		}
	}
	charges := make([]query.Charge, 0, len(sums))
	for _, sum := range sums {
		charges = append(charges, *sum)
	}
	slices.SortFunc(charges, func(a, b query.Charge) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Payer, b.Payer), cmp.Compare(a.PriceRow, b.PriceRow))
	})
	return charges, nil
}

// chargeOf is a line without its bytes and amount.
func chargeOf(line *pricing.Line) query.Charge {
	charge := query.ChargeOf(line)
	charge.Bytes, charge.Amount = 0, money.Amount{}
	return charge
}

// Flows are the rows that speak of an edge, newest first.
func (s *Store) Flows(_ context.Context, w query.Window, edge model.EdgeKey, limit int) ([]query.RawRow, error) {
	var rows []query.RawRow
	for _, m := range s.in(w) {
		speaking, err := minute.Speaking(m.Input)
		if err != nil {
			return nil, err
		}
		for _, at := range speaking[edge.ID()] {
			reported := m.Input.Rows[at]
			rows = append(rows, query.RawRow{Batch: s.batchOf(reported.Agent, reported.Row), Flow: reported.Row})
		}
	}
	slices.SortStableFunc(rows, func(a, b query.RawRow) int { return b.Flow.WindowStart.Compare(a.Flow.WindowStart) })
	return rows[:min(limit, len(rows))], nil
}

// Explain is the chain that led to an edge, in the newest minutes that have it.
func (s *Store) Explain(_ context.Context, w query.Window, edge model.EdgeKey, minutes int) ([]query.ExplainedMinute, error) {
	var explained []query.ExplainedMinute
	of := s.in(w)
	for i := len(of) - 1; i >= 0 && len(explained) < minutes; i-- {
		found, err := minute.Explain(of[i].Input, edge)
		if err != nil {
			return nil, err
		}
		if len(found.Pairs) == 0 {
			continue
		}
		rows := make([]query.RawRow, len(of[i].Input.Rows))
		for n, reported := range of[i].Input.Rows {
			rows[n] = query.RawRow{Batch: s.batchOf(reported.Agent, reported.Row), Flow: reported.Row}
		}
		explained = append(explained, query.ExplainedOf(of[i].Version.Number, found, rows))
	}
	return explained, nil
}

// Reported are the raw rows of a window with their ends, minute by minute.
func (s *Store) Reported(_ context.Context, w query.Window, visit func(of model.Minute, flows []query.Flow) (bool, error)) error {
	for _, m := range slices.Backward(s.in(w)) {
		rows := make([]query.RawRow, len(m.Input.Rows))
		for n, reported := range m.Input.Rows {
			rows[n] = query.RawRow{Batch: s.batchOf(reported.Agent, reported.Row), Flow: reported.Row}
		}
		flows, err := query.FlowsOf(m.Input, rows)
		if err != nil {
			return err
		}
		if more, err := visit(m.Version.From, flows); err != nil || !more {
			return err
		}
	}
	return nil
}

// Coverage is how far the scenario's agents reported.
func (s *Store) Coverage(_ context.Context, w query.Window) ([]query.NodeCoverage, error) {
	heads := make([]model.BatchHead, len(s.batches))
	for i := range s.batches {
		heads[i] = s.batches[i].Head(s.batches[i].CoveredThrough)
	}
	return query.CoverageOf(heads, w.From, w.To), nil
}

// batchOf is the batch that brought a row.
func (s *Store) batchOf(agent model.AgentID, row model.FlowRow) model.BatchKey {
	for i := range s.batches {
		if s.batches[i].Agent == agent && slices.Contains(s.batches[i].Flows, row) {
			return s.batches[i].BatchKey
		}
	}
	return model.BatchKey{Agent: agent}
}

// AgentMachines are none: a scenario's reports are told, and no agent ran.
func (s *Store) AgentMachines(context.Context, query.Window) ([]query.AgentMachine, error) {
	return nil, nil
}

// Agents are the scenario's agents, newest report first.
func (s *Store) Agents(context.Context, time.Time) ([]query.Agent, error) {
	byID := map[model.AgentID]query.Agent{}
	for _, batch := range s.batches {
		agent, known := byID[batch.Agent]
		if !known {
			agent = query.Agent{ID: batch.Agent, Mode: batch.Mode, Build: batch.Build, LostKnown: true}
		}
		if batch.CoveredThrough.After(agent.CoveredThrough) {
			agent.CoveredThrough, agent.LastBatchAt = batch.CoveredThrough, batch.CoveredThrough
		}
		for _, loss := range batch.Losses {
			agent.LostBytes += loss.Bytes
			agent.LostKnown = agent.LostKnown && loss.BytesKnown
		}
		byID[batch.Agent] = agent
	}
	agents := make([]query.Agent, 0, len(byID))
	for _, agent := range byID {
		agents = append(agents, agent)
	}
	slices.SortFunc(agents, func(a, b query.Agent) int {
		return cmp.Or(b.LastBatchAt.Compare(a.LastBatchAt), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return agents, nil
}

// Lost sums what the batches report as lost in [from, to).
func (s *Store) Lost(_ context.Context, from, to time.Time) (bytes uint64, known bool, err error) {
	known = true
	for _, batch := range s.batches {
		for _, loss := range batch.Losses {
			if loss.From.Before(to) && !loss.To.Before(from) {
				bytes += loss.Bytes
				known = known && loss.BytesKnown
			}
		}
	}
	return bytes, known, nil
}
