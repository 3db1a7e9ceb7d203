package baseline

import (
	"math"
	"sync"
)

// drift is how a series wanders about its season, on the scale of logarithms: a
// smooth part that hours share with their neighbours, and the noise of each minute.
// The smooth part has a Matérn covariance of order 3/2 (Rasmussen and Williams,
// Gaussian Processes for Machine Learning, 2006, eq. 4.17).
type drift struct {
	// variance and length, in minutes, are those of the smooth part, noise is the
	// variance of a minute about it.
	variance, length, noise float64
}

// driftOf reads the drift off a fitted season: how far hours are from it and how much
// of that the next one still has, less what the minutes' own noise makes of an hour's
// median.
func driftOf(f *seasonFit, spread float64) drift {
	const (
		medianNoise = math.Pi / 2 / minutesPerHour // of the median of 60 normal values, to the variance of one
		least       = 1e-6
	)
	d := drift{noise: spread * spread}
	hours := max(least, f.variance-medianNoise*d.noise)
	lengths := driftLengths()
	shared := f.persistence * f.variance / hours
	best := lengths[0]
	for _, l := range lengths {
		if math.Abs(l.shared-shared) < math.Abs(best.shared-shared) {
			best = l
		}
	}
	d.length, d.variance = best.minutes, hours/best.ofHour
	return d
}

// at is the covariance of two moments of the smooth part, some minutes apart.
func (d *drift) at(minutes float64) float64 { return d.variance * matern(minutes, d.length) }

func matern(minutes, length float64) float64 {
	far := math.Sqrt(3) * math.Abs(minutes) / length
	return (1 + far) * math.Exp(-far)
}

// driftLength is a length, and what it makes of the means of whole hours.
type driftLength struct {
	minutes float64
	// ofHour is the variance of an hour's mean to that of a moment, shared the
	// autocorrelation of the means of two hours in a row.
	ofHour, shared float64
}

// driftLengths are those that can be told apart by hours.
var driftLengths = sync.OnceValue(func() (lengths []driftLength) {
	const step = 5
	for _, minutes := range []float64{15, 20, 30, 45, 60, 90, 120, 180, 300, 600} {
		same, next, n := 0.0, 0.0, 0.0
		for a := 0.0; a < minutesPerHour; a += step {
			for b := 0.0; b < minutesPerHour; b += step {
				same += matern(a-b, minutes)
				next += matern(a-b+minutesPerHour, minutes)
				n++
			}
		}
		lengths = append(lengths, driftLength{minutes, same / n, next / same})
	}
	return lengths
})
