package insight

import (
	"context"
	"slices"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// explainAt are how many minutes after its detection an incident is explained
// again: more minutes make the shares firmer, and late facts come in.
var explainAt = []model.Minute{0, 1, newWaits, 3, 6, 12, 30, 60}

const (
	// explainEvery is how many minutes an explanation is kept at the most.
	explainEvery = 60
	// renewEvery is how many minutes the figures of an incident that lasts are kept.
	renewEvery = 5
)

// said is what was stored of an incident that lasts.
type said struct {
	record model.Incident
	// explained and stored are the minutes in which that was done last.
	explained, stored model.Minute
}

// incident stores an incident where there is something new to say: with a new
// explanation, or with new figures and the explanation of before.
func (w *Watcher) incident(ctx context.Context, version model.GraphVersion, incident *baseline.Incident) error {
	if w.resumed.toldBefore(incident, version.From) {
		return nil
	}
	last, told := w.said[incident.ID]
	next := said{record: recordOf(incident, version), explained: version.From, stored: version.From}
	old := version.From-last.stored >= renewEvery
	switch {
	// A rename may turn out to be none: its explanation is as old as its figures.
	case !told || incident.Until != 0 || explains(version.From-incident.Detected, version.From-last.explained) || old && isRename(&last.record):
		finding, err := w.explain(ctx, version, incident)
		if err != nil {
			return err
		}
		_, later := compared(version, incident)
		addFinding(&next.record, &finding, later.to)
	case !old:
		return nil
	default:
		keepFinding(&next.record, &last.record)
		next.explained = last.explained
	}
	nameRename(&next.record, incident, w.settings.Detection.MinImpactPerDay)
	if err := w.d.Graph.SaveIncident(ctx, next.record); err != nil {
		return err
	}
	w.said[incident.ID] = next
	w.noted(&next.record)
	if !told {
		w.metrics.incidents.Inc()
		w.d.Log.Info("incident", "id", next.record.ID, "title", next.record.Title, "conclusion", next.record.Conclusion)
	}
	w.notify(ctx, version.From, next.record)
	if incident.Until != 0 {
		delete(w.said, incident.ID)
	}
	return nil
}

// explains reports whether an incident of an age is to be explained anew, some
// minutes after it was last.
func explains(age, since model.Minute) bool {
	return slices.Contains(explainAt, age) || since >= explainEvery
}
