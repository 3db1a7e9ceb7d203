package incidentgen

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// foreseen is what a call was to be expected to cost in a minute, in nano-units, by
// one who knows all that the generator knows up to an onset: the season, the drift and
// where it was heading, and how the noise is distributed; of what came later, nothing.
func (c *call) foreseen(minute, onset model.Minute) float64 {
	s := &c.season
	// The means of what the minutes are multiplied by: two log-normal factors and bursts.
	const bursts = 2
	mean := math.Exp((s.sigma*s.sigma+smallSigma*smallSigma)/2) * (1 + bursts*s.bursts)
	if s.batchFor == 0 {
		mean *= math.Exp(s.drift * (c.headed(minute, onset) - c.wander(minute)))
	}
	return c.cost(minute) * mean
}

// headed is wander as far as it is foreseen: the hours that began after the one of
// the onset are at their mean.
func (c *call) headed(minute, onset model.Minute) float64 {
	value := func(n uint64) float64 {
		if n > uint64(onset/hour)+1 {
			return 0
		}
		return normalOf(hash(c.index, n))
	}
	at := uint64(minute / hour)
	part := float64(minute%hour) / hour
	return value(at)*(1-part) + value(at+1)*part
}
