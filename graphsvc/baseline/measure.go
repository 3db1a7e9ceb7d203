package baseline

import (
	"math"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// measure is one measured quantity of a series: its past, its present level and
// the last three minutes.
type measure struct {
	profile profile
	// floor is what is nothing, in the measure's unit: see profile.offset.
	floor float64
	hour  []float32 // the minutes of the hour so far
	// The level is how high the series stands above its season lately: the ratio
	// of two sums that fade with a half-life of an hour.
	actual, seasonal, weight float64
	basis                    Basis
	// last are the last three values, and ratio how far each was above what was
	// expected, as a logarithm.
	last, wanted, ratio [3]float64
	// beyond are the same ratios in thresholds, each by its own minute's.
	beyond [3]float64
	taken  int // minutes taken so far
	// stale is how many of the last three lie before a long gap.
	stale int
	// first are the first three values: their median is a level that half a minute
	// of something else does not spoil.
	first [3]float64
	// hourly is how far the last hours' medians stood above their season alone,
	// oldest first, as logarithms.
	hourly [slowHours]float64
	hours  int
	// closed is the newest of them.
	closed int64
	recent recentMinutes
}

// slowHours is how many hours in a row a slow burn must show.
const slowHours = 3

var fade = math.Exp2(-1.0 / minutesPerHour)

// expect is what the season and the level say of a minute.
func (m *measure) expect(minute model.Minute) float64 {
	season, basis := m.profile.expected(minute)
	if basis == BasisNone {
		season = 1
	}
	if basis != m.basis && m.weight > 0 {
		// Another past has another scale: go on at the same height.
		height := m.height(m.seasonal / m.weight)
		m.actual, m.seasonal = height*m.weight, season*m.weight
	}
	m.basis = basis
	return m.height(season)
}

func (m *measure) height(season float64) float64 {
	if m.weight == 0 {
		return season
	}
	offset := m.offset() * m.weight
	return season * (m.actual + offset) / (m.seasonal + offset)
}

func (m *measure) offset() float64 {
	if m.basis == BasisNone {
		return 0
	}
	return m.profile.offset(m.floor)
}

// take moves the three minutes on and says how far the value was off.
func (m *measure) take(minute model.Minute, value, expected, sigmas float64) {
	offset := max(m.profile.offset(m.floor), m.floor)
	m.taken++
	ratio := math.Log((value + offset) / (expected + offset))
	shift(&m.last, value)
	m.recent.put(minute, value)
	shift(&m.wanted, expected)
	shift(&m.ratio, ratio)
	threshold := m.threshold(minute, sigmas)
	if usual := m.profile.of(minute).height; value <= usual {
		threshold = max(threshold, math.Log((usual+offset)/(expected+offset)))
	}
	shift(&m.beyond, ratio/threshold)
}

// leastOff is how far off a minute must be at least to be looked at, as a logarithm: a
// quarter more.
const leastOff = 0.22

// threshold is how far off a minute may be, as a logarithm.
func (m *measure) threshold(minute model.Minute, sigmas float64) float64 {
	const (
		youngLeast = 0.69 // twice as much while there is no season
		newLeast   = 1.39 // four times as much in the first half hour
		newMinutes = 30
		margin     = 0.18
	)
	threshold := max(leastOff, sigmas*m.profile.sigma())
	if peak := m.profile.of(minute).peak; peak > 0 {
		threshold = max(threshold, peak+margin)
	}
	if m.basis == BasisNone || m.basis == BasisRecent {
		threshold = max(threshold, youngLeast)
	}
	if m.basis == BasisNone && m.weight < newMinutes {
		threshold = max(threshold, newLeast)
	}
	return threshold
}

func middleOf(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[len(sorted)/2] + sorted[(len(sorted)-1)/2]) / 2
}

func shift(window *[3]float64, value float64) {
	window[0], window[1], window[2] = window[1], window[2], value
}

// held is the median of three: what two of the three minutes reached.
func held(w *[3]float64) float64 {
	return max(min(w[0], w[1]), min(max(w[0], w[1]), w[2]))
}

// off is how far the last minutes were above the expected, in thresholds, by the
// middle one of three. Each minute is measured by its own threshold: what is
// expected can move while something begins.
func (m *measure) off() float64 { return held(&m.beyond) }

// seasonable reports whether the last minutes are what the season alone says, whatever
// the level that came before: what was high for an hour has not fallen when it is as
// usual again.
func (m *measure) seasonable(minute model.Minute) bool {
	season, basis := m.profile.expected(minute)
	if basis != BasisHourOfDay && basis != BasisHourOfWeek {
		return false
	}
	offset := max(m.offset(), m.floor)
	return math.Log((held(&m.last)+offset)/(season+offset)) > -leastOff/2
}

// sure is what all of the last three minutes were off by, in thresholds: 1 and
// more is a deviation, -1 and less a fall, 0 is said where they do not agree.
func (m *measure) sure() float64 {
	b := &m.beyond
	switch low, high := min(b[0], b[1], b[2]), max(b[0], b[1], b[2]); {
	case low > 0:
		return low
	case high < 0:
		return high
	default:
		return 0
	}
}

// settle lets the oldest of the three minutes count towards the level. It lags so
// that the beginning of a deviation does not raise what is expected.
func (m *measure) settle(minute model.Minute) {
	if m.basis == BasisNone && m.taken <= len(m.first) {
		m.first[m.taken-1] = m.last[2]
		m.weight = float64(m.taken)
		m.actual, m.seasonal = middleOf(m.first[:m.taken])*m.weight, m.weight
		return
	}
	if m.taken < 2*len(m.last) && m.basis == BasisNone {
		return // the window still holds what first has taken
	}
	if m.stale > 0 {
		m.stale--
		return
	}
	if m.taken < len(m.last) || m.beyond[0] > 1 && m.basis != BasisNone {
		return
	}
	season, basis := m.profile.expected(minute)
	if basis == BasisNone {
		season = 1
	}
	m.actual = m.actual*fade + m.last[0]
	m.seasonal = m.seasonal*fade + season
	m.weight = m.weight*fade + 1
}

// closeHour learns the hour that ended if it was normal, and returns how far its
// median stood above its season.
func (m *measure) closeHour(hour int64, normal bool) {
	shape, ok := ShapeOf(m.hour)
	m.hour = m.hour[:0]
	if !ok {
		return
	}
	if hour != m.closed+1 {
		m.hours = 0 // an hour is missing: those before it are no longer the last ones
	}
	m.closed = hour
	season, basis := m.profile.median(hour)
	if basis == BasisHourOfDay || basis == BasisHourOfWeek {
		offset := m.profile.offset(m.floor)
		copy(m.hourly[:], m.hourly[1:])
		m.hourly[slowHours-1] = logOf(shape.Median, offset) - math.Log(season+offset)
		m.hours++
	}
	if normal {
		m.profile.learn(hour, shape, m.floor)
	}
}

// burns reports whether each of the last hours stood well above its season: a
// rise too slow for the minutes to notice.
func (m *measure) burns() bool {
	if m.hours < slowHours || m.profile.known < 3*hoursPerDay {
		return false
	}
	const (
		least  = 0.22
		drifts = 5
	)
	limit := max(least, drifts*m.profile.drift)
	for _, above := range m.hourly {
		if above < limit {
			return false
		}
	}
	return true
}

// climbs reports whether the last two hours stood above the season and the newer
// one higher: what the minutes notice now has begun hours ago.
func (m *measure) climbs() bool {
	const (
		least  = 0.15
		drifts = 3
	)
	if m.hours < slowHours || m.profile.known < 3*hoursPerDay {
		return false
	}
	limit := max(least, drifts*m.profile.drift)
	before, last := m.hourly[slowHours-2], m.hourly[slowHours-1]
	return before >= limit && last >= before+limit/drifts
}

// rises reports whether each of the last hours stood higher above the season than
// the one before: no step, which stays where it is.
func (m *measure) rises() bool {
	const least = 0.06
	more := max(least, m.profile.drift)
	return m.burns() && m.hourly[1] >= m.hourly[0]+more && m.hourly[2] >= m.hourly[1]+more
}
