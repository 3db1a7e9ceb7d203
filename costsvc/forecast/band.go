package forecast

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// wholeDay are the measured hours from which a day is held against the others.
const wholeDay = 18

// deviations are by how much days were dearer or cheaper than the other days said
// they would be: the tenth and the ninetieth percentile, of few days the extremes.
// low is never above 0, and high never below it. That every day to come deviates
// to the same side is taken for granted, which makes the band wide.
func deviations(past []Hour, through model.Minute, method Method) (low, high money.Amount, err error) {
	var found []money.Amount
	for _, day := range daysBefore(past, through) {
		if len(day) < wholeDay {
			continue
		}
		deviation, err := deviationOf(day, past, method)
		if err != nil {
			return low, high, err
		}
		found = append(found, deviation)
	}
	if len(found) == 0 {
		return low, high, nil
	}
	slices.SortFunc(found, money.Amount.Cmp)
	cut := len(found) / 10 // nearest rank
	low, high = found[cut], found[len(found)-1-cut]
	if low.Sign() > 0 {
		low = money.Amount{}
	}
	if high.Sign() < 0 {
		high = money.Amount{}
	}
	return low, high, nil
}

// daysBefore cuts hours into days of 24 hours that end where the hours end.
func daysBefore(past []Hour, through model.Minute) map[model.Minute][]Hour {
	days := make(map[model.Minute][]Hour)
	for _, hour := range past {
		age := (through - hour.From - 1) / minutesPerDay
		days[age] = append(days[age], hour)
	}
	return days
}

// deviationOf is a day's cost less what the other days say of its hours, made up
// to a whole day where some of its hours are missing.
func deviationOf(day, past []Hour, method Method) (money.Amount, error) {
	others := make([]Hour, 0, len(past))
	for _, hour := range past {
		if !slices.ContainsFunc(day, func(own Hour) bool { return own.From == hour.From }) {
			others = append(others, hour)
		}
	}
	usual, err := newProfile(others, method)
	if err != nil {
		return money.Amount{}, err
	}
	var difference money.Accumulator
	for _, hour := range day {
		whole, err := hour.Cost.Scale(minutesPerHour, uint64(hour.Minutes))
		if err != nil {
			return money.Amount{}, err
		}
		less, err := usual.at(hour.From).Neg()
		if err != nil {
			return money.Amount{}, err
		}
		difference.Add(whole)
		difference.Add(less)
	}
	sum, err := difference.Amount()
	if err != nil {
		return money.Amount{}, err
	}
	return sum.Scale(hoursPerDay, uint64(len(day)))
}
