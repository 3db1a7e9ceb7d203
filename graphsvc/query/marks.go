package query

import (
	"context"
	"strconv"

	"github.com/egressor/egressor/internal/model"
)

// MaxMarks is how many marks of each kind an answer can have.
const MaxMarks = 500

// Marks are what happened in a window beside its bytes, newest first.
type Marks struct {
	Window Window
	// Rollouts are revision facts.
	Rollouts []model.Fact
	// Incidents began before the window's end and were not over at its beginning.
	Incidents []model.Incident
	// MoreRollouts and MoreIncidents are true where there are older ones.
	MoreRollouts, MoreIncidents bool
}

// Marks tells what happened in a window, at most limit of each kind. What was found
// since the version was committed is told, too.
func (e *Explorer) Marks(ctx context.Context, ask Ask, limit int) (*Marks, error) {
	if limit < 1 || limit > MaxMarks {
		return nil, badInput("ask for 1 to "+strconv.Itoa(MaxMarks), "%d marks of each kind", limit)
	}
	window, version, err := e.resolve(ctx, ask)
	if err != nil {
		return nil, err
	}
	marks := &Marks{Window: window}
	if version == nil {
		return marks, nil
	}
	if marks.Rollouts, err = e.graphs.Rollouts(ctx, window.From.Start(), window.To.Start(), limit+1); err != nil {
		return nil, unavailable("the graph store", err)
	}
	if marks.MoreRollouts = len(marks.Rollouts) > limit; marks.MoreRollouts {
		marks.Rollouts = marks.Rollouts[:limit]
	}
	return marks, e.addIncidents(ctx, marks, limit)
}

// addIncidents reads pages, newest first, down to where all began before the window:
// of those, the newest page alone is looked at for what still lasted.
func (e *Explorer) addIncidents(ctx context.Context, marks *Marks, limit int) error {
	behind := model.IncidentPlace{Since: marks.Window.To}
	for {
		page, err := e.Incidents(ctx, behind, MaxIncidents)
		if err != nil {
			return err
		}
		for i := range page {
			lasts := page[i].Until == 0 || page[i].Until > marks.Window.From
			if page[i].Since >= marks.Window.To || page[i].Since < marks.Window.From && !lasts {
				continue
			}
			if len(marks.Incidents) == limit {
				marks.MoreIncidents = true
				return nil
			}
			marks.Incidents = append(marks.Incidents, page[i])
		}
		if len(page) < MaxIncidents || page[len(page)-1].Since < marks.Window.From {
			return nil
		}
		behind = model.IncidentPlace{Since: page[len(page)-1].Since, ID: page[len(page)-1].ID}
	}
}
