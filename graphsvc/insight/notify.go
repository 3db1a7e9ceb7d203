package insight

import (
	"context"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
)

// newWaits is for how many minutes nobody is told of ends that never talked before: that
// another flow ended is sure a minute or two after the new one is, and then the two may be
// one under another name.
const newWaits = 2

// notify tells, at a minute, of an incident once it is worth waking somebody: where it costs what
// matters, or is a risk, which no money measures. It is told that it lasts, and once that
// it is over. One that never was worth it is on the record alone.
func (w *Watcher) notify(ctx context.Context, minute model.Minute, record model.Incident) {
	if w.d.Notifier == nil {
		return
	}
	told := w.notified[record.ID]
	early := record.Kind == string(baseline.KindNewEdge) && minute < record.Detected+newWaits
	switch {
	case !told && (early || record.Until != 0 || !w.wakes(&record)):
	case record.Until != 0:
		delete(w.notified, record.ID)
		w.d.Notifier.Notify(ctx, record)
	case told:
		w.d.Notifier.Renew(ctx, record)
	default:
		w.notified[record.ID] = true
		w.d.Notifier.Notify(ctx, record)
	}
}

func (w *Watcher) wakes(record *model.Incident) bool {
	return !isRename(record) && inquiry.Worth(record, w.settings.Detection.MinImpactPerDay)
}
