package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// window are the last three minutes that were taken in, the newest last. What is known
// of each is kept in the same order: measure.last and its like.
type window [3]model.Minute

func (w *window) newest() model.Minute { return w[len(w)-1] }

// longGap is how many minutes must be missing for those before to be no evidence of what
// is the case after them.
const longGap = quietAfter

// pass moves on to a minute that is to be taken in. Where minutes are missing before it,
// an hour may have ended among them, and what was known of the moment is old.
func (d *Detector) pass(minute model.Minute) {
	last := d.window.newest()
	d.window = window{d.window[1], d.window[2], minute}
	gap := minute - last - 1
	if last == 0 || gap == 0 {
		return
	}
	ended := minute/minutesPerHour != last/minutesPerHour && (last+1)%minutesPerHour != 0
	for _, s := range d.order {
		if ended {
			s.endHour(last)
		}
		s.rest(gap)
	}
	d.spend.rest(gap)
}

// rest lets some missing minutes pass.
func (s *series) rest(gap model.Minute) {
	if gap >= longGap {
		s.ways.off = [3]float64{}
	}
	s.bytes.rest(gap)
	s.cost.rest(gap)
}

// rest takes the level towards the season by as much as it would have been forgotten in
// the minutes that are missing. After many of them the minutes before say nothing of the
// present, nor are they neighbours of it.
func (m *measure) rest(gap model.Minute) {
	if m.basis != BasisNone && m.weight > 0 {
		kept := math.Pow(fade, float64(gap))
		m.actual = m.actual*kept + m.seasonal*(1-kept)
	}
	if gap >= longGap {
		m.beyond, m.ratio = [3]float64{}, [3]float64{}
		m.stale = len(m.last) - 1
	}
	if gap >= minutesPerHour { // nor are the hours before it the last ones
		m.hours = 0
	}
}
