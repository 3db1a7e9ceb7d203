package baseline

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

const firstHour = 24 * 7 * 2949 // the first hour of some week

// TestFitFindsTheSeason: of hours that are a day's swing times a day's height, with
// some missing and one that is far off, the fit is that season; where weekends have a
// shape of their own it is theirs.
func TestFitFindsTheSeason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		swing := rapid.Float64Range(0, 0.8).Draw(t, "swing")
		weekend := rapid.Float64Range(0.3, 1).Draw(t, "weekend")
		ownShape := rapid.Bool().Draw(t, "weekends have a shape of their own")
		of := func(hour int64) float64 {
			part := 2 * math.Pi * float64(hour%hoursPerDay) / hoursPerDay
			if hour/hoursPerDay%7 < 5 {
				return 1e9 * (1 + swing*math.Sin(part))
			}
			if ownShape {
				return 1e9 * weekend
			}
			return 1e9 * weekend * (1 + swing*math.Sin(part))
		}
		var p profile
		missing := rapid.Int64Range(0, 20*hoursPerDay).Draw(t, "missing")
		far := rapid.Int64Range(0, 20*hoursPerDay).Draw(t, "far off")
		const hours = 22 * hoursPerDay
		for n := range int64(hours) {
			if n == missing {
				continue
			}
			value := float32(of(firstHour + n))
			if n == far {
				value *= 5
			}
			p.learn(firstHour+n, Shape{Median: value, Lower: value, Upper: value, Peak: value, Mean: value}, byteFloor)
		}
		f, ok := p.fit(firstHour+hours, byteFloor)
		if !ok {
			t.Fatalf("no season was found (variance %v)", f.variance)
		}
		for n := int64(hours); n < hours+7*hoursPerDay; n++ {
			if n%hoursPerWeek == far%hoursPerWeek {
				continue // of three or four such hours one was far off
			}
			got, want := math.Exp(f.log(firstHour+n))-f.offset, of(firstHour+n)
			if math.Abs(got/want-1) > 0.25 {
				t.Fatalf("hour %d: %v, want %v (by the hour of the week: %t)", n, got, want, f.byHour != nil)
			}
		}
	})
}

// TestFitNeedsDays: a day is no season.
func TestFitNeedsDays(t *testing.T) {
	var p profile
	for n := range int64(hoursPerDay) {
		p.learn(firstHour+n, Shape{Median: 1e9, Lower: 1e9, Upper: 1e9, Peak: 1e9, Mean: 1e9}, byteFloor)
	}
	if _, ok := p.fit(firstHour+hoursPerDay, byteFloor); ok {
		t.Error("a season was found in one day")
	}
}
