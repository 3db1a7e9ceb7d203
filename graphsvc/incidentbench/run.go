package incidentbench

import (
	"fmt"
	"math"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Case is one seed's incident and what was made of it.
type Case struct {
	Seed      uint64
	Kind      incidentgen.Kind
	Workloads int
	// Skipped says why the cluster could not have the incident, "" where it had.
	Skipped string
	// Found is the incident that was detected; nil where none was.
	Found bool
	// DelayMinutes is from the first byte to the end of the minute of detection.
	DelayMinutes int
	// Others are incidents raised beside it.
	Others []string
	// Kind and causes as told ten minutes after the detection.
	Told   baseline.Kind
	Causes []diagnosis.CauseKind
	Scores []int
	// Right is the rank of the true cause, from 1; 0 where it is not among them.
	Right int
	// ImpactError is the relative error of the incident's cost at the end.
	ImpactError float64
	// Within is whether the true cost lay within the range that was told, Width the half
	// of the range as a share of the cost told.
	Within bool
	Width  float64
	// Parts are the pairs of ends told most wrong.
	Parts []Part `json:",omitempty"`
	// Surprise is the part of it that no estimate can know: the error of one that knows
	// the generator, but not the noise after the onset.
	Surprise float64
	// ZScore and Tukey are what the two plain methods made of the same minutes.
	ZScore, Tukey Plain
}

const (
	pastHours = 15 * 24
	before    = 90 // minutes before the incident
	after     = 60 // and from it on
	slowAfter = 12 * 60
	// diagnoseAfter is how many minutes after its beginning an incident is explained.
	diagnoseAfter = 12
	hour          = 60
)

// leastPerDay is what an injected incident costs a day at least, in nano-units:
// one currency unit, and one per cent of what the cluster spends. Both are twice
// what the settings call worth a person's time.
func leastPerDay(c *incidentgen.Cluster) float64 {
	const one, share = 1e9, 0.01
	return math.Max(one, share*c.SpendPerDay())
}

// Run generates a seed's cluster, lets an incident happen, and reports. The kind
// is the seed's by turns; where the cluster has nothing that it could happen to,
// another one that could.
func Run(seed uint64) (Case, error) {
	for n := range uint64(len(incidentgen.Kinds)) {
		kind := incidentgen.Kinds[(seed+5*n)%uint64(len(incidentgen.Kinds))]
		cluster, err := prepared(seed, kind)
		if err != nil {
			return Case{}, err
		}
		if _, err := cluster.Inject(kind, cluster.Start+before, leastPerDay(cluster)); err != nil {
			continue
		}
		result, err := run(seed, kind)
		if err != nil || result.Skipped == "" {
			return result, err
		}
	}
	return Case{}, fmt.Errorf("seed %d: no kind of incident could happen to it", seed)
}

func prepared(seed uint64, kind incidentgen.Kind) (*incidentgen.Cluster, error) {
	cluster, err := incidentgen.New(seed)
	if err != nil {
		return nil, err
	}
	return cluster, cluster.Prepare(kind)
}

func run(seed uint64, kind incidentgen.Kind) (Case, error) {
	result := Case{Seed: seed, Kind: kind}
	cluster, err := prepared(seed, kind)
	if err != nil {
		return result, err
	}
	result.Workloads = cluster.Size()
	w, err := newWatch(cluster)
	if err != nil {
		return result, err
	}
	at := cluster.Start + before
	if err := w.observe(at, nil); err != nil {
		return result, err
	}
	incident, err := cluster.Inject(kind, at, leastPerDay(cluster))
	if err != nil {
		result.Skipped = err.Error()
		return result, nil //nolint:nilerr // what everyday changes did in between can make it impossible: counted as skipped
	}
	end := at + after
	if kind == incidentgen.SlowGrowth {
		end = at + slowAfter
	}
	if err := w.observe(end, incident); err != nil {
		return result, err
	}
	return result, w.judge(&result, incident)
}

// watch feeds a detector with a cluster's minutes.
type watch struct {
	cluster  *incidentgen.Cluster
	detector *baseline.Detector
	tracker  baseline.Tracker
	next     model.Minute
	// kept are the minutes so far, for the diagnosis.
	kept  kept
	first model.Minute
	hours []baseline.Hour // of the flow whose past is taken over
	// raised are all incidents by id, as last seen.
	raised   map[string]baseline.Incident
	order    []string
	detected map[string]model.Minute
	// extra is the true cost of the incident by minute.
	extra map[model.Minute]money.Amount
	// surprise is what chance made of it since, in nano-units: incidentgen.Traffic.
	surprise float64
	// parts are the true cost by the two ends of a call.
	parts map[[2]model.Identity]float64
	// keep is how many minutes of edges are kept, 0 for all.
	keep int
	// each is shown every minute's edges, which are valid until it returns; nil for nobody.
	each func(model.Minute, []model.PricedEdge)
}

func newWatch(cluster *incidentgen.Cluster) (*watch, error) {
	detector, err := baseline.NewDetector(baseline.DefaultSettings())
	if err != nil {
		return nil, err
	}
	w := &watch{
		cluster: cluster, detector: detector, next: cluster.Start, first: cluster.Start,
		raised: map[string]baseline.Incident{}, parts: map[[2]model.Identity]float64{}, detected: map[string]model.Minute{}, extra: map[model.Minute]money.Amount{},
	}
	return w, cluster.History(pastHours, w.seed)
}

func (w *watch) seed(flow []incidentgen.Past) error {
	hours := w.hours[:0]
	for i := range flow {
		p := &flow[i]
		hours = append(hours, baseline.Hour{
			Flow:  baseline.Flow{Source: p.Source, Destination: p.Destination, ServerPort: p.Port, Protocol: model.TCP, Initiator: p.Initiator},
			Start: p.Start, Bytes: baseline.Shape(p.Bytes), Cost: baseline.Shape(p.Cost),
		})
	}
	w.hours = hours
	return w.detector.Seed(hours)
}

// observe takes the minutes up to an end.
func (w *watch) observe(end model.Minute, incident *incidentgen.Incident) error {
	for ; w.next < end; w.next++ {
		w.cluster.Everyday(w.next)
		traffic, err := w.cluster.Minute(w.next, incident)
		if err != nil {
			return err
		}
		w.extra[w.next] = traffic.Extra
		w.surprise += traffic.Surprise
		for ends, nano := range traffic.ExtraOf {
			w.parts[ends] += nano
		}
		if w.each != nil {
			w.each(w.next, traffic.Edges)
		}
		found, err := w.detector.Observe(baseline.Observation{Minute: w.next, Edges: traffic.Edges, IDs: traffic.IDs})
		if err != nil {
			return err
		}
		changed, err := w.tracker.Track(w.next, found)
		if err != nil {
			return err
		}
		for _, c := range changed {
			if _, known := w.raised[c.ID]; !known {
				w.order = append(w.order, c.ID)
				w.detected[c.ID] = w.next
			}
			w.raised[c.ID] = c
		}
		if w.keep == 0 || len(w.kept.minutes) < w.keep {
			w.kept.take(&traffic)
		}
	}
	return nil
}
