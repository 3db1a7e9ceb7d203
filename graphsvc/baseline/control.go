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
}

// ratio is how much of a measure there is to one of another.
type ratio struct {
	times float64
	// better is true where the past says more by the ratio than by the season.
	better bool
}

// newControl is the control of a series' deviation, nil where it has none.
func newControl(s *series, kind Kind, onset model.Minute, own *reckoning) *control {
	var by *measure
	switch {
	case kind == KindPath:
		by = &s.bytes
	case s.answer != nil && s.answer.open == nil:
		by = &s.answer.bytes
	default:
		return nil
	}
	c := &control{by: by, usual: newForecast(by, onset)}
	if !c.usual.known {
		return nil
	}
	c.cost = ratioOf(&s.cost, by, onset, &own.cost)
	if kind != KindPath {
		c.bytes = ratioOf(&s.bytes, by, onset, &own.bytes)
	}
	if !c.cost.better && !c.bytes.better {
		return nil
	}
	return c
}

// ratioOf compares the hours of two measures before an onset.
func ratioOf(m, by *measure, onset model.Minute, own *forecast) ratio {
	const least = fitDays * hoursPerDay
	of, _ := m.profile.logsOf(by, int64(onset)/minutesPerHour)
	mean, n := 0.0, 0.0
	for _, r := range of {
		mean, n = mean+r, n+1
	}
	if n < least {
		return ratio{}
	}
	mean /= n
	fit := seasonFit{ofDay: [hoursPerDay]float64{}}
	squares, products, last := 0.0, 0.0, math.NaN()
	for _, r := range of {
		d := r - mean
		squares += d * d
		if !math.IsNaN(last) {
			products += d * last
		}
		last = d
	}
	if squares > 0 {
		fit.persistence = min(1, max(0, products/squares))
	}
	fit.variance = squares / n
	times := math.Exp(mean + m.profile.lift - by.profile.lift)
	level := m.recent.level(onset, func(minute model.Minute) float64 {
		value, ok := by.recent.at(minute)
		if !ok {
			return math.NaN()
		}
		return value * times
	})
	return ratio{times: times * math.Exp(level*fit.persistence), better: !own.known || fit.variance < own.season.variance}
}

// logsOf are the logarithms of how many times as much this measure held as another,
// hour by hour.
func (p *profile) logsOf(by *measure, before int64) (logs []float64, first int64) {
	last := min(before-1, p.newest)
	first = max(p.newest-keptHours+1, 0)
	for hour := first; hour <= last; hour++ {
		value, known := p.at(hour)
		other, knownToo := by.profile.at(hour)
		if known && knownToo && value > 0 && other > 0 {
			logs = append(logs, math.Log(float64(value)/float64(other)))
		}
	}
	return logs, first
}

// take counts one of the last three minutes.
func (c *control) take(minute model.Minute, i int) {
	expected, ok := c.usual.at(minute)
	c.lost = c.lost || !ok
	c.actual, c.expected, c.minutes = c.actual+c.by.last[i], c.expected+expected, c.minutes+1
}

// untouched reports whether the control did what it usually does: within what its
// hours and its minutes usually are off by.
func (c *control) untouched() bool {
	const deviations = 2.5
	if c.lost || c.actual <= 0 || c.expected <= 0 {
		return false
	}
	usual := math.Hypot(math.Sqrt(c.usual.season.variance), c.usual.spread/math.Sqrt(float64(c.minutes)))
	return math.Abs(math.Log(c.actual/c.expected)) <= deviations*usual
}
