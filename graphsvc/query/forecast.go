package query

import (
	"context"
	"slices"
	"time"

	"github.com/egressor/egressor/costsvc/forecast"
	"github.com/egressor/egressor/costsvc/pricing"
)

const minutesPerHour = 60

// Forecast is what a month has cost and will have cost.
type Forecast struct {
	forecast.Month
	Currency string
}

// Forecast is of the month that the window ends in. Its end alone counts, and its
// filter.
func (e *Explorer) Forecast(ctx context.Context, ask Ask) (*Forecast, error) {
	ask.From = time.Time{}
	window, version, only, err := e.chosen(ctx, ask)
	if err != nil {
		return nil, err
	}
	if version == nil {
		return nil, nothingFolded()
	}
	first, _ := pricing.MonthOf(window.To - 1)
	window.From = min(first, window.To-forecast.HistoryMinutes)
	if err := e.oneCurrency(ctx, window); err != nil {
		return nil, err
	}
	minutes, err := e.seriesOf(ctx, window, Subject{}, only)
	if err != nil {
		return nil, err
	}
	hours, err := hoursOf(minutes)
	if err != nil {
		return nil, err
	}
	month, err := forecast.Of(hours, window.To)
	return &Forecast{Month: month, Currency: version.Currency}, err
}

func (e *Explorer) oneCurrency(ctx context.Context, window Window) error {
	currencies, _, err := e.series.PricedIn(ctx, window)
	if err != nil {
		return unavailable("the flow store", err)
	}
	if len(currencies) > 1 {
		return badInput("ask again when the last four weeks have prices in one currency", "the last four weeks have prices in %v, which are never added", currencies)
	}
	return nil
}

// hoursOf adds minutes, which are in order, up by the hour. Each of them was folded.
func hoursOf(minutes []MinuteTotal) ([]forecast.Hour, error) {
	var hours []forecast.Hour
	for _, minute := range minutes {
		from := minute.Minute - minute.Minute%minutesPerHour
		if len(hours) == 0 || hours[len(hours)-1].From != from {
			hours = append(hours, forecast.Hour{From: from})
		}
		hour := &hours[len(hours)-1]
		hour.Minutes++
		var err error
		if hour.Cost, err = hour.Cost.Add(minute.Cost); err != nil {
			return nil, err
		}
	}
	return slices.Clip(hours), nil
}
