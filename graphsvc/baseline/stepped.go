package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
)

// stepped corrects what a series would have been by the step at its onset, and by the
// steps that other calls of the same client made then.
type stepped struct {
	by  *prior
	kin []*prior // nil until they are looked for
	// looked is true once they were.
	looked bool
	jump   jump
	// sumBytes is what the forecasts had come to when the jump was read off.
	sumBytes, sumNano float64
}

// prior is a flow's bytes, and what its past before an onset says of them.
type prior struct {
	series   *series
	onset    model.Minute
	forecast forecast
	drift    drift
	// jump is what was read off in the minute read: a flow is read once a minute, however
	// many kin ask for it.
	read model.Minute
	jump jump
	fits bool
}

func newPrior(s *series, f forecast) *prior {
	return &prior{series: s, onset: f.onset, forecast: f, drift: driftOf(&f.season, f.spread)}
}

// at is the step at the onset, as it is known in a minute.
func (p *prior) at(minute model.Minute) (jump, bool) {
	if p.read != minute {
		p.jump, p.fits = jumpOf(&p.series.bytes, &p.forecast, p.drift, p.onset, minute)
		p.read = minute
	}
	return p.jump, p.fits
}

func newStepped(s *series, onset model.Minute, f *forecast) *stepped {
	if !f.known || s.bytes.recent.newest < onset-1 {
		return nil
	}
	return &stepped{by: newPrior(s, *f)}
}

// take reads the step off anew where some minutes more are known.
func (s *stepped) take(r *reckoning, minute model.Minute) {
	if r.minutes%jumpBin != 0 || r.minutes > jumpMinutes {
		return
	}
	own, ok := s.by.at(minute)
	if own.minutes == 0 {
		return // some minutes are not known: what was read off before stands
	}
	s.jump = jump{}
	if !ok || !s.by.believes(&own) {
		return
	}
	if own.clear() {
		s.look(r.onset)
		own.pool(s.alike(&own, minute))
	}
	s.jump, s.sumBytes, s.sumNano = own, r.sumBytes, r.sumNano
}

// believes reports whether what is left when a jump is taken away is nothing that the
// flow's own drift would not do.
func (p *prior) believes(j *jump) bool {
	const deviations = 3
	usual := p.forecast.season.variance + p.drift.noise/float64(j.minutes)
	return math.Abs(math.Log(j.correction())) <= deviations*math.Sqrt(usual)
}

// look looks for the flows of other calls by the same client in the same direction.
func (s *stepped) look(onset model.Minute) {
	const most = 12
	if s.looked {
		return
	}
	s.looked = true
	for _, other := range s.by.series.kin.flows {
		if other == s.by.series || other.fresh || len(s.kin) == most {
			continue
		}
		if p := other.priorOf(onset); p.forecast.known {
			s.kin = append(s.kin, p)
		}
	}
}

// priorOf is what a flow's past before an onset says: its own deviation's where that
// has the same onset, since a past takes long to go through.
func (s *series) priorOf(onset model.Minute) *prior {
	if s.open != nil && s.reckon != nil && s.reckon.step != nil && s.reckon.onset == onset {
		return s.reckon.step.by
	}
	return newPrior(s, newForecast(&s.bytes, onset))
}

// alike are the jumps of those that jumped at the same time and in the same direction.
func (s *stepped) alike(own *jump, minute model.Minute) (jumps []jump) {
	for _, k := range s.kin {
		j, ok := k.at(minute)
		if ok && j.clear() && k.believes(&j) && j.log*own.log > 0 {
			jumps = append(jumps, j)
		}
	}
	return jumps
}

// correct puts what the step says in the place of what the season says, for the
// minutes in which the step was looked at, and those until it is looked at again.
func (s *stepped) correct(e expectation) expectation {
	if s.jump.minutes == 0 || s.sumBytes <= 0 {
		return e
	}
	times := s.jump.actual / math.Exp(s.jump.log) / s.sumBytes
	if s.jump.minutes < jumpMinutes {
		return expectation{e.bytes * times, e.nano * times, s.jump.variance}
	}
	// After that the season is surer than the drift of an hour ago.
	share := s.sumBytes / e.bytes
	return expectation{
		e.bytes + s.sumBytes*(times-1), e.nano + s.sumNano*(times-1), share*s.jump.variance + (1-share)*e.variance,
	}
}
