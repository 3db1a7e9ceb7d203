package scenario

import (
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Batches returns what the scenario's agents would send: for each agent one
// batch per minute, or several where a silence cuts the minute. The facts travel
// on the first batch of all. Mode is import, so the batches pass through the real
// ingest as any imported file does.
func (sc *Scenario) Batches() []model.Batch {
	first, last := sc.minutes()
	var batches []model.Batch
	for _, agent := range sc.Agents {
		boot, sequence := 1, uint64(0)
		reached := first.Start()
		for minute := first; minute <= last; minute++ {
			for _, covered := range sc.covered(agent, minute) {
				if covered.From.After(reached) { // a gap: the agent had to start again
					boot, sequence = boot+1, 0
				}
				reached = covered.To
				sequence++
				batches = append(batches, sc.batch(agent, boot, sequence, covered))
			}
		}
	}
	if len(batches) > 0 {
		batches[0].Facts = slices.Clone(sc.Facts)
	}
	return batches
}

func (sc *Scenario) batch(agent model.AgentID, boot int, sequence uint64, covered model.Period) model.Batch {
	b := model.Batch{
		BatchKey:    model.BatchKey{Agent: agent, Boot: fmt.Sprintf("scenario-%d", boot), Sequence: sequence},
		Mode:        model.CaptureImport,
		CoveredFrom: covered.From, CoveredThrough: covered.To,
	}
	for i := range sc.flows {
		f := &sc.flows[i]
		if !within(f.at, f.length, covered) {
			continue
		}
		for _, reported := range f.rows() {
			if reported.agent == agent {
				b.Flows = append(b.Flows, reported.row)
			}
		}
	}
	for _, lost := range sc.losses {
		if lost.agent == agent && within(lost.From, lost.To.Sub(lost.From), covered) {
			b.Losses = append(b.Losses, lost.Loss)
		}
	}
	return b
}

// within reports whether a window lies in a covered period. A window that a
// silence cuts was never reported.
func within(at time.Time, length time.Duration, covered model.Period) bool {
	return !at.Before(covered.From) && !at.Add(length).After(covered.To)
}

// minutes returns the first and the last minute in which anything happens.
func (sc *Scenario) minutes() (first, last model.Minute) {
	first, last = model.MinuteOf(sc.flows[0].at), model.MinuteOf(sc.flows[0].at)
	for i := range sc.flows {
		minute := model.MinuteOf(sc.flows[i].at)
		first, last = min(first, minute), max(last, minute)
	}
	return first, last
}

// covered returns the parts of a minute in which the agent was not silent.
func (sc *Scenario) covered(agent model.AgentID, minute model.Minute) []model.Period {
	parts := []model.Period{{From: minute.Start(), To: minute.End()}}
	for _, s := range sc.silences {
		if s.agent == agent {
			parts = without(parts, s.period)
		}
	}
	return parts
}

// without cuts a hole into periods.
func without(parts []model.Period, hole model.Period) []model.Period {
	var left []model.Period
	for _, part := range parts {
		if !part.Overlaps(hole) {
			left = append(left, part)
			continue
		}
		if part.From.Before(hole.From) {
			left = append(left, model.Period{From: part.From, To: hole.From})
		}
		if hole.To.Before(part.To) {
			left = append(left, model.Period{From: hole.To, To: part.To})
		}
	}
	return left
}
