package incidentgen

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// Summary is what the 60 minutes of one hour come to: median, quartiles, the third
// largest minute, and the mean.
type Summary struct{ Median, Lower, Upper, Peak, Mean float32 }

// Past is one flow's hour.
type Past struct {
	Source, Destination model.Identity
	Port                uint16
	Initiator           model.Initiator
	Start               model.Minute
	Bytes, Cost         Summary // cost in nano-units
}

// History calls take for every flow with some hours before Start, in order; the
// slice is valid until take returns. The summaries are drawn from the distribution
// that minutes are drawn from: making and sorting every minute of weeks would take
// longer than all the rest.
func (c *Cluster) History(hours int, take func([]Past) error) error {
	flows := [2][]Past{make([]Past, hours), make([]Past, hours)}
	for _, call := range c.calls {
		requestRate, answerRate := call.meanRates()
		ends := [2]Past{
			{Source: call.client, Destination: call.server, Port: call.port, Initiator: model.InitiatorSource},
			{Source: call.server, Destination: call.client, Port: call.port, Initiator: model.InitiatorDestination},
		}
		for n := range hours {
			start := c.Start - model.Minute((hours-n)*hour)
			base := call.summary(start)
			for i, part := range []struct{ mean, rate float64 }{{call.request, requestRate}, {call.answer, answerRate}} {
				past := ends[i]
				past.Start, past.Bytes, past.Cost = start, base.times(part.mean), base.times(part.mean*part.rate)
				flows[i][n] = past
			}
		}
		for _, flow := range flows {
			if err := take(flow); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s Summary) times(factor float64) Summary {
	f := float32(factor)
	return Summary{s.Median * f, s.Lower * f, s.Upper * f, s.Peak * f, s.Mean * f}
}

// summary is an hour of a call's factor.
func (c *call) summary(start model.Minute) Summary {
	if c.season.batchFor > 0 {
		return c.batchSummary(start)
	}
	const (
		half       = hour / 2
		quartile   = 0.6745 // of a normal variable
		third      = 1.66   // the mean of the third largest of 60
		ofMedian   = 0.162  // standard deviation of the median of 60
		ofThird    = 0.25
		uniformDev = 3.4641 // range of a uniform variable over its deviation
	)
	middle := math.Log(c.at(start + half))
	slope := (math.Log(c.at(start+hour-1)) - math.Log(c.at(start))) / uniformDev
	sigma := math.Hypot(c.season.sigma, slope)
	middle += ofMedian * sigma * c.noise.NormFloat64()
	peak := third*sigma + ofThird*sigma*c.noise.NormFloat64()
	lift := sigma * sigma / 2 // of a log-normal's mean over its median
	const burst = 2           // what a burst adds on average
	mean := exp(middle+lift) * float32(1+burst*c.season.bursts)
	return Summary{exp(middle), exp(middle - quartile*sigma), exp(middle + quartile*sigma), exp(middle + max(peak, quartile*sigma)), mean}
}

func exp(x float64) float32 { return float32(math.Exp(x)) }

// batchSummary counts the minutes in which a batch ran.
func (c *call) batchSummary(start model.Minute) Summary {
	ran := 0
	for m := range model.Minute(hour) {
		ran += int(c.batch(start + m))
	}
	at := func(rank int) float32 { // the value that so many minutes reach
		if ran >= rank {
			return 1
		}
		return 0
	}
	const quarter, peak, third = hour / 4, 3, 1.2
	high := exp(third * c.season.sigma) // about the third largest of some ten to forty minutes
	return Summary{at(2 * quarter), at(3 * quarter), at(quarter), at(peak) * high, float32(ran) / hour}
}

// meanRates are nano-units a byte over the call's lanes.
func (c *call) meanRates() (request, answer float64) {
	for i := range c.lanes {
		request += c.lanes[i].share * float64(c.lanes[i].requestRate) / gib
		answer += c.lanes[i].share * float64(c.lanes[i].answerRate) / gib
	}
	return request, answer
}

// SpendPerDay is about what the cluster costs a day, in nano-units.
func (c *Cluster) SpendPerDay() float64 {
	sum := 0.0
	for _, call := range c.calls {
		request, answer := call.meanRates()
		part := call.request*request + call.answer*answer
		if call.season.batchFor > 0 {
			part *= float64(call.season.batchFor) / day
		}
		sum += part
	}
	return sum * day
}
