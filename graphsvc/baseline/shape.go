package baseline

import (
	"math"
	"slices"
)

// Shape is what one hour of a series' minutes looked like.
type Shape struct {
	// Median, Lower and Upper are the median and the quartiles of the minutes.
	Median, Lower, Upper float32
	// Peak is the third largest minute: what the series held for about three
	// minutes at most.
	Peak float32
	// Mean is what sums are made of: where minutes are skewed it is above the median.
	Mean float32
}

// minMinutes is how many minutes of an hour must be there for it to teach.
const minMinutes = 30

// ShapeOf sorts the minutes of an hour in place and describes them. ok is false
// where too few are there.
func ShapeOf(minutes []float32) (shape Shape, ok bool) {
	n := len(minutes)
	if n < minMinutes {
		return Shape{}, false
	}
	slices.Sort(minutes)
	sum := 0.0
	for _, v := range minutes {
		sum += float64(v)
	}
	return Shape{
		Median: minutes[n/2], Lower: minutes[n/4], Upper: minutes[n*3/4], Peak: minutes[n-3], Mean: float32(sum / float64(n)),
	}, true
}

// spread is the standard deviation of the logarithms, from the quartiles.
func (s Shape) spread(offset float64) float64 {
	const quartileRange = 1.349 // of a normal distribution, in standard deviations
	return (logOf(s.Upper, offset) - logOf(s.Lower, offset)) / quartileRange
}

// lift is how far the mean stands above the median, as a logarithm.
func (s Shape) lift(offset float64) float64 { return logOf(s.Mean, offset) - logOf(s.Median, offset) }

// peak is how far above the median the hour held, as a logarithm.
func (s Shape) peak(offset float64) float64 {
	return logOf(s.Peak, offset) - logOf(s.Median, offset)
}

func logOf(value float32, offset float64) float64 { return math.Log(float64(value) + offset) }
