package attribution

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Coverage says for which time each node's agent has reported everything it
// saw. It decides whose report of a transfer is the truth. The zero value
// covers nothing. Adding is free of order and of repetition.
type Coverage struct {
	covered map[model.AgentID][]span
	lost    map[model.AgentID][]span
}

// Add says that the agent's reports for the period are complete.
func (c *Coverage) Add(agent model.AgentID, period model.Period) {
	if c.covered == nil {
		c.covered = map[model.AgentID][]span{}
	}
	c.covered[agent] = append(c.covered[agent], spanOf(period))
}

// Lose says that the agent lost data in the period: a node is not fully covered
// in a minute in which it lost something, whatever Add says.
func (c *Coverage) Lose(agent model.AgentID, period model.Period) {
	if c.lost == nil {
		c.lost = map[model.AgentID][]span{}
	}
	c.lost[agent] = append(c.lost[agent], spanOf(period))
}

// AddBatch adds what one batch covers, and loses what it says was lost. A
// Service address that could not be translated loses a name, not bytes.
func (c *Coverage) AddBatch(batch model.Batch) {
	c.Add(batch.Agent, model.Period{From: batch.CoveredFrom, To: batch.CoveredThrough})
	for _, loss := range batch.Losses {
		if loss.Reason != model.LossUntranslated {
			c.Lose(batch.Agent, model.Period{From: loss.From, To: loss.To})
		}
	}
}

// Full reports whether the agent covered the whole minute and lost nothing in
// it.
func (c *Coverage) Full(agent model.AgentID, minute model.Minute) bool {
	want := minuteSpan(minute)
	for _, lost := range c.lost[agent] {
		if lost.from < want.to && (want.from < lost.to || lost.from == want.from) {
			return false
		}
	}
	reached := want.from
	for _, s := range merged(c.covered[agent]) {
		if s.from <= reached {
			reached = max(reached, s.to)
		}
	}
	return reached >= want.to
}

// coverageMemo remembers the answers of Full: it is asked once per transfer.
type coverageMemo struct {
	coverage *Coverage
	known    map[agentMinute]bool
}

type agentMinute struct {
	agent  model.AgentID
	minute model.Minute
}

func (m *coverageMemo) full(agent model.AgentID, minute model.Minute) bool {
	key := agentMinute{agent, minute}
	full, known := m.known[key]
	if !known {
		full = m.coverage.Full(agent, minute)
		m.known[key] = full
	}
	return full
}

// Report is what a coverage holds of one agent within one minute.
type Report struct {
	Agent model.AgentID
	// Covered and Lost are microseconds from the minute's start, half open,
	// merged and in order.
	Covered, Lost [][2]int64
}

// Minute returns the coverage of one minute in canonical form: agents in order,
// periods clipped to the minute and merged. Equal coverage, however it was cut
// into batches, gives an equal value.
func (c *Coverage) Minute(minute model.Minute) []Report {
	agents := make([]model.AgentID, 0, len(c.covered)+len(c.lost))
	for agent := range c.covered {
		agents = append(agents, agent)
	}
	for agent := range c.lost {
		agents = append(agents, agent)
	}
	slices.SortFunc(agents, compareAgents)
	var reports []Report
	for _, agent := range slices.Compact(agents) {
		report := Report{agent, clipped(c.covered[agent], minute), clipped(c.lost[agent], minute)}
		if len(report.Covered)+len(report.Lost) > 0 {
			reports = append(reports, report)
		}
	}
	return reports
}

func compareAgents(a, b model.AgentID) int {
	return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), cmp.Compare(a.Node, b.Node))
}

func minuteSpan(minute model.Minute) span {
	return span{minute.Start().UnixMicro(), minute.End().UnixMicro()}
}

// clipped returns the parts of the spans within the minute, from its start.
func clipped(spans []span, minute model.Minute) [][2]int64 {
	bound := minuteSpan(minute)
	var parts [][2]int64
	for _, s := range merged(spans) {
		from, to := max(s.from, bound.from), min(s.to, bound.to)
		if from < to || (s.from == s.to && bound.contains(s.from)) {
			parts = append(parts, [2]int64{from - bound.from, to - bound.from})
		}
	}
	return parts
}

// merged returns the union of spans as disjoint spans in order.
func merged(spans []span) []span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var union []span
	for _, s := range sorted {
		if n := len(union); n > 0 && s.from <= union[n-1].to {
			union[n-1].to = max(union[n-1].to, s.to)
			continue
		}
		union = append(union, s)
	}
	return union
}
