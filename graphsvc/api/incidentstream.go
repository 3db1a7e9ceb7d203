package api

import (
	"context"
	"fmt"
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/internal/model"
)

const (
	// incidentsEvery is how often decisions on incidents are looked for.
	incidentsEvery = 10 * time.Second
	// watchedIncidents is how many of the newest are looked at.
	watchedIncidents = 50
)

// incidentsChanged tells of incidents that are new or other than when they were looked
// at last, as whoever asks may see them.
func (r *Resolver) incidentsChanged(ctx context.Context) (<-chan *gqlmodel.Incident, error) {
	known, _, err := r.changedSince(ctx, nil)
	if err != nil {
		return nil, err
	}
	committed, out := r.committed.Subscribe(ctx), make(chan *gqlmodel.Incident)
	go func() {
		defer close(out)
		look := time.NewTicker(incidentsEvery)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case _, open := <-committed:
				if !open {
					return
				}
			case <-look.C:
			}
			now, changed, err := r.changedSince(ctx, known)
			if err != nil {
				continue // the next look may be answered; the store's failure is in its own metrics
			}
			known = now
			for _, incident := range changed {
				select {
				case out <- incident:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out, nil
}

// changedSince are the incidents that are not as they were known, oldest first, and how
// all are now.
func (r *Resolver) changedSince(ctx context.Context, known map[string]string) (now map[string]string, changed []*gqlmodel.Incident, err error) {
	incidents, err := r.explorer.Incidents(ctx, model.IncidentPlace{}, watchedIncidents)
	if err != nil {
		return nil, nil, err
	}
	now = make(map[string]string, len(incidents))
	shown := r.incidentsOf(incidents)
	for n := len(shown) - 1; n >= 0; n-- {
		i := &incidents[n]
		standing, err := shown[n].Decided.Standing(ctx, i.ID)
		if err != nil {
			return nil, nil, err
		}
		now[i.ID] = fmt.Sprint(i.Kind, i.Title, i.Until, i.Impact, len(i.Anomalies), i.Conclusion, standing)
		if now[i.ID] != known[i.ID] {
			changed = append(changed, shown[n])
		}
	}
	return now, changed, nil
}
