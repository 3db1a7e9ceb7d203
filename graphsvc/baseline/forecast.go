package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// forecast is what a measure would have held from a minute on, by its own past: the
// season by all of it, and how high it stood when the minute came, which counts for
// less the longer ago that is.
type forecast struct {
	season seasonFit
	onset  model.Minute
	// lift makes the season of medians one of means, level is how high it stood.
	lift, level float64
	known       bool
	spread      float64 // from minute to minute, of logarithms
}

func newForecast(m *measure, onset model.Minute) (f forecast) {
	f.onset, f.lift, f.spread = onset, math.Exp(m.profile.lift), m.profile.spread
	f.season, f.known = m.profile.fit(int64(onset)/minutesPerHour, m.floor)
	if !f.known {
		return f
	}
	f.level = m.recent.level(onset, f.seasonal)
	return f
}

// seasonal is the season alone.
func (f *forecast) seasonal(minute model.Minute) float64 {
	return max(0, f.season.at(int64(minute))) * f.lift
}

// at is what a minute would have held, ok only where that is known.
func (f *forecast) at(minute model.Minute) (value float64, ok bool) {
	if !f.known {
		return 0, false
	}
	value = f.seasonal(minute) * math.Exp(f.level*f.season.lasts(minute-f.onset))
	return value, !math.IsNaN(value)
}

// or is what a minute would have held, or another value where that is not known.
func (f *forecast) or(minute model.Minute, other float64) float64 {
	if value, ok := f.at(minute); ok {
		return value
	}
	return other
}

// lasts is how much of a distance from the season is left some minutes later, when
// it was measured over about half an hour.
func (f *seasonFit) lasts(minutes model.Minute) float64 {
	return math.Pow(f.persistence, float64(minutes)/minutesPerHour+0.5)
}

// ofHour puts the forecast, the level left out, in the place of what an hour's season
// was: that of a slow burn, whose hours lie before anything was noticed.
func (f *forecast) ofHour(hour *hourSum, season *float64) {
	if !f.known || hour.minutes == 0 {
		return
	}
	sum := 0.0
	for minute := range model.Minute(minutesPerHour) {
		sum += f.seasonal(hour.start + minute)
	}
	if !math.IsNaN(sum) {
		*season = sum / minutesPerHour * hour.minutes
	}
}
