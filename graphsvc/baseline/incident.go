package baseline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Incident is what deviates together: one event, as far as the graph can tell.
type Incident struct {
	// ID is stable: it comes from the first deviation and its minute.
	ID string
	// Kind is that of the costliest deviation.
	Kind Kind
	// Since, Detected and Until are as in Deviation; Until is 0 while it lasts.
	Since, Detected, Until model.Minute
	// Deviations are costliest first. Flows come before the sums over them.
	Deviations []Deviation
	// ImpactPerDay is the severity: the cost beyond the expected, over a day.
	// Impact is the same so far. Both are sums over the flows alone, so that
	// nothing counts twice.
	ImpactPerDay, Impact money.Amount
	// ImpactLow and ImpactHigh are what Impact lies between with a probability of
	// RangePercent, ImpactPerDayLow and ImpactPerDayHigh the same over a day: what would
	// have been paid is an estimate.
	ImpactLow, ImpactHigh, ImpactPerDayLow, ImpactPerDayHigh money.Amount

	index map[member]int // of Deviations, until they are put in order
}

// Slow reports whether it was noticed hours after it began, so that the time
// before it is another time of the day.
func (i *Incident) Slow() bool { return i.Detected >= i.Onset()+minutesPerHour }

// member tells the deviations of an incident apart.
type member struct {
	scope    Scope
	detected model.Minute // Since can move back: see series.burnt
}

// Tracker merges deviations into incidents. The zero value is ready.
type Tracker struct {
	open []*Incident
	// waiting are sums over flows that deviate and that no incident explains yet.
	waiting map[Scope]model.Minute
}

const (
	// mergeWithin is how far apart, in minutes, deviations of one incident may begin.
	mergeWithin = 15
	// sumsWait is how long a sum over flows must deviate on its own before it is an
	// incident: its flows are mostly found first.
	sumsWait = 10
	// patience is how long an incident whose deviations all ended stays open, so
	// that one that comes and goes is one incident.
	patience = 15
)

// Track takes what Observe returned for a minute and returns the incidents that
// began, changed or ended in it, oldest first.
func (t *Tracker) Track(minute model.Minute, deviations []Deviation) ([]Incident, error) {
	changed := map[*Incident]bool{}
	for _, rank := range []int{rankFlow, rankMinor, rankSum} {
		var loose []*Deviation
		for i := range deviations {
			d := &deviations[i]
			if d.rank() != rank {
				continue
			}
			if incident := t.place(minute, d); incident != nil {
				changed[incident] = true
			} else if rank == rankMinor && d.Until == 0 {
				loose = append(loose, d)
			}
		}
		for _, incident := range t.together(loose) {
			changed[incident] = true
		}
	}
	var result []Incident
	kept := t.open[:0]
	for _, incident := range t.open {
		ended := incident.closeAt(minute)
		if changed[incident] || ended {
			if err := incident.sum(); err != nil {
				return nil, err
			}
			result = append(result, incident.copy())
		}
		if !ended {
			kept = append(kept, incident)
		}
	}
	t.open = kept
	return result, nil
}

// Ranks are the order in which the deviations of a minute are placed: those that
// make incidents before those that only join them.
const (
	rankFlow = iota
	rankMinor
	rankSum
)

func (d *Deviation) rank() int {
	switch {
	case d.Scope.Kind != ScopeFlow:
		return rankSum
	case d.Minor:
		return rankMinor
	default:
		return rankFlow
	}
}

// Open are the incidents that last, oldest first.
func (t *Tracker) Open() []Incident {
	open := make([]Incident, len(t.open))
	for i, incident := range t.open {
		open[i] = incident.copy()
	}
	return open
}

// place puts a deviation into the incident that has it, into one that it belongs
// to, or into a new one; nil where it waits.
func (t *Tracker) place(minute model.Minute, d *Deviation) *Incident {
	for _, incident := range t.open {
		if i, known := incident.find(d); known {
			incident.Deviations[i] = *d
			return incident
		}
	}
	if d.Until != 0 {
		return nil // ended, and its incident is closed
	}
	for _, incident := range t.open {
		if incident.takes(d) {
			incident.index[member{d.Scope, d.Detected}] = len(incident.Deviations)
			incident.Deviations = append(incident.Deviations, *d)
			if !d.Minor {
				incident.Since = min(incident.Since, d.Since)
			}
			return incident
		}
	}
	if d.Minor || d.Scope.Kind != ScopeFlow && !t.waited(minute, d) {
		return nil
	}
	return t.begin(d)
}

// begin makes a deviation an incident of its own.
func (t *Tracker) begin(d *Deviation) *Incident {
	sum := sha256.Sum256([]byte(d.Scope.String() + "|" + d.Since.String()))
	const idBytes = 8
	incident := &Incident{
		ID: "i" + hex.EncodeToString(sum[:idBytes]), Since: d.Since, Detected: d.Detected, Deviations: []Deviation{*d},
	}
	t.open = append(t.open, incident)
	return incident
}

// waited reports whether a sum over flows has deviated long enough on its own.
// While any incident is open a sum is taken to belong to it.
func (t *Tracker) waited(minute model.Minute, d *Deviation) bool {
	if t.waiting == nil {
		t.waiting = map[Scope]model.Minute{}
	}
	since, known := t.waiting[d.Scope]
	if !known || since > minute || minute-d.Since < sumsWait {
		t.waiting[d.Scope] = d.Since
	}
	return minute-d.Since >= sumsWait && len(t.open) == 0
}

// find is where the incident has a deviation.
func (i *Incident) find(d *Deviation) (int, bool) {
	if i.index == nil {
		i.index = make(map[member]int, len(i.Deviations))
		for n := range i.Deviations {
			i.index[member{i.Deviations[n].Scope, i.Deviations[n].Detected}] = n
		}
	}
	n, known := i.index[member{d.Scope, d.Detected}]
	return n, known
}

// closeAt ends an incident whose deviations have all been over for a while. Until then
// it lasts: it may come back.
func (i *Incident) closeAt(minute model.Minute) bool {
	until := model.Minute(0)
	for n := range i.Deviations {
		d := &i.Deviations[n]
		if d.Until == 0 {
			return false
		}
		until = max(until, d.Until)
	}
	if minute < until+patience {
		return false
	}
	i.Until = until
	return true
}

// sum orders the deviations and adds up what they cost.
func (i *Incident) sum() error {
	i.index = nil
	slices.SortStableFunc(i.Deviations, func(a, b Deviation) int {
		if flowA, flowB := a.Scope.Kind == ScopeFlow, b.Scope.Kind == ScopeFlow; flowA != flowB {
			if flowA {
				return -1
			}
			return 1
		}
		if order := cmp.Or(cmp.Compare(b.expectedGain(), a.expectedGain()), cmp.Compare(a.Since, b.Since)); order != 0 {
			return order
		}
		return cmp.Compare(a.Scope.String(), b.Scope.String()) // made for ties alone: it takes longer than all the rest
	})
	i.Kind = i.kindOf()
	var impact, perDay money.Accumulator
	minutes := i.minutes()
	for n := range i.Deviations {
		d := &i.Deviations[n]
		if n > 0 && d.Scope.Kind != ScopeFlow {
			break
		}
		so, err := d.Impact()
		if err != nil {
			return err
		}
		daily, err := so.Scale(minutesPerDay, minutes[d.Scope])
		if err != nil {
			return err
		}
		impact.Add(so)
		perDay.Add(daily)
	}
	var err error
	if i.Impact, err = impact.Amount(); err != nil {
		return err
	}
	if i.ImpactPerDay, err = perDay.Amount(); err != nil {
		return err
	}
	return i.spread(minutes)
}

// minutes are for how many minutes each flow deviated: one that comes and goes costs a
// day what it does at the rate of all its times, and not that of each.
func (i *Incident) minutes() map[Scope]uint64 {
	minutes := make(map[Scope]uint64, len(i.Deviations))
	for n := range i.Deviations {
		minutes[i.Deviations[n].Scope] += i.Deviations[n].Minutes()
	}
	return minutes
}

// kindOf is the kind of the costliest flow that matters by itself, of the costliest
// where none does, and of a sum where there is no flow; a fall is never what happened.
func (i *Incident) kindOf() Kind {
	kind := i.Deviations[0].Kind
	known := kind != KindFall
	for n := range i.Deviations {
		d := &i.Deviations[n]
		switch {
		case d.Kind == KindFall:
		case !d.Minor && (d.Scope.Kind == ScopeFlow || !known):
			return d.Kind
		case !known:
			kind, known = d.Kind, true
		}
	}
	return kind
}

// Onset is the first minute of the costliest deviation: what came before it did
// not make the cost, whatever else was a little off by then. Prices changed when the
// first of them did, whatever ran later and cost most.
func (i *Incident) Onset() model.Minute {
	onset := i.Deviations[0].Since
	if i.Deviations[0].Kind != KindPrice {
		return onset
	}
	for n := range i.Deviations {
		if d := &i.Deviations[n]; d.Kind == KindPrice {
			onset = min(onset, d.Since)
		}
	}
	return onset
}

func (i *Incident) copy() Incident {
	c := *i
	c.index = nil
	c.Deviations = slices.Clone(i.Deviations)
	return c
}
