package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

const askForecast = `query($w: Window) { forecast(window: $w) {
	from through to method unknown missingMinutes historyHours assumptions toDate { amount } expected { amount } low { amount } high { amount } } }`

// TestTheMonthIsForecast: of 72 steady hours, which are not the month's first.
func TestTheMonthIsForecast(t *testing.T) {
	s := newService()
	end := model.MinuteOf(time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC))
	for minute := end - 72*60; minute < end; minute++ {
		s.series.Minutes = append(s.series.Minutes, query.MinuteTotal{Minute: minute, Cost: money.FromNano(1_000_000_000)})
	}
	answer := s.must(t, askForecast, map[string]any{"w": map[string]any{"to": "2026-11-11T00:00:00Z"}})
	got := answer.at("forecast").(map[string]any)
	for field, want := range map[string]string{
		"from": "2026-11-01T00:00:00Z", "through": "2026-11-11T00:00:00Z", "to": "2026-12-01T00:00:00Z", "method": "HOUR_OF_DAY", "unknown": "",
		"missingMinutes": "10080", "historyHours": "72",
	} {
		if fmt.Sprint(got[field]) != want {
			t.Errorf("%s is %v, want %s", field, got[field], want)
		}
	}
	for field, want := range map[string]string{"toDate": "4320", "expected": "33120", "low": "33120", "high": "33120"} {
		if amount := got[field].(map[string]any)["amount"]; amount != want {
			t.Errorf("%s is %v, want %s", field, amount, want)
		}
	}
}

func TestAYoungSystemForecastsNothing(t *testing.T) {
	s := newService()
	answer := s.must(t, askForecast, nil)
	got := answer.at("forecast").(map[string]any)
	if got["expected"] != nil || got["method"] != "NONE" || !strings.Contains(got["unknown"].(string), "hours are measured of the 48") {
		t.Errorf("%v", got)
	}
}
