package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// jump is by how much a flow was multiplied at an onset. What multiplies it leaves its
// own drift as it was, so that the minutes before and after tell the two apart: the
// step of an interrupted time series, estimated by generalised least squares under
// the flow's own drift. Where it is known, what would have been without it is what was
// there, divided.
type jump struct {
	// log is its logarithm, variance how sure that is.
	log, variance float64
	// minutes are those since the onset that it was read off, 0 for none.
	minutes int
	// actual and usual are what these held, and what the season says of them.
	actual, usual float64
}

const (
	// jumpMinutes are looked at before an onset and after it.
	jumpMinutes = 60
	// jumpBin is how many minutes are taken together.
	jumpBin = 5
)

// jumpOf looks for a step in a measure at an onset, in the minutes up to one. ok is
// false where the minutes are not known, or do not look like a step under the
// measure's own drift.
func jumpOf(m *measure, f *forecast, d drift, onset, newest model.Minute) (j jump, ok bool) {
	n := min(int(newest+1-onset), jumpMinutes) / jumpBin
	if !f.known || n == 0 {
		return j, false
	}
	var at, logs []float64
	first := max(m.recent.from, newest+1-keptMinutes, onset-jumpMinutes)
	for from := onset - (onset-first)/jumpBin*jumpBin; from < onset+model.Minute(n*jumpBin); from += jumpBin {
		bin, held := binOf(m, f, from, math.Sqrt(d.noise))
		if !held {
			return j, false
		}
		at, logs = append(at, float64(from-onset)), append(logs, bin.log)
		if from >= onset {
			j.actual, j.usual = j.actual+bin.actual, j.usual+bin.usual
		}
	}
	if len(at) <= n {
		return j, false
	}
	j.minutes = n * jumpBin
	return j, j.solve(&d, at, logs)
}

// bin are some minutes of a measure.
type bin struct{ log, actual, usual float64 }

// binOf is the mean distance of some minutes from their season, as logarithms; a
// minute that is far from the others, a burst, is drawn in. held is false where a
// minute is not known or holds nothing.
func binOf(m *measure, f *forecast, from model.Minute, sigma float64) (b bin, held bool) {
	const far = 2.5
	var logs [jumpBin]float64
	for i := range logs {
		minute := from + model.Minute(i)
		value, known := m.recent.at(minute)
		usual := f.seasonal(minute)
		if !known || !(value > 0 && usual > 0) {
			return b, false
		}
		logs[i] = math.Log(value / usual)
		b.actual, b.usual = b.actual+value, b.usual+usual
	}
	middle := middleOf(logs[:])
	for _, y := range logs {
		b.log += min(middle+far*sigma, max(middle-far*sigma, y)) / jumpBin
	}
	return b, true
}

// solve estimates the step: bins from minute 0 on have it, those before do not.
func (j *jump) solve(d *drift, at, logs []float64) bool {
	const (
		seasonOff = 0.03 // how far off the season may be as a whole: it is in all bins alike
		misfit    = 3
	)
	n := len(at)
	covariance := squareOf(n)
	step := make([]float64, n)
	for a := range n {
		for b := range a + 1 {
			covariance[a][b] = d.at(at[a]-at[b]) + seasonOff*seasonOff
		}
		covariance[a][a] += d.noise / jumpBin
		if at[a] >= 0 {
			step[a] = 1
		}
	}
	if !covariance.factorize() {
		return false
	}
	covariance.whiten(step)
	covariance.whiten(logs)
	weight, product, squares := dot(step, step), dot(step, logs), dot(logs, logs)
	j.log, j.variance = product/weight, 1/weight
	return (squares-product*product/weight)/float64(n-1) <= misfit
}

// correction is by how much the season's sum is off, by the jump.
func (j *jump) correction() float64 { return j.actual / math.Exp(j.log) / j.usual }
