package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// rates are what bytes usually cost on each way, by the newest flows that went it:
// what a flow is compared with that has not run since the price changed, or since
// the service was started. A nightly batch at a new price is no batch that grew.
type rates map[rateKey]*wayRate

// rateKey is what the price of a byte depends on, beside the flow's own tier.
type rateKey struct {
	lane Lane
	// source and destination are kinds of ends, and which it is of those outside.
	source, destination model.Identity
}

// wayRate is the newest rate of a way, in nano-units per byte.
type wayRate struct {
	rate  float64
	known model.Minute
	// mixed is true where flows of the same minute paid different rates.
	mixed bool
}

func (r rates) of(key *model.EdgeKey) *wayRate {
	at := rateKey{LaneOf(key), priced(key.Source), priced(key.Destination)}
	if r[at] == nil {
		r[at] = &wayRate{}
	}
	return r[at]
}

// priced is what prices look at of an end.
func priced(i model.Identity) model.Identity {
	if i.Kind == model.KindCloudEndpoint || i.Kind == model.KindUnknown {
		return i
	}
	return model.Identity{Kind: i.Kind}
}

// learn takes the rate of a flow that deviates in nothing.
func (w *wayRate) learn(rate float64, minute model.Minute) {
	w.mixed = w.known == minute && (w.mixed || !sameRate(rate, w.rate))
	w.rate, w.known = rate, minute
}

// sameRate leaves room for amounts that were rounded to whole atoms.
func sameRate(a, b float64) bool {
	const rounding = 1e-4
	return math.Abs(a-b) <= rounding*math.Abs(b)
}

// usual is what a byte of the lane costs: what it did when the flow went it last, or
// what others pay there.
func (l *laneState) usual() (float64, bool) {
	if l.hasRate {
		return l.rate, true
	}
	return l.way.rate, l.way.known > 0 && !l.way.mixed
}
