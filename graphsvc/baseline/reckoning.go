package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// reckoning works out what a series would have carried and cost, had the deviation
// not been: the estimate that its impact is told by. Whether something deviates is
// decided by other, quicker means (measure): there a median of few hours does, here
// the noise of the estimate is the error of a sum of money.
//
// There are three ways, and the surest that can be gone is taken: by a control that
// the deviation left alone; by the step at the onset, for what all of a flow was
// multiplied by; by the season and how high the series stood.
type reckoning struct {
	series      *series
	onset       model.Minute
	bytes, cost forecast
	control     *control
	step        *stepped // nil where the deviation is no step of all of the flow
	// sums by the forecasts since the onset.
	sumBytes, sumNano float64
	minutes           int
	fresh, exact      bool
}

func newReckoning(s *series, kind Kind, onset model.Minute) *reckoning {
	r := &reckoning{series: s, onset: onset, fresh: s.isNew(onset), exact: kind == KindPrice}
	if r.fresh || r.exact {
		return r
	}
	r.bytes, r.cost = newForecast(&s.bytes, onset), newForecast(&s.cost, onset)
	if kind == KindSlowBurn { // its season is what it is told by: the level follows it
		r.bytes.level, r.cost.level = 0, 0
		return r
	}
	r.control = newControl(s, kind, onset, r)
	if kind != KindPath && s.scope.Kind == ScopeFlow {
		r.step = newStepped(s, onset, &r.bytes)
	}
	return r
}

// take counts one of the last three minutes and returns what all since the onset
// would have been.
func (r *reckoning) take(minute model.Minute, i int) (expected expectation) {
	s := r.series
	if r.fresh {
		return expected
	}
	r.minutes++
	r.sumBytes += r.bytes.or(minute, s.bytes.wanted[i])
	r.sumNano += r.cost.or(minute, s.cost.wanted[i])
	expected = expectation{bytes: r.sumBytes, nano: r.sumNano, variance: r.unsure()}
	if r.control != nil {
		r.control.take(minute, i)
		if r.controlled() {
			return r.byControl(expected)
		}
	}
	if r.step != nil {
		r.step.take(r, minute)
		expected = r.step.correct(expected)
	}
	return expected
}

// expectation is what a series would have carried and cost since an onset, and the
// variance of its logarithm.
type expectation struct{ bytes, nano, variance float64 }

// controlled reports whether the control can be gone by.
func (r *reckoning) controlled() bool {
	answer := r.series.answer
	if answer != nil && answer.open != nil && r.control.by == &answer.bytes {
		return false
	}
	return r.control.untouched(r.onset)
}

func (r *reckoning) byControl(e expectation) expectation {
	if r.control.bytes.better {
		e.bytes = r.control.actual * r.control.bytes.times
	}
	if r.control.cost.better {
		e.nano = r.control.actual * r.control.cost.times
		e.variance = r.control.cost.variance / math.Max(1, float64(r.minutes)/minutesPerHour)
	}
	return e
}

// unsure is the variance of the logarithm of what the season says.
func (r *reckoning) unsure() float64 {
	if !r.cost.known {
		return math.Pow(r.series.cost.profile.sigma(), 2)
	}
	return r.cost.season.ofMean(r.minutes, r.cost.spread)
}

// ofMean is the variance of the logarithm of what some minutes hold, as told by the
// season: hours stay where they are for a while, so that some are hardly surer than one.
func (f *seasonFit) ofMean(minutes int, spread float64) float64 {
	hours := max(1, float64(minutes)/minutesPerHour)
	share := min(1, (1+f.persistence)/max(0.1, 1-f.persistence)/hours)
	return f.variance*share + spread*spread/float64(max(minutes, 1))
}
