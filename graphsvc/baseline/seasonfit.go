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

// settle fits both parts by turns until they hardly move.
func (f *seasonFit) settle(logs []float64, first int64) {
	const sweeps = 3
	for range sweeps {
		f.ofDay = [hoursPerDay]float64(means(logs, hoursPerDay, func(i int) (int, float64) {
			hour := first + int64(i)
			return int(hour % hoursPerDay), f.ofWeek[dayOf(hour)]
		}))
		if len(logs) < fitWeek*hoursPerDay {
			return
		}
		f.ofWeek = [hoursPerWeek / hoursPerDay]float64(means(logs, hoursPerWeek/hoursPerDay, func(i int) (int, float64) {
			hour := first + int64(i)
			return dayOf(hour), f.ofDay[hour%hoursPerDay]
		}))
	}
}

func dayOf(hour int64) int { return int(hour / hoursPerDay % (hoursPerWeek / hoursPerDay)) }

// means are the means of what is left of values, by slot; NaN for a slot of none.
func means(values []float64, slots int, of func(int) (slot int, without float64)) []float64 {
	sums, counts := make([]float64, slots), make([]float64, slots)
	for i, v := range values {
		if slot, without := of(i); !math.IsNaN(v - without) {
			sums[slot] += v - without
			counts[slot]++
		}
	}
	for i := range sums {
		sums[i] /= counts[i]
	}
	return sums
}

// clip draws hours that are far off in to three standard deviations, so that what
// once happened does not bend the season.
func (f *seasonFit) clip(logs []float64, first int64) {
	const far, meanToSD = 3, 1.2533
	sum, n := 0.0, 0.0
	for i, y := range logs {
		if r := y - f.log(first+int64(i)); !math.IsNaN(r) {
			sum, n = sum+math.Abs(r), n+1
		}
	}
	limit := far * meanToSD * sum / n
	for i, y := range logs {
		season := f.log(first + int64(i))
		if !math.IsNaN(y - season) {
			logs[i] = min(season+limit, max(season-limit, y))
		}
	}
}

// judge works out how far hours are from the season.
func (f *seasonFit) judge(logs []float64, first int64) {
	const parameters = hoursPerDay + hoursPerWeek/hoursPerDay - 1
	squares, n := 0.0, 0.0
	for i, y := range logs {
		if r := y - f.log(first+int64(i)); !math.IsNaN(r) {
			squares, n = squares+r*r, n+1
		}
	}
	f.variance = squares / max(1, n-parameters)
}

// persist works out for how long hours stay where they are beside the season.
func (f *seasonFit) persist(logs []float64, first int64) {
	for i := range logs {
		logs[i] -= f.log(first + int64(i))
	}
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
	sums, counts := make([]float64, hoursPerWeek), make([]float64, hoursPerWeek)
	for i, y := range logs {
		if !math.IsNaN(y) {
			slot := (first + int64(i)) % hoursPerWeek
			sums[slot] += y
			counts[slot]++
		}
	}
	squares, n := 0.0, 0.0
	for i, y := range logs {
		slot := (first + int64(i)) % hoursPerWeek
		if k := counts[slot]; !math.IsNaN(y) && k >= 2 {
			r := y - (sums[slot]-y)/(k-1) // from the mean of the others
			// The mean of all k is that much nearer to the next than that of k-1.
			squares, n = squares+r*r*(1+1/k)/(1+1/(k-1)), n+1
		}
	}
	if n < hoursPerWeek || squares/n >= f.variance {
		return
	}
	f.variance, f.byHour = squares/n, sums
	for i := range sums {
		sums[i] /= counts[i]
	}
}

// log is what an hour is expected to hold, as a logarithm; NaN where that hour was
// never seen.
func (f *seasonFit) log(hour int64) float64 {
	if f.byHour != nil {
		return f.byHour[hour%hoursPerWeek]
	}
	return f.ofDay[hour%hoursPerDay] + f.ofWeek[dayOf(hour)]
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
