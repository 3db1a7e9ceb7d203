package baseline

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// Hour is one hour of a flow's past, as a store sums it up.
type Hour struct {
	Flow Flow
	// Start is the hour's first minute.
	Start       model.Minute
	Bytes, Cost Shape // Cost is in nano-units
}

// Seed takes over hours that were summed up before the detector was started, so
// that a restart does not begin without a past. Hours of one flow must come in
// order, and before the first minute that is observed.
func (d *Detector) Seed(hours []Hour) error {
	var s *series // of the hour before: hours mostly come flow by flow
	for i := range hours {
		hour := &hours[i]
		if hour.Start%minutesPerHour != 0 {
			return fmt.Errorf("hour of %s begins at %s, which is no full hour", hour.Flow, hour.Start)
		}
		if d.first != 0 {
			return fmt.Errorf("hour %s of %s comes after the first minute was observed", hour.Start, hour.Flow)
		}
		if d.seeded == 0 || hour.Start < d.seeded {
			d.seeded = hour.Start
		}
		if s == nil || s.scope.Flow != hour.Flow {
			s = d.seededSeries(Scope{Kind: ScopeFlow, Flow: hour.Flow}, hour.Start)
		}
		s.seed(hour)
	}
	return nil
}

func (d *Detector) seededSeries(scope Scope, born model.Minute) *series {
	s := d.series[scope]
	if s == nil {
		s = newSeries(scope, born)
		d.enter(s)
	}
	return s
}

func (s *series) seed(hour *Hour) {
	s.seen = max(s.seen, hour.Start)
	number := int64(hour.Start) / minutesPerHour
	for _, part := range []struct {
		m     *measure
		shape Shape
	}{{&s.bytes, hour.Bytes}, {&s.cost, hour.Cost}} {
		part.m.seed(number, part.shape)
	}
}

// seed learns an hour and lets it count towards the level.
func (m *measure) seed(hour int64, shape Shape) {
	season, basis := m.profile.median(hour)
	m.profile.learnBeside(hour, shape, season, basis, m.floor)
	if basis == BasisHourOfDay || basis == BasisHourOfWeek {
		// An hour fades what was before to a half.
		const half = 2
		minutes := float64(minutesPerHour)
		m.actual = m.actual/half + float64(shape.Median)*minutes
		m.seasonal = m.seasonal/half + season*minutes
		m.weight, m.basis = m.weight/half+minutes, basis
	}
}
