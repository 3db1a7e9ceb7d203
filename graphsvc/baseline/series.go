package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// series is one scope's past and present.
type series struct {
	scope Scope
	// born and seen are the first and the newest minute in which it carried bytes.
	born, seen model.Minute
	// fresh is true for a flow that appeared when everything else was known.
	fresh       bool
	bytes, cost measure
	lanes       []*laneState
	// answer is the flow in the other direction, nil where there is none.
	answer *series
	// kin are the flows that the same client has in the same direction, this one too;
	// nil for what is no flow.
	kin *kin
	// costs are the exact costs of the last three minutes, priced the part of each
	// that other prices on the same lanes made, in nano-units.
	costs  [3]money.Amount
	priced [3]float64
	ways   ways
	open   *Deviation
	// reckon says what the open deviation would have been without itself.
	reckon *reckoning
	// past are the last hours' sums beside their season, for what is found hours
	// after it began; nil without a season.
	past *pastHours
	// quiet counts the minutes since an open deviation was last seen, from calmed on,
	// and noisy those of the hour in which there was one.
	quiet, noisy int
	calmed       model.Minute
	// skipped counts, by the hour of the day, the days in a row whose hour was not taught.
	skipped [hoursPerDay]uint8

	now sums
}

// sums are what a series carried in the minute at hand.
type sums struct {
	bytes uint64
	cost  money.Accumulator
}

// laneState is the part of a flow that goes one way.
type laneState struct {
	lane Lane
	// share is the lane's usual part of the flow's bytes.
	share float64
	// rate is the newest known price, in nano-units per byte.
	rate    float64
	hasRate bool
	way     *wayRate
	now     sums
}

const (
	byteFloor = 64 << 10
	costFloor = 1000 // nano-units a minute
	// newFor is how many minutes a fresh flow counts as new.
	newFor = 60
	// quietAfter is how many quiet minutes end a deviation.
	quietAfter = 10
	// noisyMinutes is how many minutes of deviation an hour may hold and still teach.
	noisyMinutes = 3
)

func newSeries(scope Scope, minute model.Minute) *series {
	s := &series{scope: scope, born: minute}
	s.bytes.floor, s.cost.floor = byteFloor, costFloor
	return s
}

// nano is an amount in nano-units, for statistics alone.
func nano(a money.Amount) float64 {
	high, low := a.Words()
	return (math.Ldexp(float64(high), 64) + float64(low)) / money.AtomsPerNano
}

// step takes the minute at hand into the series. It says nothing yet. Costs are
// compared at the usual prices: what other prices make is known exactly, and told
// apart.
func (s *series) step(minute model.Minute, sigmas float64) error {
	cost, err := s.now.cost.Amount()
	if err != nil {
		return err
	}
	s.costs[0], s.costs[1], s.costs[2] = s.costs[1], s.costs[2], cost
	if s.now.bytes > 0 {
		s.seen = minute
	}
	shift(&s.priced, s.repriced())
	s.ways.take(s.lanes, float64(s.now.bytes), nano(cost)-s.priced[2])
	for _, part := range []struct {
		m     *measure
		value float64
	}{{&s.bytes, float64(s.now.bytes)}, {&s.cost, nano(cost) - s.priced[2]}} {
		expected := part.m.expect(minute)
		switch {
		case s.isNew(minute):
			expected = 0
		case s.open != nil && s.open.Kind == KindSlowBurn:
			expected, _ = part.m.profile.expected(minute) // the level has followed the burn
		}
		part.m.take(minute, part.value, expected, sigmas)
		part.m.hour = append(part.m.hour, float32(part.value))
	}
	return s.remember(minute, cost)
}

// isNew reports whether the series is a flow that was never there before.
func (s *series) isNew(minute model.Minute) bool {
	return s.fresh && (minute < s.born+newFor || s.open != nil && s.open.isNew())
}

// settle ends the minute: what was normal counts towards the level and the
// lanes' shares.
func (s *series) settle(minute model.Minute) {
	if s.open == nil {
		for _, m := range []*measure{&s.bytes, &s.cost} {
			m.settle(minute)
		}
		if max(s.cost.beyond[2], s.bytes.beyond[2]) < 0.5 && (s.priced[2] == 0 || s.priced[0] != 0) {
			s.settleLanes(minute) // what may be the beginning of a deviation is not usual yet
		}
	} else if s.open.Kind != KindFall { // a batch that ended falls every night: that is its season
		s.noisy++
	}
	if (minute+1)%minutesPerHour == 0 {
		s.endHour(minute)
	}
	s.now = sums{}
	for _, lane := range s.lanes {
		lane.now = sums{}
	}
}

// endHour ends the hour of a minute, its last one that was taken in.
func (s *series) endHour(minute model.Minute) {
	normal := s.teaches(minute)
	for _, m := range []*measure{&s.bytes, &s.cost} {
		m.closeHour(int64(minute)/minutesPerHour, normal)
	}
	s.noisy = 0
}

// teaches reports whether the hour that ends was normal, or has been otherwise on so
// many days in a row that this is its season: without an end to it the hour would
// forget what it knew, and raise an alarm each day.
func (s *series) teaches(minute model.Minute) bool {
	const days = 2
	if s.isNew(minute) {
		return false
	}
	skipped := &s.skipped[minute/minutesPerHour%hoursPerDay]
	if s.noisy <= noisyMinutes {
		*skipped = 0
		return true
	}
	*skipped = min(*skipped+1, days+1)
	return *skipped > days
}

func (s *series) settleLanes(minute model.Minute) {
	if s.now.bytes == 0 {
		return
	}
	const memory = 60
	weight := 1 / float64(min(s.ways.known, memory)+1)
	for _, lane := range s.lanes {
		share := float64(lane.now.bytes) / float64(s.now.bytes)
		lane.share += (share - lane.share) * weight
		if rate, ok := lane.current(); ok {
			lane.rate, lane.hasRate = rate, true
			lane.way.learn(rate, minute)
		}
	}
	s.ways.settle()
}

// current is the lane's price in the minute at hand.
func (l *laneState) current() (float64, bool) {
	cost, err := l.now.cost.Amount()
	if err != nil || l.now.bytes == 0 {
		return 0, false
	}
	return nano(cost) / float64(l.now.bytes), true
}

// repriced is what other prices make of the minute, in nano-units: the bytes of
// each lane times the change of its rate. It has no noise: a lane's rate changes
// with the price book or the tier, and with nothing else.
func (s *series) repriced() (nano float64) {
	for _, lane := range s.lanes {
		rate, ok := lane.current()
		if usual, known := lane.usual(); ok && known && !sameRate(rate, usual) {
			nano += float64(lane.now.bytes) * (rate - usual)
		}
	}
	return nano
}
