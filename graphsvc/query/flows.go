package query

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/filter"
	"github.com/egressor/egressor/graphsvc/minute"
	"github.com/egressor/egressor/internal/model"
)

// Bounds of raw flows.
const (
	MaxFlowPage    = 1000
	MaxFlowMinutes = 60
	defaultFlows   = 5 // minutes
)

// FlowPlace is behind how many flows of which minute a list goes on; the zero
// value is its beginning.
type FlowPlace struct {
	Minute model.Minute
	Shown  int
}

// FlowPage is one page of raw flows, newest first.
type FlowPage struct {
	Window  Window
	Version *model.GraphVersion
	Flows   []Flow
	// Places are behind each of Flows.
	Places []FlowPlace
	More   bool

	// What is counted where somebody asks for it: see CountFlows.
	only        filter.Filter
	known       filter.Known
	counting    sync.Once
	total, rest int
	countErr    error
}

// RawFlows lists raw flows of a window with the ends that they were given.
func (e *Explorer) RawFlows(ctx context.Context, ask Ask, behind FlowPlace, limit int) (*FlowPage, error) {
	if err := within(limit, MaxFlowPage, "a page of %d flows"); err != nil {
		return nil, err
	}
	only, err := ParseFilter(ask.Filter)
	if err != nil {
		return nil, err
	}
	if only.Uses(func(f *filter.Field) bool { return f.Name == "cost" }) {
		return nil, badInput("filter transfers by cost: a price is of a minute's transfer", "a raw flow has no cost")
	}
	ask.Filter = ""
	if ask.From.IsZero() {
		if ask.From, err = e.flowsFrom(ctx, ask); err != nil {
			return nil, err
		}
	}
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return &FlowPage{Window: window}, err
	}
	if window.To-window.From > MaxFlowMinutes {
		return nil, badInput("ask for at most 60 minutes of raw flows at a time", "the window %s to %s is %d minutes long", window.From, window.To, window.To-window.From)
	}
	known, err := e.knownTo(ctx, only, window, version)
	if err != nil {
		return nil, err
	}
	page := &FlowPage{Window: window, Version: version, only: only, known: known}
	err = e.series.Reported(ctx, page.behind(behind), func(of model.Minute, flows []Flow) (bool, error) {
		flows = slices.DeleteFunc(flows, func(f Flow) bool { return !f.meant(only, known) })
		page.add(of, flows, behind, limit)
		return !page.More, nil
	})
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return page, nil
}

// flowsFrom is where the window of flows begins where nobody says.
func (e *Explorer) flowsFrom(ctx context.Context, ask Ask) (from time.Time, err error) {
	window, version, err := e.resolve(ctx, ask)
	if err != nil || version == nil {
		return from, err
	}
	return (window.To - defaultFlows).Start(), nil
}

// behind is the part of the window that is left behind a place.
func (p *FlowPage) behind(place FlowPlace) Window {
	window := p.Window
	if place.Minute != 0 {
		window.To = min(window.To, place.Minute+1)
	}
	return window
}

// add takes a minute's flows as far as there is room.
func (p *FlowPage) add(of model.Minute, flows []Flow, behind FlowPlace, limit int) {
	sortFlows(flows)
	begin := 0
	if of == behind.Minute {
		begin = min(behind.Shown, len(flows))
	}
	for i := begin; i < len(flows); i++ {
		if len(p.Flows) == limit {
			p.More = true
			return
		}
		p.Flows, p.Places = append(p.Flows, flows[i]), append(p.Places, FlowPlace{of, i + 1})
	}
}

// sortFlows orders by time, newest first, then by who reported what: one order,
// however the store gave them.
func sortFlows(flows []Flow) {
	slices.SortFunc(flows, func(a, b Flow) int {
		x, y := &a.Row, &b.Row
		if by := cmp.Or(y.Flow.WindowStart.Compare(x.Flow.WindowStart), cmp.Compare(x.Batch.Agent.String(), y.Batch.Agent.String()),
			cmp.Compare(x.Batch.Boot, y.Batch.Boot), cmp.Compare(x.Batch.Sequence, y.Batch.Sequence)); by != 0 {
			return by
		}
		return cmp.Or(a.Source.Compare(b.Source), a.Destination.Compare(b.Destination), cmp.Compare(x.Flow.ServerPort, y.Flow.ServerPort),
			cmp.Compare(x.Flow.Protocol, y.Flow.Protocol), cmp.Compare(x.Flow.Local.ID, y.Flow.Local.ID), cmp.Compare(a.Key.String(), b.Key.String()),
			cmp.Compare(a.Counts.WireBytes, b.Counts.WireBytes))
	})
}

// meant reports whether a filter means the flow.
func (f *Flow) meant(only filter.Filter, known filter.Known) bool {
	return only.Match(&filter.Transfer{
		Key: &f.Key, Sent: f.Counts, Connections: uint64(f.Row.Flow.Connections), RTTMicros: f.Row.Flow.RTTMicros,
		Flow: &filter.Flow{Source: f.Source, Destination: f.Destination, Agent: f.Row.Batch.Agent, Role: f.Row.Flow.Role},
	}, known)
}

// FlowsOf are the directions of a minute's rows, in no order. stored are its rows,
// with the batches that brought them.
func FlowsOf(input minute.Input, stored []RawRow) ([]Flow, error) {
	reports, err := minute.Reports(input)
	if err != nil {
		return nil, err
	}
	flows := make([]Flow, len(reports))
	for i := range reports {
		r := &reports[i]
		flows[i] = Flow{
			Row: stored[r.Row], Key: r.Edge, Taken: r.Truth, BySender: r.BySender, Counts: r.Counts,
			Source: r.Source.Addr.Unmap(), Destination: r.Destination.Addr.Unmap(),
		}
	}
	return flows, nil
}
