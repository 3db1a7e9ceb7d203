package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// pastHours are a series' last hours, the open one last.
type pastHours [keptPast]hourSum

// keptPast is how many hours a slow burn is followed back at most.
const keptPast = 13

// hourSum is what a series came to in an hour, and what its season says of it.
type hourSum struct {
	start                     model.Minute // 0 for none
	bytes, seasonBytes        float64
	cost                      money.Amount
	seasonNano, costNanoFloat float64
	minutes                   float64
}

// remember adds the minute at hand to its hour.
func (s *series) remember(minute model.Minute, cost money.Amount) error {
	seasonNano, basis := s.cost.profile.expected(minute)
	if basis != BasisHourOfDay && basis != BasisHourOfWeek {
		s.past = nil
		return nil
	}
	if s.past == nil {
		s.past = &pastHours{}
	}
	start := minute - minute%minutesPerHour
	if s.past[keptPast-1].start != start {
		copy(s.past[:], s.past[1:])
		s.past[keptPast-1] = hourSum{start: start}
	}
	hour := &s.past[keptPast-1]
	seasonBytes, _ := s.bytes.profile.expected(minute)
	hour.bytes += float64(s.now.bytes)
	hour.seasonBytes += seasonBytes
	hour.seasonNano += seasonNano
	hour.costNanoFloat += nano(cost)
	hour.minutes++
	var err error
	hour.cost, err = hour.cost.Add(cost)
	return err
}

// burnt makes a deviation a slow burn and counts the hours since that began: those
// in a row, back from now, that stood above their season by more than hours
// usually do. What was counted as something else is counted anew.
func (s *series) burnt(d *Deviation, minute model.Minute) error {
	d.Kind = KindSlowBurn
	d.Bytes, d.Cost, d.expectedBytes, d.expectedNano, d.observed = 0, money.Amount{}, 0, 0, 0
	limit := max(s.cost.profile.drift, leastBurn)
	first := keptPast - 1
	for first > 0 && s.past[first-1].above() > limit {
		first--
	}
	d.Since = s.past[first].start
	s.reckon = newReckoning(s, KindSlowBurn, d.Since)
	for n := first; n < keptPast; n++ {
		hour := s.past[n]
		s.reckon.minutes += int(hour.minutes)
		d.observed += uint64(hour.minutes)
		s.reckon.bytes.ofHour(&hour, &hour.seasonBytes)
		s.reckon.cost.ofHour(&hour, &hour.seasonNano)
		if err := d.add(minute, hour.bytes, hour.seasonBytes, hour.cost, hour.seasonNano); err != nil {
			return err
		}
	}
	s.reckon.sumBytes, s.reckon.sumNano = d.expectedBytes, d.expectedNano
	d.variance = s.reckon.unsure()
	return nil
}

// leastBurn is how far above its season an hour must stand at least, as a
// logarithm, to belong to a burn.
const leastBurn = 0.05

// above is how far an hour stood above its season, as a logarithm.
func (h *hourSum) above() float64 {
	if h.start == 0 || h.seasonNano <= 0 || h.costNanoFloat <= 0 {
		return 0
	}
	return math.Log(h.costNanoFloat / h.seasonNano)
}
