package baseline

import (
	"math"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// Basis says which past a series was compared with.
type Basis string

// Bases, best first.
const (
	BasisHourOfWeek Basis = "hour-of-week" // the median of the same hour in at least two weeks
	BasisHourOfDay  Basis = "hour-of-day"  // of the same hour on at least two days
	BasisRecent     Basis = "recent"       // the recent level: too young for a season
	BasisNone       Basis = "none"         // never seen before
)

const (
	minutesPerHour = 60
	hoursPerDay    = 24
	hoursPerWeek   = 7 * hoursPerDay
	// keptHours is four weeks: what a median over weeks needs, and no more.
	keptHours = 4 * hoursPerWeek
	missing   = float32(-1)
)

// profile is the past of one measure of one series, hour by hour.
type profile struct {
	// medians is a ring of hourly medians, by hour modulo keptHours; missing where
	// an hour was not seen or was not normal.
	medians []float32
	// newest is the newest hour in the ring, 0 before the first.
	newest int64
	// known counts the hours ever learnt.
	known int
	// peaks is how far above its median each hour of the week held, as a logarithm.
	peaks [hoursPerWeek]float32
	// heights is what each hour of the week held at its peak, in the measure's unit.
	heights [hoursPerWeek]float32
	// spread is the minutes' standard deviation about their hour's median, and
	// drift the hours' mean distance from what was expected, both of logarithms.
	spread, drift float64
	// lift is how far an hour's mean stands above its median, as a logarithm.
	lift float64
	// drifted counts the hours that drift is of, and by which season.
	drifted int
	season  Basis
	// typical is the running median hour: what is small beside it is nothing.
	typical float64
	cache   hourly
}

// hourly is what is known of one hour, worked out once for its sixty minutes.
type hourly struct {
	hour         int64      // 0 for none
	value        [3]float64 // the medians of the hour before, the hour, the hour after
	basis        Basis
	peak, height float64
}

// offset keeps logarithms finite and small numbers quiet.
func (p *profile) offset(floor float64) float64 { return max(floor, p.typical/10) }

// learn takes an hour that was normal.
func (p *profile) learn(hour int64, shape Shape, floor float64) {
	expected, basis := p.median(hour)
	p.learnBeside(hour, shape, expected, basis, floor)
}

// learnBeside is learn where the hour's expected median is at hand.
func (p *profile) learnBeside(hour int64, shape Shape, expected float64, basis Basis, floor float64) {
	if p.medians == nil {
		p.medians = make([]float32, keptHours)
		for i := range p.medians {
			p.medians[i] = missing
		}
		p.newest = hour - 1
	}
	p.forget(hour)
	offset := p.offset(floor)
	if basis != BasisNone {
		distance := math.Abs(logOf(shape.Median, offset) - math.Log(expected+offset))
		p.drift = approach(p.drift, min(distance, 1), p.driftHours(basis))
		p.drifted++
	}
	p.medians[hour%keptHours] = shape.Median
	p.spread = approach(p.spread, shape.spread(offset), p.known)
	p.lift = approach(p.lift, shape.lift(offset), p.known)
	slot := &p.peaks[hour%hoursPerWeek]
	// An older peak fades, so that one incident that was taken for normal does
	// not deafen the hour for ever.
	const fades = 0.8
	*slot = max(float32(shape.peak(offset)), *slot*fades)
	height := &p.heights[hour%hoursPerWeek]
	*height = max(shape.Peak, *height*fades)
	p.typical = approach(p.typical, float64(shape.Median), p.known)
	p.known++
	p.cache.hour = 0
}

// driftHours is how many hours drift is a mean of. By the hour of the day weekends
// are far off; once there are weeks to compare with, that soon counts for little.
func (p *profile) driftHours(basis Basis) int {
	const some = 6
	if basis == BasisHourOfWeek && p.season != basis {
		p.drifted = min(p.drifted, some)
	}
	p.season = basis
	return p.drifted
}

// approach is a running mean that gives the first values full weight.
func approach(mean, value float64, known int) float64 {
	const memory = 48
	return mean + (value-mean)/float64(min(known, memory)+1)
}

// forget marks the hours that were skipped since the newest as missing.
func (p *profile) forget(hour int64) {
	for skipped := p.newest + 1; skipped <= hour && skipped <= p.newest+keptHours; skipped++ {
		p.medians[skipped%keptHours] = missing
	}
	p.newest = max(p.newest, hour)
}

// at is the median of an hour, ok only where it was learnt.
func (p *profile) at(hour int64) (float32, bool) {
	if p.medians == nil || hour > p.newest || hour <= p.newest-keptHours || hour < 0 {
		return 0, false
	}
	value := p.medians[hour%keptHours]
	return value, value != missing
}

// median is what an hour is expected to hold, by its season.
func (p *profile) median(hour int64) (float64, Basis) {
	var found [7]float32
	weeks := p.collect(found[:0], hour, hoursPerWeek, 4)
	if len(weeks) >= 2 {
		return middle(weeks), BasisHourOfWeek
	}
	days := p.collect(found[:0], hour, hoursPerDay, 7)
	if len(days) >= 2 {
		return middle(days), BasisHourOfDay
	}
	last := p.collect(found[:0], hour, 1, 3)
	if len(last) >= 1 {
		return middle(last), BasisRecent
	}
	return 0, BasisNone
}

func (p *profile) collect(into []float32, hour, step int64, most int64) []float32 {
	for n := int64(1); n <= most; n++ {
		if value, ok := p.at(hour - n*step); ok {
			into = append(into, value)
		}
	}
	return into
}

// middle is the median of a few values, the mean of the two in the middle.
func middle(values []float32) float64 {
	slices.Sort(values)
	n := len(values)
	return (float64(values[n/2]) + float64(values[(n-1)/2])) / 2
}

// expected is what a minute is expected to hold, between the medians of its hour
// and the neighbour that is nearer.
func (p *profile) expected(minute model.Minute) (float64, Basis) {
	known := p.of(minute)
	if known.basis == BasisNone {
		return 0, BasisNone
	}
	from := (float64(int64(minute)%minutesPerHour) + 0.5) / minutesPerHour // 0 to 1 through the hour
	if from < 0.5 {
		return between(known.value[0], known.value[1], from+0.5), known.basis
	}
	return between(known.value[1], known.value[2], from-0.5), known.basis
}

// of is what is known of a minute's hour.
func (p *profile) of(minute model.Minute) *hourly {
	hour := int64(minute) / minutesPerHour
	c := &p.cache
	if c.hour == hour {
		return c
	}
	c.hour = hour
	c.value[1], c.basis = p.median(hour)
	for i, neighbour := range []int64{hour - 1, hour + 1} {
		value, basis := p.median(neighbour)
		if basis != c.basis || basis == BasisRecent {
			value = c.value[1]
		}
		c.value[2*i] = value
	}
	c.peak, c.height = p.usualPeak(hour), p.usualHeight(hour, c.basis)
	return c
}

func between(a, b, share float64) float64 { return a + (b-a)*share }

// usualPeak is how far above its median the series has held at this hour of any
// day, an hour more or less.
func (p *profile) usualPeak(hour int64) float64 {
	var peak float32
	for day := range int64(7) {
		for near := int64(-1); near <= 1; near++ {
			peak = max(peak, p.peaks[(hour+day*hoursPerDay+near+hoursPerWeek)%hoursPerWeek])
		}
	}
	return float64(peak)
}

// usualHeight is what is no news, since the series held about as much in this
// hour of the week, or of any day where it is too young for weeks, an hour more
// or less: a batch that runs a little earlier than last week. 0 without a season.
func (p *profile) usualHeight(hour int64, basis Basis) float64 {
	const above = 1.2
	days := int64(0)
	switch basis {
	case BasisHourOfWeek:
		days = 1
	case BasisHourOfDay:
		days = 7
	case BasisRecent, BasisNone:
	}
	var height float32
	for day := range days {
		for near := int64(-1); near <= 1; near++ {
			height = max(height, p.heights[(hour+day*hoursPerDay+near+hoursPerWeek)%hoursPerWeek])
		}
	}
	return float64(height) * above
}

// sigma is the standard deviation to reckon with, never below a floor: a series
// that never moved has not been looked at for long.
func (p *profile) sigma() float64 {
	const (
		least      = 0.03
		meanToSD   = 1.2533 // a normal variable's standard deviation over its mean distance
		youngLeast = 0.15
	)
	floor := least
	if p.known < hoursPerDay {
		floor = youngLeast
	}
	return max(floor, math.Hypot(p.spread, meanToSD*p.drift))
}
