package baseline

import (
	"math"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Kind says how a series deviates.
type Kind string

// Kinds of deviation.
const (
	KindSpike          Kind = "spike"           // far more than usual, for less than half an hour so far
	KindStep           Kind = "step"            // far more than usual, and it stays
	KindSlowBurn       Kind = "slow-burn"       // hour after hour more than the season says
	KindNewEdge        Kind = "new-edge"        // two ends that never talked before
	KindNewDestination Kind = "new-destination" // a destination outside that the workload never had
	KindLeak           Kind = "leak-like"       // a large one-way outflow to the outside
	KindPath           Kind = "path-change"     // as many bytes, by a dearer way
	KindPrice          Kind = "price-change"    // as many bytes by the same way, at another price or tier
	KindFall           Kind = "fall"            // far less than usual: part of an incident, never one by itself
)

// Deviation is one series that is not as usual.
type Deviation struct {
	Scope Scope
	Kind  Kind
	Basis Basis
	// Since is the first minute that was off, Detected the one in which that was
	// sure, Until the first normal one, 0 while it lasts.
	Since, Detected, Until model.Minute
	// Seen is the newest minute looked at.
	Seen model.Minute
	// Bytes and Cost are what was carried and paid since Since, exactly;
	// ExpectedBytes and ExpectedCost are what the baseline says it would have been.
	Bytes, ExpectedBytes uint64
	Cost, ExpectedCost   money.Amount
	// Sigmas is how many standard deviations the logarithm was off when detected.
	Sigmas float64
	// Minor is true where it is too small to be an incident by itself.
	Minor bool
	// Accepted is true where it lasted so long that it became the normal.
	Accepted bool

	// observed counts the minutes since Since that were seen.
	observed uint64

	expectedBytes, expectedNano float64
	// variance is that of the logarithm of what is expected: how sure that is.
	variance float64
	// least is the smallest impact that matters, in nano-units a minute.
	least float64
}

func (d *Deviation) isNew() bool {
	return d.Kind == KindNewEdge || d.Kind == KindNewDestination || d.Kind == KindLeak && d.Basis == BasisNone
}

// Risky reports whether the kind is said for its risk, whatever it costs.
func (d *Deviation) Risky() bool { return d.Kind == KindLeak || d.Kind == KindNewDestination }

// Minutes is for how many minutes it was seen: those that are missing cost an amount
// that nobody knows.
func (d *Deviation) Minutes() uint64 {
	if d.observed > 0 {
		return d.observed
	}
	return uint64(max(d.Seen+1-d.Since, 1))
}

// Impact is the cost beyond the expected so far: what was paid less an estimate.
func (d *Deviation) Impact() (money.Amount, error) { return d.Cost.Sub(d.ExpectedCost) }

// ImpactPerDay is the impact at the rate so far, over a day: the severity.
func (d *Deviation) ImpactPerDay() (money.Amount, error) {
	impact, err := d.Impact()
	if err != nil {
		return money.Amount{}, err
	}
	return impact.Scale(minutesPerDay, d.Minutes())
}

// add counts a minute of the deviation.
func (d *Deviation) add(minute model.Minute, bytes, expectedBytes float64, cost money.Amount, expectedNano float64) error {
	var err error
	if d.Cost, err = d.Cost.Add(cost); err != nil {
		return err
	}
	d.Bytes += uint64(bytes)
	d.Seen = minute
	d.expect(d.expectedBytes+expectedBytes, d.expectedNano+expectedNano)
	return nil
}

// expect sets what it would have been until now.
func (d *Deviation) expect(bytes, nano float64) {
	d.expectedBytes, d.expectedNano = bytes, nano
	d.ExpectedBytes = uint64(math.Round(max(0, bytes)))
	d.ExpectedCost = money.FromNano(int64(math.Round(nano)))
}

// openAt begins a deviation with those of the last three minutes that were off.
func (s *series) openAt(last *window, kind Kind, m *measure) error {
	minute := last.newest()
	d := &Deviation{Scope: s.scope, Kind: kind, Basis: m.basis, Detected: minute, Seen: minute}
	if s.isNew(minute) {
		d.Basis = BasisNone
	}
	d.Sigmas = held(&m.ratio) / m.profile.sigma()
	if kind == KindSlowBurn && s.past != nil {
		s.open, s.quiet = d, 0
		return s.burnt(d, minute)
	}
	first := 2
	for i := range m.beyond {
		if s.beginsAt(kind, m, i) {
			first = i
			break
		}
	}
	d.Since = last[first]
	s.reckon = newReckoning(s, kind, d.Since)
	for i := first; i < len(m.beyond); i++ {
		if err := s.count(d, last[i], i); err != nil {
			return err
		}
	}
	s.open, s.quiet = d, 0
	return nil
}

// beginsAt reports whether one of the last three minutes was off.
func (s *series) beginsAt(kind Kind, m *measure, i int) bool {
	switch kind {
	case KindPrice:
		return s.priced[i] != 0
	case KindFall:
		return m.beyond[i] <= -0.5
	case KindPath:
		return m.beyond[i] >= 0.5 || math.Abs(s.ways.off[i]) >= 1
	default:
		return m.beyond[i] >= 0.5
	}
}

// count adds one of the last three minutes to a deviation. At another price what
// would have been paid is known: the same bytes at the old one.
func (s *series) count(d *Deviation, minute model.Minute, i int) error {
	d.observed++
	if d.Kind == KindPrice {
		return d.add(minute, s.bytes.last[i], s.bytes.wanted[i], s.costs[i], nano(s.costs[i])-s.priced[i])
	}
	if err := d.add(minute, s.bytes.last[i], 0, s.costs[i], 0); err != nil {
		return err
	}
	e := s.reckon.take(minute, i)
	d.variance = e.variance
	d.expect(e.bytes, e.nano)
	return nil
}

// calm reports whether the minute at hand is as usual again.
func (s *series) calm(minute model.Minute) bool {
	switch {
	case s.isNew(minute):
		return s.now.bytes == 0
	case s.open.Kind == KindSlowBurn:
		return !s.cost.burns() && !s.bytes.burns() && !s.cost.climbs() && !s.bytes.climbs()
	case s.open.Kind == KindPrice:
		return s.priced[2] == 0 && s.now.bytes > 0
	case s.open.Kind == KindFall:
		return s.cost.off() > -0.5 || s.cost.seasonable(minute)
	case s.open.Kind == KindPath && math.Abs(s.ways.off[2]) >= 0.5:
		return false
	default:
		return max(s.bytes.off(), s.cost.off()) < 0.5
	}
}

// goOn counts a further minute of an open deviation and ends it after enough
// quiet ones. It reports whether it ended.
func (s *series) goOn(minute, acceptAfter model.Minute) (bool, error) {
	const stepAfter = 30
	d := s.open
	if s.calm(minute) {
		if s.quiet == 0 {
			s.calmed = minute
		}
		s.quiet++
	} else {
		s.quiet = 0
	}
	if err := s.count(d, minute, len(s.costs)-1); err != nil {
		return false, err
	}
	if d.Kind == KindSpike && minute >= d.Since+stepAfter {
		d.Kind = KindStep
	}
	d.Accepted = minute >= d.Since+acceptAfter
	if s.quiet < quietAfter && !d.Accepted {
		return false, nil
	}
	if d.Until = minute + 1; s.quiet > 0 {
		d.Until = s.calmed
	}
	s.open, s.reckon, s.fresh = nil, nil, false
	if !d.Minor && d.Kind != KindFall && minute >= d.Since+minutesPerHour {
		s.bytes.hours, s.cost.hours = 0, 0 // that these hours were high is told: they are no slow burn now that it is over
	}
	switch {
	case d.Accepted:
		s.accept()
	case d.Kind == KindFall && s.cost.seasonable(minute): // it fell from a level that was no longer its own
		s.cost.actual, s.bytes.actual = s.cost.seasonal, s.bytes.seasonal
	}
	return true, nil
}

// outgrown ends a deviation of the price alone: what grows beside it is another one, from
// the next minute on, whose cost is beyond the usual bytes at the usual price.
func (s *series) outgrown(minute model.Minute) error {
	d := s.open
	if err := s.count(d, minute, len(s.costs)-1); err != nil {
		return err
	}
	d.Until = minute + 1
	s.open, s.reckon = nil, nil
	return nil
}

// accept takes the present for the normal: the level is what the last minutes hold.
func (s *series) accept() {
	for _, m := range []*measure{&s.bytes, &s.cost} {
		m.actual, m.seasonal, m.weight = 0, 0, 0
		m.profile = profile{}
		m.hours, m.basis = 0, BasisNone
	}
	for _, lane := range s.lanes {
		lane.share, lane.hasRate, *lane.way = 0, false, wayRate{}
	}
	s.ways = ways{}
}
