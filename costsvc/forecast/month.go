package forecast

import (
	"slices"
	"strconv"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const (
	minutesPerHour = 60
	minutesPerDay  = 24 * minutesPerHour
	hoursPerDay    = 24
	hoursPerWeek   = 7 * hoursPerDay

	// HistoryMinutes are how far back hours are looked at: four weeks, so that
	// every hour of the week is there four times.
	HistoryMinutes = 4 * hoursPerWeek * minutesPerHour
	// LeastHours are observed hours below which nothing is said: with less than two
	// days no day can be held against another.
	LeastHours = 2 * hoursPerDay
	// weeklyHours are observed hours from which the hour of the week decides: two weeks.
	weeklyHours = 2 * hoursPerWeek
	// wholeHour are the observed minutes from which an hour speaks for itself.
	wholeHour = 30
)

// Hour is what one hour cost, as far as it was measured.
type Hour struct {
	// From is its first minute, a multiple of 60.
	From model.Minute
	// Minutes of it were measured, 0 to 60.
	Minutes int
	Cost    money.Amount
}

// Method is how the rest of a month was forecast.
type Method string

// Methods.
const (
	None       Method = ""            // too little was measured
	HourOfDay  Method = "hour-of-day" // the median of each hour of the day
	HourOfWeek Method = "hour-of-week"
)

// Month is a calendar month (UTC): what it has cost, and what it will have cost.
type Month struct {
	// From and To are the month; Through is the end of what is measured.
	From, Through, To model.Minute
	// ToDate is measured. MissingMinutes of the month so far are not in it.
	ToDate         money.Amount
	MissingMinutes int
	// HistoryHours are the measured hours that the forecast is made of.
	HistoryHours int
	Method       Method
	// Expected, Low and High are the whole month's; zero where Method is None.
	Expected, Low, High money.Amount
	// Unknown says why nothing is forecast, "" where something is.
	Unknown string
}

// Of forecasts the month that the last minute before through lies in. Hours may
// come in any order, each once. It fails where an amount is out of range.
func Of(hours []Hour, through model.Minute) (Month, error) {
	from, to := pricing.MonthOf(through - 1)
	m := Month{From: from, Through: through, To: to}
	var err error
	if m.ToDate, m.MissingMinutes, err = measured(hours, from, through); err != nil {
		return m, err
	}
	past := history(hours, through)
	m.HistoryHours = len(past)
	if len(past) < LeastHours {
		m.Unknown = strconv.Itoa(len(past)) + " hours are measured of the " + strconv.Itoa(LeastHours) + " that a forecast takes"
		return m, nil
	}
	m.Method = HourOfDay
	if len(past) >= weeklyHours {
		m.Method = HourOfWeek
	}
	return m, m.forecast(past)
}

// measured adds the month so far up.
func measured(hours []Hour, from, through model.Minute) (sum money.Amount, missing int, err error) {
	var total money.Accumulator
	missing = int(through - from)
	for _, hour := range hours {
		if hour.From >= from && hour.From < through {
			total.Add(hour.Cost)
			missing -= hour.Minutes
		}
	}
	sum, err = total.Amount()
	return sum, missing, err
}

// history are the hours that speak for themselves, in order of time.
func history(hours []Hour, through model.Minute) []Hour {
	var past []Hour
	for _, hour := range hours {
		if hour.Minutes >= wholeHour && hour.From+minutesPerHour <= through && hour.From+HistoryMinutes >= through {
			past = append(past, hour)
		}
	}
	slices.SortFunc(past, func(a, b Hour) int { return int(a.From) - int(b.From) })
	return past
}

func (m *Month) forecast(past []Hour) error {
	shape, err := newProfile(past, m.Method)
	if err != nil {
		return err
	}
	rest, err := shape.over(m.Through, m.To)
	if err != nil {
		return err
	}
	low, high, err := deviations(past, m.Through, m.Method)
	if err != nil {
		return err
	}
	left := uint64(m.To - m.Through)
	if m.Expected, err = m.ToDate.Add(rest); err != nil {
		return err
	}
	if m.Low, err = moved(m.Expected, low, left); err != nil {
		return err
	}
	if m.High, err = moved(m.Expected, high, left); err != nil {
		return err
	}
	if m.Low.Cmp(m.ToDate) < 0 { // what is spent stays spent
		m.Low = m.ToDate
	}
	return nil
}

// moved is an amount when every day that is left deviates by so much.
func moved(amount, perDay money.Amount, minutes uint64) (money.Amount, error) {
	by, err := perDay.Scale(minutes, minutesPerDay)
	if err != nil {
		return money.Amount{}, err
	}
	return amount.Add(by)
}
