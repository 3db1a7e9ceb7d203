package rollup

import (
	"cmp"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Pending tells which minutes are to be folded now: those that have batches
// which their newest version was not folded from. It is a plain value moved by
// what it is told; it reads no clock.
type Pending struct {
	rules   Rules
	minutes map[model.Minute]*minuteState
	agents  map[model.AgentID]agentState
	// anyFolded is true once a version of any minute is known.
	anyFolded bool
}

// Rules say when a minute is ripe.
type Rules struct {
	// Grace is how long after its end a minute waits for a live agent that has
	// not reported past it.
	Grace time.Duration
	// Quiet is how long a minute that was folded before waits after its newest
	// batch, so that an agent which catches up causes one refold, not many.
	Quiet time.Duration
	// Lease is how long an agent counts as live after its last batch.
	Lease time.Duration
	// EarlyFirst folds the very first minute while it is still open, so that a
	// new installation shows a graph within seconds; the minute is folded again
	// when it is over.
	EarlyFirst bool
}

// DefaultRules are the settings' defaults.
func DefaultRules() Rules {
	return Rules{Grace: 20 * time.Second, Quiet: 5 * time.Second, Lease: time.Minute}
}

type minuteState struct {
	arrived   map[model.BatchKey]bool // true once folded
	unfolded  int
	newest    time.Time // when the newest unfolded batch was received
	hasFolded bool
}

type agentState struct {
	coveredThrough, lastSeen time.Time
}

// NewPending returns a tracker that knows of nothing.
func NewPending(rules Rules) *Pending {
	return &Pending{rules: rules, minutes: map[model.Minute]*minuteState{}, agents: map[model.AgentID]agentState{}}
}

// Arrived tells of a durable batch. Telling twice changes nothing.
func (p *Pending) Arrived(head model.BatchHead) {
	agent := p.agents[head.Agent]
	if head.CoveredThrough.After(agent.coveredThrough) {
		agent.coveredThrough = head.CoveredThrough
	}
	if head.ReceivedAt.After(agent.lastSeen) {
		agent.lastSeen = head.ReceivedAt
	}
	p.agents[head.Agent] = agent
	for minute := head.MinuteFrom; minute < head.MinuteTo; minute++ {
		state := p.minute(minute)
		if _, known := state.arrived[head.BatchKey]; known {
			continue
		}
		state.arrived[head.BatchKey] = false
		state.unfolded++
		if head.ReceivedAt.After(state.newest) {
			state.newest = head.ReceivedAt
		}
	}
}

// Folded tells that a version of the minute holds these batches.
func (p *Pending) Folded(minute model.Minute, inputs []model.InputRange) {
	state := p.minute(minute)
	state.hasFolded, p.anyFolded = true, true
	for key, folded := range state.arrived {
		if !folded && slices.ContainsFunc(inputs, func(r model.InputRange) bool { return r.Holds(key) }) {
			state.arrived[key] = true
			state.unfolded--
		}
	}
}

// Ready lists the minutes to fold at a moment, oldest first, and whether each
// was folded before.
func (p *Pending) Ready(now time.Time) []Due {
	var due []Due
	for minute, state := range p.minutes {
		if state.unfolded > 0 && p.ripe(minute, state, now) {
			due = append(due, Due{Minute: minute, Again: state.hasFolded})
		}
	}
	slices.SortFunc(due, func(a, b Due) int { return cmp.Compare(a.Minute, b.Minute) })
	return due
}

// Due is a minute to fold.
type Due struct {
	Minute model.Minute
	// Again is true where a version of the minute exists already.
	Again bool
}

// Forget drops minutes before a minute: they are past the horizon within which
// late data is folded in.
func (p *Pending) Forget(before model.Minute) {
	for minute := range p.minutes {
		if minute < before {
			delete(p.minutes, minute)
		}
	}
}

func (p *Pending) ripe(minute model.Minute, state *minuteState, now time.Time) bool {
	end := minute.End()
	if p.rules.EarlyFirst && !p.anyFolded {
		return true
	}
	if now.Before(end) {
		return false
	}
	if state.hasFolded && now.Before(state.newest.Add(p.rules.Quiet)) {
		return false
	}
	return !now.Before(end.Add(p.rules.Grace)) || p.allPast(end, now)
}

// allPast reports whether every live agent has reported past a moment.
func (p *Pending) allPast(moment, now time.Time) bool {
	for _, agent := range p.agents {
		live := now.Before(agent.lastSeen.Add(p.rules.Lease))
		if live && agent.coveredThrough.Before(moment) {
			return false
		}
	}
	return true
}

func (p *Pending) minute(minute model.Minute) *minuteState {
	state := p.minutes[minute]
	if state == nil {
		state = &minuteState{arrived: map[model.BatchKey]bool{}}
		p.minutes[minute] = state
	}
	return state
}
