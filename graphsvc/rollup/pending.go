package rollup

import (
	"cmp"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Pending tells which minutes are to be folded now: those that have batches
// which their newest version was not folded from, and those of which a fact
// became known that it did not know. It is a plain value moved by what it is
// told; it reads no clock.
type Pending struct {
	rules   Rules
	minutes map[model.Minute]*minuteState
	agents  map[model.AgentID]agentState
	sources map[source]*sourceState
	// numbered is how many agent starts were ever given a number.
	numbered uint32
	// anyFolded is true once a version of any minute is known.
	anyFolded bool
}

type minuteState struct {
	// folded are the batches of the minute's versions, waiting those of none.
	folded, waiting runs
	newest          time.Time // when the newest waiting batch was received
	lastSeen        time.Time // when the newest batch of all was
	notBefore       time.Time // see Postpone
	hasFolded       bool
	factsThrough    time.Time // the newest fact that the newest version knew
	stale           bool      // a later one may change it
}

type agentState struct {
	coveredThrough, lastSeen time.Time
}

// source is one start of one agent.
type source struct {
	agent model.AgentID
	boot  string
}

// sourceState is the number that runs know a source by.
type sourceState struct {
	number   uint32
	lastSeen time.Time
}

// NewPending returns a tracker that knows of nothing.
func NewPending(rules Rules) *Pending {
	return &Pending{
		rules: rules, minutes: map[model.Minute]*minuteState{},
		agents: map[model.AgentID]agentState{}, sources: map[source]*sourceState{},
	}
}

// Arrived tells of durable batches. Telling twice changes nothing.
func (p *Pending) Arrived(batches model.BatchRun) {
	agent := p.agents[batches.Agent]
	agent.coveredThrough = later(agent.coveredThrough, batches.CoveredThrough)
	agent.lastSeen = later(agent.lastSeen, batches.ReceivedAt)
	p.agents[batches.Agent] = agent
	from := p.source(batches.Agent, batches.Boot)
	from.lastSeen = later(from.lastSeen, batches.ReceivedAt)
	for minute := batches.MinuteFrom; minute < batches.MinuteTo; minute++ {
		state := p.minute(minute)
		state.lastSeen = later(state.lastSeen, batches.ReceivedAt)
		for _, fresh := range state.unheard(run{from.number, batches.First, batches.Last}) {
			state.waiting = state.waiting.with(fresh)
			state.newest = later(state.newest, batches.ReceivedAt)
		}
	}
}

// unheard is what of a run is neither folded nor waiting.
func (m *minuteState) unheard(of run) runs {
	if m.waiting.holds(of.source, of.first) && of.first == of.last {
		return nil // by far the most: it is told of each second
	}
	return runs{of}.without(m.folded).without(m.waiting)
}

// Folded tells that a version of the minute holds these batches, and knew the
// facts recorded up to a moment.
func (p *Pending) Folded(minute model.Minute, inputs []model.InputRange, factsThrough time.Time) {
	state := p.minute(minute)
	state.hasFolded, p.anyFolded = true, true
	state.factsThrough = later(state.factsThrough, factsThrough)
	state.stale = false
	for _, input := range inputs {
		number := p.source(input.Agent, input.Boot).number
		state.folded = state.folded.with(run{number, input.First, input.Last})
	}
	state.waiting = state.waiting.without(state.folded)
}

// Unaware lists the folded minutes in [from, to) whose newest version did not
// know a fact recorded at a moment, in order.
func (p *Pending) Unaware(from, to model.Minute, recorded time.Time) []model.Minute {
	var unaware []model.Minute
	for minute, state := range p.minutes {
		if from <= minute && minute < to && state.hasFolded && state.factsThrough.Before(recorded) {
			unaware = append(unaware, minute)
		}
	}
	slices.Sort(unaware)
	return unaware
}

// Learnt tells that a fact recorded at a moment may change the minute, which is
// then folded again. Of a minute that was not folded yet it says nothing new.
func (p *Pending) Learnt(minute model.Minute, recorded time.Time) {
	state := p.minutes[minute]
	if state == nil || !state.hasFolded || !state.factsThrough.Before(recorded) {
		return
	}
	state.stale, state.newest = true, later(state.newest, recorded)
}

// Postpone keeps a minute that cannot be folded out of Ready until a moment.
func (p *Pending) Postpone(minute model.Minute, until time.Time) { p.minute(minute).notBefore = until }

// Due is a minute to fold.
type Due struct {
	Minute model.Minute
	// Again is true where a version of the minute is known.
	Again bool
	// FactsOnly is true where no batch waits for it, but facts may have changed it.
	FactsOnly bool
}

// mostReady bounds what Ready lists, so that what comes in meanwhile is looked
// at before a long backlog is through.
const mostReady = 20

// Ready lists minutes to fold at a moment, and whether each was folded before:
// the newest, the oldest, the second newest and so on, at most mostReady, so that
// a backlog holds the live minutes up no more than they hold it up.
func (p *Pending) Ready(now time.Time) []Due {
	var due []Due
	for minute, state := range p.minutes {
		waits := len(state.waiting) > 0
		if (waits || state.stale) && p.ripe(minute, state, now) {
			due = append(due, Due{Minute: minute, Again: state.hasFolded, FactsOnly: !waits})
		}
	}
	slices.SortFunc(due, func(a, b Due) int { return cmp.Compare(a.Minute, b.Minute) })
	return fromBothEnds(due, mostReady)
}

func fromBothEnds(due []Due, most int) []Due {
	var chosen []Due
	for len(due) > 0 && len(chosen) < most {
		at := len(due) - 1
		if len(chosen)%2 == 1 {
			at = 0
		}
		chosen = append(chosen, due[at])
		due = slices.Delete(due, at, at+1)
	}
	return chosen
}

// Forget drops what nothing was received of since a moment: minutes with
// nothing to fold, agents and their starts. A minute counts by when its batches
// came, not by when it was, so that imported history is folded like the rest.
func (p *Pending) Forget(before time.Time) {
	waiting := map[uint32]bool{}
	for minute, state := range p.minutes {
		if len(state.waiting) == 0 && !state.stale && state.lastSeen.Before(before) {
			delete(p.minutes, minute)
		}
		for _, part := range state.waiting {
			waiting[part.source] = true
		}
	}
	for id, agent := range p.agents {
		if agent.lastSeen.Before(before) {
			delete(p.agents, id)
		}
	}
	for id, from := range p.sources {
		if from.lastSeen.Before(before) && !waiting[from.number] {
			delete(p.sources, id)
		}
	}
}

// Span bounds, half open, the minutes that are known; ok is false where none is.
func (p *Pending) Span() (from, to model.Minute, ok bool) {
	for minute := range p.minutes {
		if !ok {
			from, to, ok = minute, minute+1, true
		}
		from, to = min(from, minute), max(to, minute+1)
	}
	return from, to, ok
}

func (p *Pending) minute(minute model.Minute) *minuteState {
	state := p.minutes[minute]
	if state == nil {
		state = &minuteState{}
		p.minutes[minute] = state
	}
	return state
}

func (p *Pending) source(agent model.AgentID, boot string) *sourceState {
	key := source{agent, boot}
	state := p.sources[key]
	if state == nil {
		p.numbered++
		state = &sourceState{number: p.numbered}
		p.sources[key] = state
	}
	return state
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
