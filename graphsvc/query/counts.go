package query

import (
	"context"

	"github.com/egressor/egressor/internal/model"
)

// How long lists are, for who asks for it: none is counted to make a page.

// MaxCountedFlowMinutes is how long a window may be whose raw flows are counted.
const MaxCountedFlowMinutes = 10

// CountVersions is how many versions below one are kept; 0 means of all.
func (e *Explorer) CountVersions(ctx context.Context, before uint64) (int, error) {
	n, err := e.graphs.CountVersions(ctx, before)
	if err != nil {
		return 0, unavailable("the graph store", err)
	}
	return n, nil
}

// CountIncidents is how many there are behind a place that the asker may see.
func (e *Explorer) CountIncidents(ctx context.Context, behind model.IncidentPlace) (int, error) {
	for n := 0; ; {
		page, err := e.Incidents(ctx, behind, MaxIncidents)
		if err != nil {
			return 0, err
		}
		if n += len(page); len(page) < MaxIncidents {
			return n, nil
		}
		last := &page[len(page)-1]
		behind = model.IncidentPlace{Since: last.Since, ID: last.ID}
	}
}

// CountInvestigations is how many there are behind a place that the asker may see.
func (e *Explorer) CountInvestigations(ctx context.Context, behind InvestigationPlace) (int, error) {
	found, err := e.investigationsBehind(ctx, behind)
	return len(found), err
}

// CountFlows is how many raw flows of a page's window match, and how many of them lie
// behind the page; false where the window is too long to count them.
func (e *Explorer) CountFlows(ctx context.Context, p *FlowPage) (total, rest int, counted bool, err error) {
	if p.Version == nil {
		return 0, 0, true, nil
	}
	if p.Window.To-p.Window.From > MaxCountedFlowMinutes {
		return 0, 0, false, nil
	}
	p.counting.Do(func() { p.total, p.rest, p.countErr = e.countFlows(ctx, p) })
	return p.total, p.rest, true, p.countErr
}

func (e *Explorer) countFlows(ctx context.Context, p *FlowPage) (total, rest int, err error) {
	var last FlowPlace
	if n := len(p.Places); n > 0 {
		last = p.Places[n-1]
	}
	err = e.series.Reported(ctx, p.Window, func(of model.Minute, flows []Flow) (bool, error) {
		matching := 0
		for i := range flows {
			if flows[i].meant(p.only, p.known) {
				matching++
			}
		}
		total += matching
		switch {
		case of < last.Minute:
			rest += matching
		case of == last.Minute:
			rest += matching - last.Shown
		}
		return true, nil
	})
	if err != nil {
		return 0, 0, unavailable("the flow store", err)
	}
	return total, rest, nil
}
