package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// judge returns the deviation that a series has in the minute that was taken in,
// or had until now; nil where there is none. least is the smallest impact that
// matters, in nano-units a minute.
func (d *Detector) judge(s *series, minute model.Minute, least float64) (*Deviation, error) {
	if s.open != nil {
		return d.judgeOpen(s, minute, least)
	}
	kind, by := d.kindOf(s, minute, least)
	minor := kind == "" && s.scope.Kind == ScopeFlow
	if minor {
		kind, by = d.minorKindOf(s, minute, least/minorShare)
	}
	if kind == "" {
		return nil, nil //nolint:nilnil // no deviation is the usual answer
	}
	if err := s.openAt(&d.window, kind, by); err != nil {
		return nil, err
	}
	s.open.Minor, s.open.least = minor, least
	return s.open, nil
}

// judgeOpen counts the minute into a deviation that is open. What rises from hour
// to hour was no step.
func (d *Detector) judgeOpen(s *series, minute model.Minute, least float64) (*Deviation, error) {
	open := s.open
	if open.Kind == KindSpike && d.leaks(s) {
		open.Kind = KindLeak
	}
	open.least = least
	open.Minor = open.Minor && (open.Kind == KindFall || s.excess() < least)
	if (open.Kind == KindSpike || open.Kind == KindStep) && s.past != nil && s.cost.rises() && s.bytes.rises() {
		return open, s.burnt(open, minute)
	}
	if open.Kind == KindPrice && s.growing(least) && s.cost.sure() >= 1 {
		return open, s.outgrown(minute)
	}
	_, err := s.goOn(minute, d.settings.AcceptAfter)
	return open, err
}

// minorKindOf is the kind of what is too small to be an incident by itself. What
// another price makes is known without noise, so none of it is too small.
func (d *Detector) minorKindOf(s *series, minute model.Minute, least float64) (Kind, *measure) {
	kind, by := d.kindOf(s, minute, least)
	switch {
	case kind != "":
		return kind, by
	case s.ways.changed() && math.Abs(held(&s.ways.more)) >= least/minorWays && s.scope.Kind == ScopeFlow && math.Abs(s.bytes.off()) < calmShare:
		return KindPath, &s.cost // before a fall: as many bytes that go a cheaper way cost less
	case s.fell() >= least:
		return KindFall, &s.cost
	case held(&s.priced) > 0 && !s.isNew(minute) && !s.growing(least):
		return KindPrice, &s.cost
	default:
		return "", nil
	}
}

// minorShare is how much smaller than what matters a deviation may be to count
// within an incident that others make.
const minorShare = 100

// minorWays is how much smaller than that what went other ways may be: it has no noise,
// and where nodes are exchanged it is little of many flows.
const minorWays = 20

// grown is what the last minutes cost beyond the expected at the usual prices, in
// nano-units; excess is the same with what other prices made of them.
func (s *series) grown() float64  { return held(&s.cost.last) - held(&s.cost.wanted) }
func (s *series) excess() float64 { return s.grown() + held(&s.priced) }

// kindOf decides whether and how a series deviates, and by which measure.
func (d *Detector) kindOf(s *series, minute model.Minute, least float64) (Kind, *measure) { //nolint:cyclop // a decision table, read from top to bottom
	matters := s.grown() >= least
	switch {
	case s.isNew(minute):
		return d.newKind(s, matters), &s.bytes
	case s.cost.weight < 2 && s.bytes.weight < 2:
		return "", nil // too young to say anything
	case s.scope.Kind != ScopeFlow && s.cost.basis != BasisHourOfWeek && s.cost.basis != BasisHourOfDay:
		return "", nil // a sum needs its season: its flows' batches come and go
	case d.leaks(s) && s.bytes.sure() >= 1:
		return KindLeak, &s.bytes
	case held(&s.priced) >= least && held(&s.priced) >= s.grown() && !s.growing(least):
		return KindPrice, &s.cost
	case matters && s.cost.sure() >= 1 && s.bytes.off() < calmShare && s.scope.Kind == ScopeFlow:
		return KindPath, &s.cost
	case matters && s.cost.sure() >= 1 && s.cost.climbs() && s.bytes.climbs():
		return KindSlowBurn, &s.cost
	case matters && s.cost.sure() >= 1:
		return KindSpike, &s.cost
	case s.cost.burns() && d.burnMatters(s, least):
		return KindSlowBurn, &s.cost
	default:
		return "", nil
	}
}

// growing reports whether two of the last three minutes were off at the usual prices too,
// by an amount that matters: what is told as another price alone would leave that out.
func (s *series) growing(least float64) bool { return s.grown() >= least && s.cost.off() >= 1 }

// calmShare is how near to its threshold the volume may be to count as even.
const calmShare = 0.7

func (d *Detector) newKind(s *series, matters bool) Kind {
	switch {
	case held(&s.bytes.last) == 0:
		return ""
	case d.leaks(s):
		return KindLeak
	case outside(s.scope.Flow.Destination) && (matters || d.carriedOutside(s)):
		return KindNewDestination
	case matters:
		return KindNewEdge
	default:
		return ""
	}
}

func (d *Detector) carriedOutside(s *series) bool {
	return s.bytes.last[0]+s.bytes.last[1]+s.bytes.last[2] >= float64(d.settings.MinOutsideBytes)
}

// leaks reports whether a flow sends far more to the outside than comes back,
// and enough of it.
func (d *Detector) leaks(s *series) bool {
	const oneWay = 10
	if s.scope.Kind != ScopeFlow || !outside(s.scope.Flow.Destination) || s.scope.Flow.Source.Kind != model.KindWorkload {
		return false
	}
	if s.scope.Flow.Initiator == model.InitiatorDestination || !d.carriedOutside(s) {
		return false // answers to somebody who asked are a service, not a leak
	}
	return s.answer == nil || held(&s.bytes.last) >= oneWay*held(&s.answer.bytes.last)
}

// fell is how much less than expected the last minutes cost, in nano-units, 0
// where that is within what is usual.
func (s *series) fell() float64 {
	if s.cost.sure() > -1 || s.cost.weight < 2 {
		return 0
	}
	return -s.grown()
}

// burnMatters asks of a slow burn what it costs a minute beyond its season, the
// level left out, since the level follows it.
func (d *Detector) burnMatters(s *series, least float64) bool {
	if s.cost.basis != BasisHourOfWeek && s.cost.basis != BasisHourOfDay {
		return false
	}
	season, _ := s.cost.profile.expected(d.newest)
	return held(&s.cost.last)-season >= least
}
