package incidentbench

import (
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// judge compares what was raised with what was injected.
func (w *watch) judge(result *Case, incident *incidentgen.Incident) error {
	for _, id := range w.order {
		raised := w.raised[id]
		late := w.detected[id] - incident.At
		if !touches(&raised, incident) || late < 0 || result.Found {
			result.Others = append(result.Others, otherText(&raised, late))
			continue
		}
		result.Found, result.Told, result.DelayMinutes = true, raised.Kind, int(late)+1
		if err := w.impact(result, &raised, incident); err != nil {
			return err
		}
		if err := w.diagnose(result, &raised, incident); err != nil {
			return err
		}
	}
	result.ZScore, result.Tukey = w.kept.plain(w.first, incident)
	return nil
}

// otherText says what else was raised, and how many minutes after the incident.
func otherText(raised *baseline.Incident, late model.Minute) string {
	d := &raised.Deviations[0]
	return fmt.Sprintf("%s %s at %+d, %s expected %s (%.1f sigmas, %s)", d.Kind, d.Scope, late, d.Cost, d.ExpectedCost, d.Sigmas, d.Basis)
}

// touches reports whether a raised incident speaks of a flow that was changed.
func touches(raised *baseline.Incident, incident *incidentgen.Incident) bool {
	if incident.Everywhere {
		return raised.Kind == baseline.KindPrice
	}
	for i := range raised.Deviations {
		scope := raised.Deviations[i].Scope
		if touchesFlow(scope.Flow, incident) {
			return true
		}
		if scope.Kind != baseline.ScopeFlow {
			for pair := range incident.Touched {
				if scope.Name == pair[0].ID() || scope.Name == pair[1].ID() {
					return true
				}
			}
		}
	}
	return false
}

func touchesFlow(flow baseline.Flow, incident *incidentgen.Incident) bool {
	return incident.Everywhere || incident.Touched[[2]model.Identity{flow.Source, flow.Destination}] || incident.Touched[[2]model.Identity{flow.Destination, flow.Source}]
}

func (w *watch) impact(result *Case, raised *baseline.Incident, incident *incidentgen.Incident) error {
	var truth money.Accumulator
	for m := incident.At; m < w.next; m++ {
		truth.Add(w.extra[m])
	}
	want, err := truth.Amount()
	if err != nil {
		return err
	}
	result.ImpactError = inNano(raised.Impact)/inNano(want) - 1
	result.Surprise = w.surprise / inNano(want)
	const rounding = 1e-4
	result.Within = want.Cmp(raised.ImpactLow) >= 0 && want.Cmp(raised.ImpactHigh) <= 0 || math.Abs(result.ImpactError) < rounding
	result.Width = (inNano(raised.ImpactHigh) - inNano(raised.ImpactLow)) / 2 / inNano(raised.Impact)
	result.Parts = w.partsOf(raised, inNano(want))
	return nil
}

func inNano(a money.Amount) float64 {
	high, low := a.Words()
	return (math.Ldexp(float64(high), 64) + float64(low)) / money.AtomsPerNano
}

// diagnose asks why, some minutes after the detection.
func (w *watch) diagnose(result *Case, raised *baseline.Incident, incident *incidentgen.Incident) error {
	asked := max(raised.Onset()+diagnoseAfter, w.detected[raised.ID]+1)
	q, err := w.question(raised, min(asked, w.next))
	if err != nil {
		return err
	}
	finding, err := diagnosis.Diagnose(q)
	if err != nil {
		return err
	}
	for _, cause := range finding.Causes {
		result.Causes, result.Scores = append(result.Causes, cause.Kind), append(result.Scores, cause.Score)
	}
	want := wanted(incident.Kind)
	if want == "" {
		if len(finding.Causes) == 0 {
			result.Right = 1 // "not found" is the right answer
		}
		return nil
	}
	right := func(c diagnosis.Cause) bool {
		return c.Kind == want && (incident.Subject == model.Identity{} || c.Workload == model.Identity{} || c.Workload == incident.Subject)
	}
	result.Right = 1 + slices.IndexFunc(finding.Causes, right)
	return nil
}

func (w *watch) question(raised *baseline.Incident, asked model.Minute) (diagnosis.Question, error) {
	since := raised.Onset()
	from := max(w.first, since-hour)
	earlier, err := w.kept.period(w.first, from, since)
	if err != nil {
		return diagnosis.Question{}, err
	}
	later, err := w.kept.period(w.first, since, asked)
	if err != nil {
		return diagnosis.Question{}, err
	}
	q := diagnosis.Question{Since: since, Before: earlier, After: later}
	q.Known = func(flow baseline.Flow) bool { return w.detector.Known(flow, from) }
	if raised.Slow() {
		q.Season = func(flow baseline.Flow) float64 { return w.detector.Season(flow, from, since, since, asked) }
	}
	for i := range raised.Deviations {
		if raised.Deviations[i].Scope.Kind == baseline.ScopeFlow {
			q.Flows = append(q.Flows, raised.Deviations[i].Scope.Flow)
		}
	}
	q.Changes = diagnosis.ChangesIn(w.cluster.Facts(), from.Start(), asked.Start())
	if raised.Kind == baseline.KindPrice {
		q.Changes = append(q.Changes, diagnosis.Change{Kind: diagnosis.ChangePriceBook, At: since.Start(), Subject: "price book"})
	}
	return q, nil
}

// wanted is the cause that belongs to an injected kind; "" is "not found".
func wanted(kind incidentgen.Kind) diagnosis.CauseKind {
	return map[incidentgen.Kind]diagnosis.CauseKind{
		incidentgen.Rollout: diagnosis.CauseRollout, incidentgen.Config: diagnosis.CauseConfig, incidentgen.Compression: diagnosis.CauseCompression,
		incidentgen.Scaling: diagnosis.CauseScaling, incidentgen.Rescheduling: diagnosis.CauseRescheduling, incidentgen.NodePool: diagnosis.CauseNodes,
		incidentgen.RouteRemoved: diagnosis.CauseRoute, incidentgen.Repointed: diagnosis.CauseService, incidentgen.NewConsumer: diagnosis.CauseNewConsumer,
		incidentgen.RetryStorm: diagnosis.CauseRetries, incidentgen.Batch: diagnosis.CauseBatch, incidentgen.CacheLoss: diagnosis.CauseCache,
		incidentgen.Restarts: diagnosis.CauseRestarts, incidentgen.PriceChange: diagnosis.CausePrice,
	}[kind]
}
