package baseline

import "github.com/egressor/egressor/internal/model"

// reckoning works out what a series would have carried and cost, had the deviation
// not been: the estimate that its impact is told by. Whether something deviates is
// decided by other, quicker means (measure): there a median of few hours does, here
// the noise of the estimate is the error of a sum of money.
type reckoning struct {
	series      *series
	bytes, cost forecast
	control     *control
	// sums by the forecasts since the onset.
	sumBytes, sumNano float64
	fresh             bool
}

func newReckoning(s *series, kind Kind, onset model.Minute) *reckoning {
	r := &reckoning{series: s, fresh: s.isNew(onset)}
	if r.fresh || kind == KindPrice {
		return r
	}
	r.bytes, r.cost = newForecast(&s.bytes, onset), newForecast(&s.cost, onset)
	if kind == KindSlowBurn { // its season is what it is told by: the level follows it
		r.bytes.level, r.cost.level = 0, 0
		return r
	}
	r.control = newControl(s, kind, onset, r)
	return r
}

// take counts one of the last three minutes and returns what all since the onset
// would have been.
func (r *reckoning) take(minute model.Minute, i int) (bytes, nano float64) {
	s := r.series
	if r.fresh {
		return 0, 0
	}
	r.sumBytes += r.bytes.or(minute, s.bytes.wanted[i])
	r.sumNano += r.cost.or(minute, s.cost.wanted[i])
	bytes, nano = r.sumBytes, r.sumNano
	if r.control == nil {
		return bytes, nano
	}
	r.control.take(minute, i)
	if s.answer != nil && s.answer.open != nil && r.control.by == &s.answer.bytes || !r.control.untouched() {
		return bytes, nano
	}
	if r.control.bytes.better {
		bytes = r.control.actual * r.control.bytes.times
	}
	if r.control.cost.better {
		nano = r.control.actual * r.control.cost.times
	}
	return bytes, nano
}
