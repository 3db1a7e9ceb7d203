package baseline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Observation is one folded minute as the detector sees it.
type Observation struct {
	Minute model.Minute
	Edges  []model.PricedEdge
	// IDs are the edges' ids in the same order, where the caller has them at hand:
	// computing them costs more than all the rest. nil where it has not.
	IDs []model.EdgeID
	// Charges are the minute's sums by charge code; nil where they are not known.
	Charges []ChargeSum
	// Partial is true where an agent was silent in the minute: what is missing
	// would teach a level that is too low, so nothing is learnt and nothing said.
	Partial bool
}

// ChargeSum is what one charge code came to in a minute.
type ChargeSum struct {
	Code   string
	Bytes  uint64
	Amount money.Amount
}

// Detector holds the past of every series. Not safe for concurrent use.
type Detector struct {
	settings Settings
	series   map[Scope]*series
	order    []*series // in the order of their first appearance: iteration is deterministic
	kin      map[kinOf]*kin
	rates    rates
	edges    map[model.EdgeID]*edgeRef
	// first and newest are the first and the newest minute observed.
	first, newest model.Minute
	// window are the last three minutes that were taken in, the newest last: minutes may
	// be missing between them.
	window window
	// seeded is the first minute of what was taken over from a store.
	seeded model.Minute
	spend  measure
	sigmas float64
	sized  int // for how many series sigmas is
}

// edgeRef is where one edge's bytes count.
type edgeRef struct {
	flow *series
	lane *laneState
	// wider are the workload's, the class's and the endpoints' series.
	wider []*series
	seen  model.Minute
}

// NewDetector returns a detector that has seen nothing.
func NewDetector(settings Settings) (*Detector, error) {
	if err := settings.Check(); err != nil {
		return nil, err
	}
	return &Detector{
		settings: settings, series: map[Scope]*series{}, kin: map[kinOf]*kin{}, rates: rates{}, edges: map[model.EdgeID]*edgeRef{}, spend: measure{floor: costFloor},
	}, nil
}

// Series is how many series there are.
func (d *Detector) Series() int { return len(d.order) }

// Newest is the newest minute observed, 0 before the first.
func (d *Detector) Newest() model.Minute { return d.newest }

// Observe takes a minute and returns the deviations that began, last or ended in
// it, in a fixed order. A minute that is not newer than the newest is refused.
func (d *Detector) Observe(o Observation) ([]Deviation, error) {
	if o.IDs != nil && len(o.IDs) != len(o.Edges) {
		return nil, fmt.Errorf("minute %s has %d edges and %d ids", o.Minute, len(o.Edges), len(o.IDs))
	}
	if o.Minute <= d.newest {
		return nil, fmt.Errorf("minute %s is not after %s: minutes are observed in order, each once", o.Minute, d.newest)
	}
	if d.first == 0 {
		d.first = o.Minute
	}
	d.newest = o.Minute
	if o.Partial {
		return nil, nil
	}
	d.pass(o.Minute)
	d.tune()
	total := d.collect(o)
	least, err := d.spent(o.Minute, total)
	if err != nil {
		return nil, err
	}
	for _, s := range d.order {
		if err := s.step(o.Minute, d.sigmas); err != nil {
			return nil, fmt.Errorf("%s: %w", s.scope, err)
		}
	}
	var found []Deviation
	for _, s := range d.order {
		deviation, err := d.judge(s, o.Minute, least)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.scope, err)
		}
		if deviation != nil {
			found = append(found, *deviation)
		}
	}
	for _, s := range d.order {
		s.settle(o.Minute)
	}
	d.prune()
	return found, nil
}

// tune sets the number of standard deviations for the number of series.
func (d *Detector) tune() {
	const grain = 64
	if n := len(d.order)/grain + 1; n != d.sized {
		d.sized, d.sigmas = n, d.settings.sigmas(n*grain)
	}
}

// collect adds the minute's edges to their series and returns what all cost.
func (d *Detector) collect(o Observation) money.Accumulator {
	var total money.Accumulator
	for i := range o.Edges {
		edge := &o.Edges[i]
		id := o.idOf(i)
		ref := d.edges[id]
		if ref == nil {
			ref = d.refer(&edge.Key, o.Minute)
			d.edges[id] = ref
		}
		ref.seen = o.Minute
		ref.flow.now.add(edge)
		ref.lane.now.add(edge)
		for _, s := range ref.wider {
			s.now.add(edge)
		}
		total.Add(edge.Cost)
	}
	for i := range o.Charges {
		s := d.seriesOf(Scope{Kind: ScopeCharge, Name: o.Charges[i].Code}, o.Minute)
		s.now.bytes += o.Charges[i].Bytes
		s.now.cost.Add(o.Charges[i].Amount)
	}
	return total
}

func (o *Observation) idOf(i int) model.EdgeID {
	if o.IDs != nil {
		return o.IDs[i]
	}
	return o.Edges[i].Key.ID()
}

func (s *sums) add(edge *model.PricedEdge) {
	s.bytes += edge.Sent.WireBytes
	s.cost.Add(edge.Cost)
}

// refer finds or makes the series that an edge counts in.
func (d *Detector) refer(key *model.EdgeKey, minute model.Minute) *edgeRef {
	flow, lane := FlowOf(key), LaneOf(key)
	ref := &edgeRef{flow: d.seriesOf(Scope{Kind: ScopeFlow, Flow: flow}, minute)}
	if at := slices.IndexFunc(ref.flow.lanes, func(l *laneState) bool { return l.lane == lane }); at >= 0 {
		ref.lane = ref.flow.lanes[at]
	} else {
		ref.lane = &laneState{lane: lane, way: d.rates.of(key)}
		ref.flow.lanes = append(ref.flow.lanes, ref.lane)
	}
	d.linkAnswer(ref.flow)
	ref.wider = append(ref.wider, d.seriesOf(Scope{Kind: ScopeClass, Name: lane.Class()}, minute))
	if key.Source.Kind == model.KindWorkload {
		ref.wider = append(ref.wider, d.seriesOf(Scope{Kind: ScopeWorkload, Name: key.Source.ID()}, minute))
	}
	for _, end := range []model.Identity{key.Source, key.Destination} {
		if end.Kind == model.KindCloudEndpoint {
			ref.wider = append(ref.wider, d.seriesOf(Scope{Kind: ScopeEndpoint, Name: end.ID()}, minute))
		}
	}
	return ref
}

func (d *Detector) linkAnswer(s *series) {
	f := s.scope.Flow
	back := map[model.Initiator]model.Initiator{
		model.InitiatorSource: model.InitiatorDestination, model.InitiatorDestination: model.InitiatorSource, model.InitiatorUnknown: model.InitiatorUnknown,
	}
	answer := Flow{f.Destination, f.Source, f.ServerPort, f.Protocol, back[f.Initiator]}
	if other := d.series[Scope{Kind: ScopeFlow, Flow: answer}]; other != nil {
		s.answer, other.answer = other, s
	}
}

// warmUp is how long the detector learns who talks to whom before it calls a
// flow new, in minutes.
const warmUp = 60

func (d *Detector) seriesOf(scope Scope, minute model.Minute) *series {
	if s := d.series[scope]; s != nil {
		return s
	}
	s := newSeries(scope, minute)
	began := d.first
	if d.seeded != 0 {
		began = min(began, d.seeded)
	}
	s.fresh = scope.Kind == ScopeFlow && minute >= began+warmUp
	d.enter(s)
	return s
}

// spent follows what all transfer costs and returns the least impact, in
// nano-units a minute, that matters beside it.
func (d *Detector) spent(minute model.Minute, total money.Accumulator) (float64, error) {
	amount, err := total.Amount()
	if err != nil {
		return 0, err
	}
	expected := d.spend.expect(minute)
	d.spend.take(minute, nano(amount), expected, d.sigmas)
	d.spend.settle(minute)
	const thousand = 1000
	least := nano(d.settings.MinImpactPerDay) / minutesPerDay
	if d.spend.weight > 1 {
		least = max(least, expected*float64(d.settings.MinImpactPermille)/thousand)
	}
	return least, nil
}

// prune forgets what has not been seen for a month, now and then.
func (d *Detector) prune() {
	if d.newest%minutesPerDay != 0 {
		return
	}
	d.order = slices.DeleteFunc(d.order, func(s *series) bool {
		old := s.seen < d.newest-minutesPerMonth && s.open == nil
		if old {
			delete(d.series, s.scope)
			s.kin.leave(s)
		}
		return old
	})
	maps.DeleteFunc(d.rates, func(_ rateKey, w *wayRate) bool { return w.known < d.newest-minutesPerMonth })
	for id, ref := range d.edges {
		if ref.seen < d.newest-2*minutesPerDay {
			delete(d.edges, id)
		}
	}
}

// Open are the deviations that last, costliest first.
func (d *Detector) Open() []Deviation {
	var open []Deviation
	for _, s := range d.order {
		if s.open != nil {
			open = append(open, *s.open)
		}
	}
	slices.SortStableFunc(open, func(a, b Deviation) int { return cmp.Compare(b.expectedGain(), a.expectedGain()) })
	return open
}

func (d *Deviation) expectedGain() float64 { return nano(d.Cost) - d.expectedNano }
