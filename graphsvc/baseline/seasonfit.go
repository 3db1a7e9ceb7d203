package baseline

import "math"

// seasonFit is a series' season by all of its past: on the scale of logarithms, an
// hour of the day plus a day of the week, or the mean of the same hours of the week,
// whichever was nearer to the past. Detection compares with the two or three hours
// that are most alike; a sum of money needs less noise than two or three hours have.
type seasonFit struct {
	ofDay  [hoursPerDay]float64
	ofWeek [hoursPerWeek / hoursPerDay]float64
	// byHour are means by the hour of the week, nil where the sum of the two above
	// is nearer.
	byHour []float64
	// offset was added before logarithms were taken.
	offset float64
	// variance is that of an hour about the season, persistence how much of an hour's
	// distance the next one still has (the first autocorrelation, 0 to 1).
	variance, persistence float64
	hours                 int
}

const (
	// fitDays is how many days of hours a fit needs at least, and fitWeek how many to
	// tell the days of the week apart.
	fitDays, fitWeek = 2, 8
	// fitVariance is the variance beyond which hours do not multiply: batches that
	// run or rest have no season on this scale.
	fitVariance = 0.1
)

// fit fits the season to the hours before one. ok is false where too little is known
// or what is known has no such season.
func (p *profile) fit(before int64, floor float64) (f seasonFit, ok bool) {
	logs, first := p.logs(before, floor)
	f.offset = p.offset(floor)
	for _, y := range logs {
		if !math.IsNaN(y) {
			f.hours++
		}
	}
	if f.hours < fitDays*hoursPerDay {
		return f, false
	}
	f.settle(logs, first)
	f.clip(logs, first)
	f.settle(logs, first)
	f.judge(logs, first)
	f.rather(logs, first)
	f.persist(logs, first)
	return f, f.variance <= fitVariance
}

// logs are the known hours before one, oldest first, NaN where one is missing, and
// the number of the first.
func (p *profile) logs(before int64, floor float64) (logs []float64, first int64) {
	last := min(before-1, p.newest)
	first = max(p.newest-keptHours+1, 0)
	if p.medians == nil || last < first {
		return nil, first
	}
	offset := p.offset(floor)
	logs = make([]float64, 0, last-first+1)
	for hour := first; hour <= last; hour++ {
		if value, known := p.at(hour); known {
			logs = append(logs, logOf(value, offset))
		} else if len(logs) > 0 {
			logs = append(logs, math.NaN())
		} else {
			first = hour + 1
		}
	}
	return logs, first
}

// byHourOfWeek calls take with each value and the hour of the week that it is of.
func byHourOfWeek(values []float64, first int64, take func(i, slot int)) {
	slot := int(first % hoursPerWeek)
	for i := range values {
		take(i, slot)
		if slot++; slot == hoursPerWeek {
			slot = 0
		}
	}
}

// weekOf sums logarithms up by the hour of the week.
func weekOf(logs []float64, first int64) (sums, counts [hoursPerWeek]float64) {
	byHourOfWeek(logs, first, func(i, slot int) {
		if y := logs[i]; !math.IsNaN(y) {
			sums[slot] += y
			counts[slot]++
		}
	})
	return sums, counts
}

// settle fits both parts by turns until they hardly move.
func (f *seasonFit) settle(logs []float64, first int64) {
	const sweeps = 3
	sums, counts := weekOf(logs, first)
	for range sweeps {
		var left, n [hoursPerDay]float64
		for slot, count := range counts {
			if day := f.ofWeek[slot/hoursPerDay]; count > 0 && !math.IsNaN(day) {
				left[slot%hoursPerDay] += sums[slot] - count*day
				n[slot%hoursPerDay] += count
			}
		}
		for hour := range f.ofDay {
			f.ofDay[hour] = left[hour] / n[hour] // NaN where none is known
		}
		if len(logs) < fitWeek*hoursPerDay {
			return
		}
		for day := range f.ofWeek {
			left, n := 0.0, 0.0
			for hour, usual := range f.ofDay {
				if slot := day*hoursPerDay + hour; counts[slot] > 0 {
					left += sums[slot] - counts[slot]*usual
					n += counts[slot]
				}
			}
			f.ofWeek[day] = left / n
		}
	}
}

// week is the season by the hour of the week.
func (f *seasonFit) week() (week [hoursPerWeek]float64) {
	for slot := range week {
		week[slot] = f.log(int64(slot))
	}
	return week
}

// clip draws hours that are far off in to three standard deviations, so that what
// once happened does not bend the season.
func (f *seasonFit) clip(logs []float64, first int64) {
	const far, meanToSD = 3, 1.2533
	sum, n, week := 0.0, 0.0, f.week()
	byHourOfWeek(logs, first, func(i, slot int) {
		if r := logs[i] - week[slot]; !math.IsNaN(r) {
			sum, n = sum+math.Abs(r), n+1
		}
	})
	limit := far * meanToSD * sum / n
	byHourOfWeek(logs, first, func(i, slot int) {
		if season := week[slot]; !math.IsNaN(logs[i] - season) {
			logs[i] = min(season+limit, max(season-limit, logs[i]))
		}
	})
}

// judge works out how far hours are from the season.
func (f *seasonFit) judge(logs []float64, first int64) {
	const parameters = hoursPerDay + hoursPerWeek/hoursPerDay - 1
	squares, n, week := 0.0, 0.0, f.week()
	byHourOfWeek(logs, first, func(i, slot int) {
		if r := logs[i] - week[slot]; !math.IsNaN(r) {
			squares, n = squares+r*r, n+1
		}
	})
	f.variance = squares / max(1, n-parameters)
}

// persist works out for how long hours stay where they are beside the season.
func (f *seasonFit) persist(logs []float64, first int64) {
	week := f.week()
	byHourOfWeek(logs, first, func(i, slot int) { logs[i] -= week[slot] })
	f.persistence = autocorrelation(logs)
}

// autocorrelation is how much of a value, whose mean is 0, the next one still has: 0
// to 1. NaN stands for one that is missing.
func autocorrelation(values []float64) float64 {
	squares, products, last := 0.0, 0.0, math.NaN()
	for _, v := range values {
		if !math.IsNaN(v) {
			squares += v * v
		}
		if !math.IsNaN(v * last) {
			products += v * last
		}
		last = v
	}
	if squares == 0 {
		return 0
	}
	return min(1, max(0, products/squares))
}

// rather takes the means of the same hours of the week where those would have told
// the past better: where a weekend's day has another shape than a workday's.
func (f *seasonFit) rather(logs []float64, first int64) {
	sums, counts := weekOf(logs, first)
	squares, n := 0.0, 0.0
	byHourOfWeek(logs, first, func(i, slot int) {
		if k, y := counts[slot], logs[i]; !math.IsNaN(y) && k >= 2 {
			r := y - (sums[slot]-y)/(k-1) // from the mean of the others
			// The mean of all k is that much nearer to the next than that of k-1.
			squares, n = squares+r*r*(1+1/k)/(1+1/(k-1)), n+1
		}
	})
	if n < hoursPerWeek || squares/n >= f.variance {
		return
	}
	f.variance, f.byHour = squares/n, sums[:]
	for slot := range f.byHour {
		f.byHour[slot] /= counts[slot]
	}
}

// log is what an hour is expected to hold, as a logarithm; NaN where that hour was
// never seen.
func (f *seasonFit) log(hour int64) float64 {
	if f.byHour != nil {
		return f.byHour[hour%hoursPerWeek]
	}
	return f.ofDay[hour%hoursPerDay] + f.ofWeek[hour%hoursPerWeek/hoursPerDay]
}

// at is the season at a minute, in the measure's unit: between the hour and the
// neighbour that is nearer. NaN where that is not known.
func (f *seasonFit) at(minute int64) float64 {
	hour := minute / minutesPerHour
	from := (float64(minute%minutesPerHour) + 0.5) / minutesPerHour
	a, b, part := hour-1, hour, from+0.5
	if from >= 0.5 {
		a, b, part = hour, hour+1, from-0.5
	}
	return between(math.Exp(f.log(a)), math.Exp(f.log(b)), part) - f.offset
}
