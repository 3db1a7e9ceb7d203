package baseline

import "math"

// ways are what other ways than the usual ones made of a flow's last three minutes.
// Bytes that go elsewhere cost more or less by their rates, which are known: that has
// no other noise than how the bytes are spread over the ways.
type ways struct {
	// more is in nano-units, at the usual prices; off is the same as a share of what the
	// usual ways would have cost, in thresholds.
	more, off [3]float64
	// share is the newest share, and noise the usual size of it.
	share, noise float64
	// known counts the minutes that were taken for usual.
	known int
}

// youngWays is for how many minutes the ways of a flow must be known before other
// ones are a change.
const youngWays = 30

// take counts a minute's bytes and what they cost at the usual prices.
func (w *ways) take(lanes []*laneState, bytes, nano float64) {
	const least, times = 0.03, 6
	usual := 0.0
	for _, lane := range lanes {
		usual += lane.share * lane.rate * bytes
	}
	more, share := nano-usual, 0.0
	switch {
	case usual > 0:
		share = more / usual
	case more > 0:
		share = 1
	}
	w.share = share
	shift(&w.more, more)
	shift(&w.off, share/max(least, times*w.noise))
}

// settle takes the newest minute for usual.
func (w *ways) settle() {
	const memory = 60
	if w.known > 0 {
		w.noise += (math.Abs(w.share) - w.noise) / float64(min(w.known, memory))
	}
	w.known++
}

// changed reports whether all of the last three minutes went other ways, dearer or
// cheaper.
func (w *ways) changed() bool {
	o := &w.off
	return w.known >= youngWays && (min(o[0], o[1], o[2]) >= 1 || max(o[0], o[1], o[2]) <= -1)
}
