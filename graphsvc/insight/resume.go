package insight

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/internal/model"
)

// resumed is what was told before this service was started. Minutes from the oldest
// incident that still lasts are looked at again, so that it is found again and goes on:
// hours that are only summed up would teach it as what is normal.
type resumed struct {
	// begin is the first minute to look at, until the newest that was told of.
	begin, until model.Minute
	// told are the incidents of that time by id, seen those that were found again.
	told map[string]model.Incident
	seen map[string]bool
	// done is true once the incidents that were not found again are ended.
	done bool
}

// resume reads what was told before the newest version.
func (w *Watcher) resume(ctx context.Context, newest model.Minute) error {
	r := resumed{begin: newest - newest%minutesPerHour, until: newest, told: map[string]model.Incident{}, seen: map[string]bool{}}
	err := w.eachTold(ctx, newest-recallDays*24*minutesPerHour, func(i model.Incident) {
		r.told[i.ID] = i
		if i.Until != 0 {
			return
		}
		w.said[i.ID] = said{record: i, explained: newest, stored: newest}
		w.remembered(&i)
		w.notified[i.ID] = w.wakes(&i)
		if i.Since >= newest-w.settings.Detection.AcceptAfter { // what lasts for longer is the normal
			before := i.Since - minutesPerHour // a step is read off the hour before it
			r.begin = min(r.begin, before-before%minutesPerHour)
		}
	})
	w.resumed = r
	if err != nil {
		return fmt.Errorf("incidents of before the start: %w", err)
	}
	return nil
}

const minutesPerHour = 60

// eachTold goes through the stored incidents since a minute, newest first.
func (w *Watcher) eachTold(ctx context.Context, since model.Minute, take func(model.Incident)) error {
	const page = 100
	behind := model.IncidentPlace{}
	for {
		incidents, err := w.d.Graph.Incidents(ctx, behind, page)
		if err != nil {
			return err
		}
		for i := range incidents {
			if incidents[i].Since < since {
				return nil
			}
			take(incidents[i])
		}
		if len(incidents) < page {
			return nil
		}
		last := &incidents[len(incidents)-1]
		behind = model.IncidentPlace{Since: last.Since, ID: last.ID}
	}
}

// toldBefore reports whether a minute that is looked at again says nothing of an
// incident that was not told before the start.
func (r *resumed) toldBefore(incident *baseline.Incident, minute model.Minute) bool {
	stored, known := r.told[incident.ID]
	if !known || minute > r.until {
		return false
	}
	r.seen[incident.ID] = true
	return incident.Until == 0 || stored.Until != 0
}

// endLost ends, once all minutes of before the start were looked at again, what lasted
// then and was not found again: nobody else would.
func (w *Watcher) endLost(ctx context.Context, version model.GraphVersion) error {
	if w.resumed.done || version.From < w.resumed.until {
		return nil
	}
	for id, incident := range w.resumed.told {
		if incident.Until != 0 || w.resumed.seen[id] {
			continue
		}
		incident.Until, incident.Version, incident.Through = version.To, version.Number, version.To
		if err := w.d.Graph.SaveIncident(ctx, incident); err != nil {
			return err
		}
		w.noted(&incident)
		w.notify(ctx, version.From, incident)
		delete(w.said, id)
		w.resumed.seen[id] = true
		w.d.Log.Info("an incident of before the start is no longer seen", "id", id, "title", incident.Title)
	}
	w.resumed = resumed{done: true}
	return nil
}
