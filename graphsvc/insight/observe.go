package insight

import (
	"cmp"
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

func sortByMinute(versions []model.GraphVersion) {
	slices.SortFunc(versions, func(a, b model.GraphVersion) int { return cmp.Compare(a.From, b.From) })
}

// observe puts one minute through the baseline and stores what changed.
func (w *Watcher) observe(ctx context.Context, version model.GraphVersion) error {
	observation, err := w.read(ctx, version)
	if err != nil {
		return err
	}
	deviations, err := w.detector.Observe(observation)
	if err != nil {
		return err
	}
	incidents, err := w.tracker.Track(version.From, deviations)
	if err != nil {
		return err
	}
	w.metrics.open.Set(float64(len(w.tracker.Open())))
	for i := range incidents {
		if err := w.incident(ctx, version, &incidents[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *Watcher) read(ctx context.Context, version model.GraphVersion) (baseline.Observation, error) {
	o := baseline.Observation{Minute: version.From}
	var err error
	if o.Partial, err = w.partial(ctx, version); err != nil {
		return o, err
	}
	sums, keys, err := sumsOf(ctx, w.d.Flows, flowstore.Window{From: version.From, To: version.To, Version: version.Number})
	if err != nil {
		return o, err
	}
	for i := range sums {
		o.IDs = append(o.IDs, sums[i].ID)
		o.Edges = append(o.Edges, model.PricedEdge{Cost: sums[i].Cost, EdgeMinute: model.EdgeMinute{
			Minute: version.From, Key: *keys[sums[i].ID], Sent: sums[i].Sent, Connections: sums[i].Connections,
		}})
	}
	charges, err := w.d.Flows.ChargeSums(ctx, version)
	for _, sum := range charges {
		o.Charges = append(o.Charges, baseline.ChargeSum(sum))
	}
	return o, err
}

// sumsOf reads a window's edges and what they stand for.
func sumsOf(ctx context.Context, flows Flows, window flowstore.Window) ([]flowstore.EdgeSum, map[model.EdgeID]*model.EdgeKey, error) {
	sums, err := flows.Sums(ctx, window)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]model.EdgeID, len(sums))
	for i := range sums {
		ids[i] = sums[i].ID
	}
	keys, err := flows.Keys(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	return sums, keys, nil
}

// explain compares the incident's time with the hour before it.
func (w *Watcher) explain(ctx context.Context, version model.GraphVersion, incident *baseline.Incident) (diagnosis.Finding, error) {
	q := diagnosis.Question{Since: incident.Onset()}
	for i := range incident.Deviations {
		if incident.Deviations[i].Scope.Kind == baseline.ScopeFlow {
			q.Flows = append(q.Flows, incident.Deviations[i].Scope.Flow)
		}
	}
	earlier, later := compared(version, incident)
	q.Known = func(flow baseline.Flow) bool { return w.detector.Known(flow, earlier.from) }
	if incident.Slow() {
		q.Season = func(flow baseline.Flow) float64 {
			return w.detector.Season(flow, earlier.from, earlier.to, later.from, later.to)
		}
	}
	return w.diagnose(ctx, version, q, earlier, later)
}

// compared are the hour before an incident, and what is known of its first hour.
func compared(version model.GraphVersion, incident *baseline.Incident) (earlier, later window) {
	const hour = 60
	since := incident.Onset()
	return window{since - hour, since}, window{since, min(version.To, max(since, incident.Detected)+hour)}
}

// Compare explains the change between two stretches of minutes, in which several
// things may have happened, as far as a version knows.
func (w *Watcher) Compare(ctx context.Context, version model.GraphVersion, before, after [2]model.Minute) (diagnosis.Finding, error) {
	q := diagnosis.Question{Since: before[1], Until: max(after[0], before[1])}
	return w.diagnose(ctx, version, q, window{before[0], before[1]}, window{after[0], after[1]})
}

// diagnose reads what moved in two windows and the facts of the time between, and
// asks why.
func (w *Watcher) diagnose(ctx context.Context, version model.GraphVersion, q diagnosis.Question, earlier, later window) (diagnosis.Finding, error) {
	const margin = 15
	before, err := w.period(ctx, earlier, version.Number)
	if err != nil {
		return diagnosis.Finding{}, err
	}
	after, err := w.period(ctx, later, version.Number)
	if err != nil {
		return diagnosis.Finding{}, err
	}
	facts, _, err := w.d.Flows.Facts(ctx, (earlier.from - margin).Start(), later.to.Start(), w.d.Clock.Now())
	if err != nil {
		return diagnosis.Finding{}, err
	}
	q.Before, q.After, q.Quote = before, after, w.quote(&before, version)
	from := q.Since - margin
	q.Changes = append(diagnosis.ChangesIn(facts, from.Start(), later.to.Start()), w.priceChanges(&before, &after, from, version)...)
	return diagnosis.Diagnose(q)
}

func (w *Watcher) period(ctx context.Context, over window, through uint64) (diagnosis.Period, error) {
	from, to := over.from, over.to
	period := diagnosis.Period{From: from, To: to}
	versions, err := w.d.Flows.Versions(ctx, from, to, through)
	if err != nil {
		return period, err
	}
	newest := newestOf(versions)
	period.Minutes = uint64(len(newest))
	if len(newest) > 0 {
		period.Book = newest[len(newest)-1].PriceBookDigest
	}
	sums, keys, err := sumsOf(ctx, w.d.Flows, flowstore.Window{From: from, To: to, Version: through})
	for i := range sums {
		sum := &sums[i]
		period.Cells = append(period.Cells, diagnosis.Cell{
			Key: *keys[sum.ID], Bytes: sum.Sent.WireBytes, Packets: sum.Sent.Packets, Retransmitted: sum.Sent.RetransmittedPackets,
			Connections: sum.Connections, Cost: sum.Cost, List: sum.Cost,
		})
	}
	return period, err
}
