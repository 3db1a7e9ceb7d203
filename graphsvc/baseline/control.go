package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// control is another measure that moves with one and that the deviation left as it
// was: the requests of a call whose answers grew, the bytes of a flow that goes a
// dearer way. What it really did tells better than any season what the measure would
// have done.
type control struct {
	by *measure
	// usual is the control's own forecast: it shows whether it was left alone.
	usual forecast
	// bytes and cost are how many of each there are to one of the control's.
	bytes, cost ratio
	// actual and expected are the control's own sums since the onset.
	actual, expected float64
	minutes          int
	lost             bool // true where its forecast was not known in some minute
	// stepped is whether it made a step at the onset, known once it was looked at.
	stepped, looked bool
	// slack is how far off it may be at least, as a logarithm: that as many bytes go
	// another way was found when the deviation was.
	slack float64
}

// ratio is how much of a measure there is to one of another.
type ratio struct {
	times float64
	// better is true where the past says more by the ratio than by the season.
	better bool
	// variance is that of an hour's ratio, as a logarithm.
	variance float64
}

// newControl is the control of a series' deviation, nil where it has none.
func newControl(s *series, kind Kind, onset model.Minute, own *reckoning) *control {
	var by *measure
	slack := 0.0
	switch {
	case kind == KindPath, kind == KindFall && math.Abs(s.bytes.off()) < calmShare: // as many bytes by another way
		by, slack = &s.bytes, leastOff
	case s.answer != nil && s.answer.open == nil:
		by = &s.answer.bytes
	default:
		return nil
	}
	c := &control{by: by, usual: newForecast(by, onset), slack: slack}
	if !c.usual.known {
		return nil
	}
	c.cost = ratioOf(&s.cost, by, onset, &own.cost)
	if by != &s.bytes {
		c.bytes = ratioOf(&s.bytes, by, onset, &own.bytes)
	}
	if !c.cost.better && !c.bytes.better {
		return nil
	}
	return c
}

// ratioOf compares the hours of two measures before an onset, and the last minutes,
// which count as far as an hour's ratio says something of the next one's.
func ratioOf(m, by *measure, onset model.Minute, own *forecast) ratio {
	logs := m.profile.logsBeside(&by.profile, int64(onset)/minutesPerHour)
	n := float64(len(logs))
	if n < fitDays*hoursPerDay {
		return ratio{}
	}
	mean, variance := moments(logs)
	for i := range logs {
		logs[i] -= mean
	}
	times := math.Exp(mean + m.profile.lift - by.profile.lift)
	level := m.recent.level(onset, func(minute model.Minute) float64 {
		value, ok := by.recent.at(minute)
		if !ok {
			return math.NaN() // no level then
		}
		return value * times
	})
	return ratio{
		times:  times * math.Exp(level*autocorrelation(logs)),
		better: !own.known || variance < own.season.variance, variance: variance,
	}
}

func moments(values []float64) (mean, variance float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		variance += (v - mean) * (v - mean) / n
	}
	return mean, variance
}

// logsBeside are the logarithms of how many times as much this measure held as
// another, for the hours before one in which both held something.
func (p *profile) logsBeside(other *profile, before int64) (logs []float64) {
	for hour := max(p.newest-keptHours+1, 0); hour <= min(before-1, p.newest); hour++ {
		value, known := p.at(hour)
		beside, knownToo := other.at(hour)
		if known && knownToo && value > 0 && beside > 0 {
			logs = append(logs, math.Log(float64(value)/float64(beside)))
		}
	}
	return logs
}

// take counts one of the last three minutes.
func (c *control) take(minute model.Minute, i int) {
	expected, ok := c.usual.at(minute)
	c.lost = c.lost || !ok
	c.actual, c.expected, c.minutes = c.actual+c.by.last[i], c.expected+expected, c.minutes+1
}

// untouched reports whether the control did what it usually does: whether it made no
// step at the onset, or is within what its hours and its minutes usually are off by
// where that is not known yet.
func (c *control) untouched(onset model.Minute) bool {
	const deviations = 2.5
	if c.lost || c.actual <= 0 || c.expected <= 0 {
		return false
	}
	if c.slack == 0 && c.minutes%jumpBin == 0 && c.minutes <= jumpMinutes {
		if j, ok := jumpOf(c.by, &c.usual, driftOf(&c.usual.season, c.usual.spread), onset, c.by.recent.newest); ok {
			c.stepped, c.looked = j.clear(), true
		}
	}
	if c.looked {
		return !c.stepped
	}
	usual := deviations * math.Hypot(math.Sqrt(c.usual.season.variance), c.usual.spread/math.Sqrt(float64(c.minutes)))
	return math.Abs(math.Log(c.actual/c.expected)) <= max(usual, c.slack)
}
