package forecast

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// profile is what a whole hour usually costs, by its slot of the day or week.
type profile struct {
	slots map[int]money.Amount
	// any is the median of all hours: for slots that were never measured.
	any    money.Amount
	method Method
}

func newProfile(past []Hour, method Method) (*profile, error) {
	p := &profile{slots: make(map[int]money.Amount), method: method}
	bySlot := make(map[int][]money.Amount)
	all := make([]money.Amount, 0, len(past))
	for _, hour := range past {
		whole, err := hour.Cost.Scale(minutesPerHour, uint64(hour.Minutes))
		if err != nil {
			return nil, err
		}
		slot := p.slot(hour.From)
		bySlot[slot], all = append(bySlot[slot], whole), append(all, whole)
	}
	for slot, costs := range bySlot {
		var err error
		if p.slots[slot], err = median(costs); err != nil {
			return nil, err
		}
	}
	var err error
	p.any, err = median(all)
	return p, err
}

// slot is the hour of the day, or of a week that begins at a Thursday: day 0 of
// the epoch was one.
func (p *profile) slot(minute model.Minute) int {
	hour := int(minute) / minutesPerHour
	if p.method == HourOfWeek {
		return hour % hoursPerWeek
	}
	return hour % hoursPerDay
}

func (p *profile) at(minute model.Minute) money.Amount {
	if usual, known := p.slots[p.slot(minute)]; known {
		return usual
	}
	return p.any
}

// over adds up what the minutes of [from, to) usually cost.
func (p *profile) over(from, to model.Minute) (money.Amount, error) {
	var sum money.Accumulator
	for at := from; at < to; {
		end := min(to, at-at%minutesPerHour+minutesPerHour)
		part, err := p.at(at).Scale(uint64(end-at), minutesPerHour)
		if err != nil {
			return money.Amount{}, err
		}
		sum.Add(part)
		at = end
	}
	return sum.Amount()
}

// median is the middle one, or half the sum of the two in the middle.
func median(amounts []money.Amount) (money.Amount, error) {
	if len(amounts) == 0 {
		return money.Amount{}, nil
	}
	sorted := slices.SortedFunc(slices.Values(amounts), money.Amount.Cmp)
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle], nil
	}
	sum, err := sorted[middle-1].Add(sorted[middle])
	if err != nil {
		return money.Amount{}, err
	}
	return sum.Scale(1, 2)
}
