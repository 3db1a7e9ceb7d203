package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// RangePercent is how often the true impact lies within the range that is told.
const RangePercent = 90

// rangeDeviations is how many standard deviations to either side that is.
const rangeDeviations = 1.645

// leastRange is how far the range goes to either side at least, as a share of the
// impact: even where all that was noticed is known, as with another price, some flows
// of an incident are too small to be noticed.
const leastRange = 0.005

// unsure is the standard deviation of what a deviation would have cost, in nano-units:
// as its own past was off by before.
func (d *Deviation) unsure() float64 {
	return math.Abs(d.expectedNano) * math.Sqrt(min(1, math.Max(0, d.variance)))
}

// spread sets the range of the impact. The two directions of one conversation drift
// together, conversations by themselves.
func (i *Incident) spread(minutes map[Scope]uint64) error {
	soFar, aDay := map[[2]model.Identity]float64{}, map[[2]model.Identity]float64{}
	var order [][2]model.Identity // sums of floats are to be the same each time
	for n := range i.Deviations {
		d := &i.Deviations[n]
		if n > 0 && d.Scope.Kind != ScopeFlow {
			break
		}
		ends := [2]model.Identity{d.Scope.Flow.Source, d.Scope.Flow.Destination}
		if d.Scope.Flow.Initiator == model.InitiatorDestination {
			ends[0], ends[1] = ends[1], ends[0]
		}
		if _, known := soFar[ends]; !known {
			order = append(order, ends)
		}
		soFar[ends] += d.unsure()
		aDay[ends] += d.unsure() * minutesPerDay / float64(minutes[d.Scope])
	}
	total, daily := 0.0, 0.0
	for _, ends := range order {
		total, daily = math.Hypot(total, soFar[ends]), math.Hypot(daily, aDay[ends])
	}
	total = math.Max(total, leastRange/rangeDeviations*math.Abs(nano(i.Impact)))
	daily = math.Max(daily, leastRange/rangeDeviations*math.Abs(nano(i.ImpactPerDay)))
	var err error
	if i.ImpactLow, i.ImpactHigh, err = about(i.Impact, rangeDeviations*total); err != nil {
		return err
	}
	i.ImpactPerDayLow, i.ImpactPerDayHigh, err = about(i.ImpactPerDay, rangeDeviations*daily)
	return err
}

// about is an amount less and more so many nano-units.
func about(a money.Amount, nano float64) (low, high money.Amount, err error) {
	by := money.FromNano(int64(math.Round(nano)))
	if low, err = a.Sub(by); err != nil {
		return low, high, err
	}
	high, err = a.Add(by)
	return low, high, err
}
