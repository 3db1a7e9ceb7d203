package diagnosis

import (
	"fmt"
	"math"
	"time"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// examiner collects candidates.
type examiner struct {
	question *Question
	signals  []*signal
	// touching are the signals by their ends, each list in the order of signals.
	touching map[model.Identity][]*signal
	// sizes are of the whole incident, by part; see sizeOf.
	sizes  map[part]float64
	total  Parts
	causes []Cause
}

func newExaminer(q *Question, signals []signal, total Parts) *examiner {
	e := &examiner{question: q, signals: make([]*signal, len(signals)), touching: map[model.Identity][]*signal{}, sizes: map[part]float64{}, total: total}
	for i := range signals {
		s := &signals[i]
		e.signals[i] = s
		e.touching[s.flow.Source] = append(e.touching[s.flow.Source], s)
		if s.flow.Destination != s.flow.Source {
			e.touching[s.flow.Destination] = append(e.touching[s.flow.Destination], s)
		}
	}
	return e
}

// with are the signals that have an end. What is asked of each end of an incident is
// asked of these, or thousands of ends would each go through all signals.
func (e *examiner) with(id model.Identity) []*signal { return e.touching[id] }

func (e *examiner) examine() {
	for i := range e.question.Changes {
		e.change(&e.question.Changes[i])
	}
	e.traffic()
}

// change examines one change of the facts.
func (e *examiner) change(c *Change) {
	switch c.Kind {
	case ChangeRollout, ChangeConfig:
		e.rollout(c)
	case ChangeScaling:
		e.scaling(c)
	case ChangeRescheduling:
		e.rescheduling(c)
	case ChangeRestarts:
		e.restarts(c)
	case ChangeJob:
		e.job(c)
	case ChangeNodes:
		e.nodePool(c)
	case ChangeRoute, ChangeEndpoint:
		e.route(c)
	case ChangePriceBook:
		e.price(c)
	default: // new workloads and services are evidence for patterns of the traffic
	}
}

// part picks parts of a flow's change.
type part int

const (
	ofVolume part = iota
	ofPath
	ofPrice
	ofTier
	ofUse // volume and path
)

// pick are the amounts of a flow's change that are of the part.
func (p part) pick(s *signal) []*money.Amount {
	switch p {
	case ofVolume:
		return []*money.Amount{&s.parts.Volume}
	case ofPath:
		return []*money.Amount{&s.parts.Path}
	case ofPrice:
		return []*money.Amount{&s.parts.Price}
	case ofTier:
		return []*money.Amount{&s.parts.Tier}
	default:
		return []*money.Amount{&s.parts.Volume, &s.parts.Path}
	}
}

// claim collects the parts of the incident's flows among some signals that a
// candidate accounts for, and their share of all such parts of the incident.
func (e *examiner) claim(of part, among []*signal, wanted func(*signal) bool) (parts []*money.Amount, share float64) {
	var mine float64
	for _, s := range among {
		if !s.inside || !wanted(s) {
			continue
		}
		for _, p := range of.pick(s) {
			mine += math.Abs(approximate(*p))
			parts = append(parts, p)
		}
	}
	all := e.sizeOf(of)
	if all == 0 {
		return parts, 0
	}
	return parts, mine / all
}

// sizeOf adds up a part of all the incident's flows, whatever its direction; once.
func (e *examiner) sizeOf(of part) float64 {
	all, known := e.sizes[of]
	if known {
		return all
	}
	for _, s := range e.signals {
		if !s.inside {
			continue
		}
		for _, p := range of.pick(s) {
			all += math.Abs(approximate(*p))
		}
	}
	e.sizes[of] = all
	return all
}

// approximate is an amount as a float in nano-units, for shares alone.
func approximate(a money.Amount) float64 {
	high, low := a.Words()
	return (math.Ldexp(float64(high), 64) + float64(low)) / money.AtomsPerNano
}

// dominates is the share of the incident's change that is of the picked parts.
func (e *examiner) dominates(of part) float64 {
	var all float64
	for _, s := range e.signals {
		if !s.inside {
			continue
		}
		for _, p := range []money.Amount{s.parts.Volume, s.parts.Path, s.parts.Price, s.parts.Tier, s.parts.Remainder} {
			all += math.Abs(approximate(p))
		}
	}
	if all == 0 {
		return 0
	}
	return e.sizeOf(of) / all
}

const (
	sharePoints, timePoints, matchPoints = 40, 25, 35
	// undated is how much of the points for time a pattern without a fact gets.
	undated = 0.6
)

// add scores a candidate and keeps it.
func (e *examiner) add(c Cause, match float64) {
	if len(c.parts) == 0 || c.share <= 0 {
		return
	}
	order := undated
	if !c.At.IsZero() {
		var text string
		var speaksFor bool
		order, text, speaksFor = e.order(c.At)
		if speaksFor {
			c.For = append(c.For, text)
		} else {
			c.Against = append(c.Against, text)
		}
	}
	c.For = append(c.For, fmt.Sprintf("it touches %.0f %% of the change of its kind", 100*c.share))
	match = max(0, min(1, match))
	c.Score = int(math.Round(sharePoints*c.share + timePoints*order + matchPoints*match))
	if order == 0 {
		c.Score = min(c.Score, scoreToName-1) // what came after is no cause
	}
	e.causes = append(e.causes, c)
}

// order says how well a moment fits the beginning of the incident, 0 to 1, and
// whether that speaks for the cause: what a clock puts behind the beginning may
// still be the cause, since clocks differ, but is never evidence for it.
func (e *examiner) order(at time.Time) (fit float64, text string, speaksFor bool) {
	const (
		slack = 3 * time.Minute // how far clocks and facts' times may be off
		close = 6 * time.Minute
		far   = time.Hour
		least = 0.2
		late  = 0.8
	)
	q := e.question
	begin := q.Since.Start()
	happened := "it happened at " + at.UTC().Format("15:04:05") + ", "
	if q.Until != 0 && !at.Before(begin) && at.Before(q.Until.Start()) {
		return 1, happened + "between the two periods that are compared", true
	}
	before := begin.Sub(at)
	switch {
	case before < -slack:
		return 0, happened + distance(-before) + " after the incident began at " + begin.Format("15:04"), false
	case model.MinuteOf(at) == q.Since:
		return 1, happened + "in the same minute in which the incident began, which is the finest that is seen", true
	case before < 0:
		return late, happened + "in a later minute than " + begin.Format("15:04") + ", in which the incident began: it is the cause only if a clock is off", false
	case before <= close:
		fit = 1
	case before >= far:
		fit = least
	default:
		fit = 1 - (1-least)*float64(before-close)/float64(far-close)
	}
	return fit, happened + distance(before) + " before the minute in which the incident began, " + begin.Format("15:04"), true
}

func distance(d time.Duration) string { return d.Round(time.Second).String() }

// sumsOf adds up the wanted ones of some signals.
func sumsOf(among []*signal, wanted func(*signal) bool) (was, is Cell) {
	for _, s := range among {
		if !wanted(s) {
			continue
		}
		for _, sum := range []struct{ into, of *Cell }{{&was, &s.was}, {&is, &s.is}} {
			sum.into.Bytes += sum.of.Bytes
			sum.into.Connections += sum.of.Connections
			sum.into.Packets += sum.of.Packets
			sum.into.Retransmitted += sum.of.Retransmitted
		}
	}
	return was, is
}

func inside(s *signal) bool { return s.inside }
