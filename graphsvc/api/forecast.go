package api

import (
	"strings"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/query"
)

func forecastOf(f *query.Forecast) *gqlmodel.CostForecast {
	converted := &gqlmodel.CostForecast{
		From: f.From.Start(), Through: f.Through.Start(), To: f.To.Start(),
		ToDate: moneyOf(f.ToDate, f.Currency), MissingMinutes: f.MissingMinutes, HistoryHours: f.HistoryHours,
		Method: gqlmodel.ForecastMethodNone, Unknown: f.Unknown, Assumptions: listed(f.Assumptions()),
	}
	if f.Method != "" {
		converted.Method = gqlmodel.ForecastMethod(strings.ToUpper(strings.ReplaceAll(string(f.Method), "-", "_")))
		converted.Expected, converted.Low, converted.High = moneyOf(f.Expected, f.Currency), moneyOf(f.Low, f.Currency), moneyOf(f.High, f.Currency)
	}
	return converted
}
