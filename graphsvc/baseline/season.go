package baseline

import "github.com/egressor/egressor/internal/model"

// Season is how many times as many bytes a minute a flow usually carries in the
// minutes [laterFrom, laterTo) as in [from, to), by its own past; 1 where its
// past has no season. It is between a quarter and four: what nearly rests by
// night has no ratio worth the name.
func (d *Detector) Season(flow Flow, from, to, laterFrom, laterTo model.Minute) float64 {
	const most = 4
	s := d.series[Scope{Kind: ScopeFlow, Flow: flow}]
	if s == nil {
		return 1
	}
	before, known := s.bytes.usual(from, to)
	after, knownToo := s.bytes.usual(laterFrom, laterTo)
	if !known || !knownToo {
		return 1
	}
	offset := max(s.bytes.profile.offset(s.bytes.floor), s.bytes.floor)
	return min(most, max(1.0/most, (after+offset)/(before+offset)))
}

// Known reports whether a flow carried bytes before a minute, as far as the past
// reaches.
func (d *Detector) Known(flow Flow, before model.Minute) bool {
	s := d.series[Scope{Kind: ScopeFlow, Flow: flow}]
	return s != nil && s.born < before
}

// usual is the season's mean over some minutes, looked at every quarter of an hour.
func (m *measure) usual(from, to model.Minute) (mean float64, known bool) {
	const step = 15
	n := 0.0
	for minute := from; minute < to; minute += step {
		value, basis := m.profile.expected(minute)
		if basis != BasisHourOfWeek && basis != BasisHourOfDay {
			return 0, false
		}
		mean, n = mean+value, n+1
	}
	if n == 0 {
		return 0, false
	}
	return mean / n, true
}
