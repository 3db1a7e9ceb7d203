package rollup

import (
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/model"
)

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
	// RefoldHorizon is how far back a fact that becomes known late has its minutes
	// folded again. 0 never does.
	RefoldHorizon time.Duration
	// HoursAfter is how long after its end an hour is kept as one span, when little
	// late data of it is to be expected, and DaysAfter the same of a day. With
	// HoursAfter 0 neither is.
	HoursAfter, DaysAfter time.Duration
	// KeepMinutes is how long the graph keeps the minutes of hours that are kept as
	// a whole, KeepHours the hours of such days, and KeepDays the days, with the
	// headers of the versions that speak of them. 0 is for ever.
	KeepMinutes, KeepHours, KeepDays time.Duration
	// Patience is how long one piece of work may take, such as the fold of a minute,
	// before it is given up and tried again: a store behind a connection that went
	// silent is otherwise waited for. 0 waits for ever.
	Patience time.Duration
	// EarlyFirst folds the very first minute while it is still open, so that a
	// new installation shows a graph within seconds; the minute is folded again
	// when it is over.
	EarlyFirst bool
}

// DefaultRules are the settings' defaults.
func DefaultRules() Rules {
	const day = 24 * time.Hour
	return Rules{
		Grace: 20 * time.Second, Quiet: 5 * time.Second, Lease: time.Minute, RefoldHorizon: time.Hour, Patience: 2 * time.Minute,
		HoursAfter: 15 * time.Minute, DaysAfter: 7 * day, KeepMinutes: 31 * day, KeepHours: 62 * day, KeepDays: 400 * day,
	}
}

// Check says what is wrong with what is kept for how long.
func (r Rules) Check() error {
	switch {
	case r.HoursAfter == 0: // nothing is compacted
		return nil
	case r.HoursAfter < time.Minute:
		return fmt.Errorf("--hours-after %s: want at least 1m, in which late data is folded for little, or 0s for never", r.HoursAfter)
	case r.DaysAfter <= r.HoursAfter:
		return fmt.Errorf("--days-after %s: want more than --hours-after, %s: a day is made of hours", r.DaysAfter, r.HoursAfter)
	case r.KeepMinutes != 0 && r.KeepMinutes < r.HoursAfter+time.Hour:
		return fmt.Errorf("--graph-keep-minutes %s: want at least an hour more than --hours-after, or 0s for ever", r.KeepMinutes)
	case r.KeepHours != 0 && r.KeepHours < max(r.DaysAfter+24*time.Hour, r.KeepMinutes):
		return fmt.Errorf("--graph-keep-hours %s: want at least a day more than --days-after and as much as --graph-keep-minutes, or 0s for ever", r.KeepHours)
	case r.KeepDays != 0 && r.KeepHours != 0 && (r.KeepMinutes == 0 || r.KeepDays < r.KeepHours+24*time.Hour):
		return fmt.Errorf("--graph-keep-days %s: want at least a day more than --graph-keep-hours, and an end of --graph-keep-minutes too, or 0s for ever", r.KeepDays)
	default:
		return nil
	}
}

func (p *Pending) ripe(minute model.Minute, state *minuteState, now time.Time) bool {
	end := minute.End()
	if now.Before(state.notBefore) {
		return false
	}
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
