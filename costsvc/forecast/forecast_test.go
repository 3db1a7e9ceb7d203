package forecast_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/forecast"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func at(text string) model.Minute {
	moment, err := time.Parse(time.DateTime, text)
	if err != nil {
		panic(err)
	}
	return model.MinuteOf(moment)
}

// hours are whole ones before through, each with what cost says of it.
func hours(through model.Minute, count int, cost func(model.Minute) int64) []forecast.Hour {
	var all []forecast.Hour
	for n := range count {
		from := through - through%60 - model.Minute(60*(n+1))
		all = append(all, forecast.Hour{From: from, Minutes: 60, Cost: money.FromNano(cost(from))})
	}
	return all
}

func steady(model.Minute) int64 { return 1_000_000_000 }

func of(t interface {
	Helper()
	Fatal(args ...any)
}, all []forecast.Hour, through model.Minute) forecast.Month {
	t.Helper()
	m, err := forecast.Of(all, through)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestASteadyMonthIsForecastExactly(t *testing.T) {
	through := at("2026-11-11 00:00:00")
	for _, count := range []int{48, 240, 336, 672} {
		m := of(t, hours(through, count, steady), through)
		left := int64(20 * 24)
		spent := int64(min(count, 240))
		want := money.FromNano((spent + left) * 1_000_000_000)
		if m.Expected != want || m.Low != want || m.High != want {
			t.Errorf("%d hours: %s (%s to %s), want %s", count, m.Expected, m.Low, m.High, want)
		}
		if wantMissing := (240 - int(spent)) * 60; m.MissingMinutes != wantMissing {
			t.Errorf("%d hours: %d minutes missing, want %d", count, m.MissingMinutes, wantMissing)
		}
	}
}

func TestTooLittleIsSaidToBe(t *testing.T) {
	through := at("2026-11-11 00:00:00")
	m := of(t, hours(through, forecast.LeastHours-1, steady), through)
	if m.Method != forecast.None || !strings.Contains(m.Unknown, "47 hours are measured of the 48") || !m.Expected.IsZero() || m.Assumptions() != nil {
		t.Errorf("%+v", m)
	}
	if m.ToDate != money.FromNano(47_000_000_000) {
		t.Errorf("the month so far cost %s", m.ToDate)
	}
}

// TestWeekendsAreKnownAfterTwoWeeks: until then every day is like the others.
func TestWeekendsAreKnownAfterTwoWeeks(t *testing.T) {
	through := at("2026-11-27 00:00:00") // a Friday; Saturday, Sunday and Monday are left
	cost := func(minute model.Minute) int64 {
		if day := minute.Start().Weekday(); day == time.Saturday || day == time.Sunday {
			return 100_000_000
		}
		return 1_000_000_000
	}
	m := of(t, hours(through, 26*24, cost), through)
	rest, _ := m.Expected.Sub(m.ToDate)
	if want := money.FromNano(2*24*1_000_000_000 + 2*24*100_000_000); m.Method != forecast.HourOfWeek || rest != want {
		t.Errorf("%s: the rest is %s, want %s", m.Method, rest, want)
	}
	young := of(t, hours(through, 5*24, cost), through)
	if young.Method != forecast.HourOfDay || young.Low.Cmp(young.Expected) >= 0 {
		t.Errorf("%s: %s to %s", young.Method, young.Low, young.High)
	}
}

// TestOneBadDayMovesTheBandAlone: medians do not follow it.
func TestOneBadDayMovesTheBandAlone(t *testing.T) {
	through := at("2026-11-09 00:00:00")
	bad := at("2026-11-05 00:00:00")
	m := of(t, hours(through, 8*24, func(minute model.Minute) int64 {
		if minute >= bad && minute < bad+24*60 {
			return 9_000_000_000
		}
		return 1_000_000_000
	}), through)
	rest, _ := m.Expected.Sub(m.ToDate)
	if rest != money.FromNano(22*24*1_000_000_000) {
		t.Errorf("the rest is %s", rest)
	}
	if high, _ := m.High.Sub(m.Expected); high != money.FromNano(22*24*8_000_000_000) {
		t.Errorf("%s above the expected", high)
	}
	if m.Low != m.Expected {
		t.Errorf("%s below %s", m.Low, m.Expected)
	}
}

func TestForecastsKeepTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		through := at("2026-11-01 00:00:00") + model.Minute(rapid.IntRange(1, 30*24*60).Draw(t, "through"))
		var all []forecast.Hour
		for n := range rapid.IntRange(0, 800).Draw(t, "hours") {
			from := through - through%60 - model.Minute(60*n)
			whole := min(60, int(through-from))
			if whole == 0 {
				continue
			}
			all = append(all, forecast.Hour{
				From: from, Minutes: rapid.IntRange(1, whole).Draw(t, "minutes"), Cost: money.FromNano(rapid.Int64Range(0, 1e12).Draw(t, "cost")),
			})
		}
		m := of(t, all, through)
		again := of(t, rapid.Permutation(all).Draw(t, "order"), through)
		if m != again {
			t.Fatalf("another order gives another month:\n%+v\n%+v", m, again)
		}
		var spent []money.Amount
		for _, hour := range all {
			if hour.From >= m.From {
				spent = append(spent, hour.Cost)
			}
		}
		if sum, _ := money.Sum(spent...); sum != m.ToDate {
			t.Fatalf("%s were spent, %s are told", sum, m.ToDate)
		}
		if m.Method == forecast.None {
			return
		}
		if !slices.IsSortedFunc([]money.Amount{m.ToDate, m.Low, m.Expected, m.High}, money.Amount.Cmp) {
			t.Fatalf("to date %s, low %s, expected %s, high %s", m.ToDate, m.Low, m.Expected, m.High)
		}
		if m.Through == m.To && m.High != m.ToDate {
			t.Fatalf("the month is over, and %s are not %s", m.High, m.ToDate)
		}
	})
}

// TestTheBandHolds: of made-up months with a daily wave, weekends and noise, the
// band holds four fifths. The seeds are fixed, so that it always comes out the same.
func TestTheBandHolds(t *testing.T) {
	const months = 200
	held := 0
	for seed := range uint64(months) {
		through := at("2026-11-16 00:00:00")
		noise := seed*0x9e3779b97f4a7c15 + 1
		draw := func() int64 { // xorshift64: the same everywhere
			noise ^= noise << 13
			noise ^= noise >> 7
			noise ^= noise << 17
			return int64(noise % 1000)
		}
		end := at("2026-12-01 00:00:00")
		byDay := map[model.Minute]int64{}
		cost := func(minute model.Minute) int64 {
			day := minute / 1440
			if _, known := byDay[day]; !known {
				byDay[day] = 800_000 + 400*draw()
			}
			shape := 1000 + 40*int64(minute.Start().Hour())
			if minute.Start().Weekday() == time.Sunday {
				shape /= 2
			}
			return byDay[day] * shape / 1000 * (900 + draw()/5) / 1000
		}
		all := hours(end, 15*24+26*24, cost)
		m := of(t, slices.DeleteFunc(slices.Clone(all), func(h forecast.Hour) bool { return h.From >= through }), through)
		var whole []money.Amount
		for _, hour := range all {
			if hour.From >= m.From {
				whole = append(whole, hour.Cost)
			}
		}
		if sum, _ := money.Sum(whole...); sum.Cmp(m.Low) >= 0 && sum.Cmp(m.High) <= 0 {
			held++
		}
	}
	t.Logf("the band holds %d of %d months", held, months)
	if held < months*4/5 {
		t.Errorf("the band holds %d of %d months", held, months)
	}
}
