package incidentbench

import (
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
)

// Plain is what a plain method made of a case: it looks at each flow's cost alone.
type Plain struct {
	Found        bool
	DelayMinutes int
	// False are the flows that it flagged although nothing had changed them.
	False int
}

// plain runs both methods over the minutes that were kept.
func (k *kept) plain(first model.Minute, incident *incidentgen.Incident) (zScore, tukey Plain) {
	flows, series := k.series()
	for i, flow := range flows {
		zScore.count(first, incident, flow, firstZ(series[i]))
		tukey.count(first, incident, flow, firstTukey(series[i]))
	}
	return zScore, tukey
}

// count takes the first minute at which a method flagged a flow, -1 for never.
func (p *Plain) count(first model.Minute, incident *incidentgen.Incident, flow baseline.Flow, at int) {
	if at < 0 {
		return
	}
	minute := first + model.Minute(at)
	if !touchesFlow(flow, incident) || minute < incident.At {
		p.False++
		return
	}
	if delay := int(minute-incident.At) + 1; !p.Found || delay < p.DelayMinutes {
		p.Found, p.DelayMinutes = true, delay
	}
}

const (
	window = 60 // minutes that a value is compared with
	// A flow whose excess is below this, in nano-units a minute, is left alone: the
	// plain methods get the same gate as ours.
	leastExcess = 0.5e9 / (24 * 60)
)

// firstZ is the first value more than three standard deviations above the mean of
// the hour before.
func firstZ(series []float64) int {
	const limit = 3
	for i := window; i < len(series); i++ {
		mean, deviation := moments(series[i-window : i])
		if series[i] > mean+limit*deviation && series[i]-mean > leastExcess {
			return i
		}
	}
	return -1
}

func moments(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		deviation += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(values)))
}

// firstTukey is the first minute whose value lies above the fences of the hour
// that ends with it, as seriesOutliersDetectTukey has them. The window is kept in
// order as it moves: sorting it anew for every minute took longer than detection.
func firstTukey(series []float64) int {
	if len(series) <= window {
		return -1
	}
	sorted := slices.Sorted(slices.Values(series[:window]))
	for i := window; i < len(series); i++ {
		at, _ := slices.BinarySearch(sorted, series[i])
		sorted = slices.Insert(sorted, at, series[i])
		if _, high := fences(sorted); series[i]-high > leastExcess {
			return i
		}
		oldest, _ := slices.BinarySearch(sorted, series[i-window])
		sorted = slices.Delete(sorted, oldest, oldest+1)
	}
	return -1
}

// Tukey is ClickHouse's seriesOutliersDetectTukey with its defaults: how far each
// value lies beyond the fences, which stand 1.5 quartile ranges outside of the
// quartiles; 0 within them. A test compares it with the engine's own.
func Tukey(series []float64) []float64 {
	low, high := fences(slices.Sorted(slices.Values(series)))
	scores := make([]float64, len(series))
	for i, v := range series {
		switch {
		case v < low:
			scores[i] = v - low
		case v > high:
			scores[i] = v - high
		}
	}
	return scores
}

// fences are what a sorted series may hold.
func fences(sorted []float64) (low, high float64) {
	const lower, upper, k = 0.25, 0.75, 1.5
	q1, q3 := quantile(sorted, lower), quantile(sorted, upper)
	return q1 - k*(q3-q1), q3 + k*(q3-q1)
}

// quantile is the value that a share of the values is at or below; where the share
// is a whole number of them, the mean of the last of these and the next.
func quantile(sorted []float64, share float64) float64 {
	values := share * float64(len(sorted))
	last := int(math.Ceil(values)) - 1
	if whole := math.Trunc(values); whole == values && int(whole) < len(sorted) {
		return (sorted[int(whole)-1] + sorted[int(whole)]) / 2
	}
	return sorted[last]
}
