package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// keptMinutes is how many minutes are kept one by one: an hour before an onset, and
// one after it.
const keptMinutes = 2 * minutesPerHour

// recentMinutes are the last two hours' minutes without a gap.
type recentMinutes struct {
	values [keptMinutes]float32
	// from and newest are the first and the newest minute without a gap between; both
	// are 0 before the first.
	from, newest model.Minute
}

func (r *recentMinutes) put(minute model.Minute, value float64) {
	if minute != r.newest+1 {
		r.from = minute
	}
	r.newest = minute
	r.values[minute%keptMinutes] = float32(value)
}

// at is a minute's value, ok only where it is kept.
func (r *recentMinutes) at(minute model.Minute) (value float64, ok bool) {
	if minute < r.from || minute > r.newest || minute <= r.newest-keptMinutes {
		return 0, false
	}
	return float64(r.values[minute%keptMinutes]), true
}

// levelFade makes a minute count half as much as one a quarter of an hour later.
var levelFade = math.Exp2(-1.0 / 15)

// level is how far the minutes before one stood above what was expected of them, as
// a logarithm: 0 where too few are kept. Newer ones count more.
func (r *recentMinutes) level(before model.Minute, expected func(model.Minute) float64) float64 {
	const least = 5
	weight, actual, usual, n := 1.0, 0.0, 0.0, 0
	for minute := before - 1; minute >= before-minutesPerHour; minute-- {
		value, ok := r.at(minute)
		if !ok {
			break
		}
		actual, usual, n = actual+weight*value, usual+weight*expected(minute), n+1
		weight *= levelFade
	}
	if n < least || !(actual > 0 && usual > 0) {
		return 0
	}
	return math.Log(actual / usual)
}
