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
	signals  []signal
	total    Parts
	causes   []Cause
}

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
type part func(*signal) []*money.Amount

func volumeOf(s *signal) []*money.Amount { return []*money.Amount{&s.parts.Volume} }
func pathOf(s *signal) []*money.Amount   { return []*money.Amount{&s.parts.Path} }
func priceOf(s *signal) []*money.Amount  { return []*money.Amount{&s.parts.Price} }
func useOf(s *signal) []*money.Amount    { return []*money.Amount{&s.parts.Volume, &s.parts.Path} }

// claim collects the parts of the incident's flows that a candidate accounts
// for, and their share of all such parts of the incident.
func (e *examiner) claim(of part, wanted func(*signal) bool) (parts []*money.Amount, share float64) {
	var mine, all float64
	for i := range e.signals {
		s := &e.signals[i]
		if !s.inside {
			continue
		}
		for _, p := range of(s) {
			all += math.Abs(approximate(*p))
			if wanted(s) {
				mine += math.Abs(approximate(*p))
				parts = append(parts, p)
			}
		}
	}
	if all == 0 {
		return parts, 0
	}
	return parts, mine / all
}

// approximate is an amount as a float in nano-units, for shares alone.
func approximate(a money.Amount) float64 {
	high, low := a.Words()
	return (math.Ldexp(float64(high), 64) + float64(low)) / money.AtomsPerNano
}

// dominates is the share of the incident's change that is of the picked parts.
func (e *examiner) dominates(of part) float64 {
	var mine, all float64
	for i := range e.signals {
		s := &e.signals[i]
		if !s.inside {
			continue
		}
		for _, p := range of(s) {
			mine += math.Abs(approximate(*p))
		}
		for _, p := range []money.Amount{s.parts.Volume, s.parts.Path, s.parts.Price, s.parts.Tier, s.parts.Remainder} {
			all += math.Abs(approximate(p))
		}
	}
	if all == 0 {
		return 0
	}
	return mine / all
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

// sumsOf adds up the signals that are wanted.
func (e *examiner) sumsOf(wanted func(*signal) bool) (was, is Cell) {
	for i := range e.signals {
		if s := &e.signals[i]; wanted(s) {
			for _, sum := range []struct{ into, of *Cell }{{&was, &s.was}, {&is, &s.is}} {
				sum.into.Bytes += sum.of.Bytes
				sum.into.Connections += sum.of.Connections
				sum.into.Packets += sum.of.Packets
				sum.into.Retransmitted += sum.of.Retransmitted
			}
		}
	}
	return was, is
}

func insideOf(id model.Identity) func(*signal) bool {
	return func(s *signal) bool { return s.inside && s.touches(id) }
}
