package query

import (
	"context"
	"sync"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/kept"
	"github.com/egressor/egressor/internal/model"
)

// maxKeptTransfers bounds the kept windows: a transfer has about 0.5 kB, so 100 MB
// in all. A window weighs 800 transfers more, so that empty ones are bounded too.
const (
	maxKeptTransfers = 200_000
	windowWeight     = 800
)

// windows keeps the graphs of windows that were asked for lately. What was true
// of a window as of a version never changes, so nothing kept is ever stale.
type windows struct {
	*kept.Answers[Window, *windowRead]

	graphs Graphs
}

// windowRead is a window that was read, and what lies where in it, which is worked
// out when somebody first asks for one node's or one transfer's part.
type windowRead struct {
	transfers []Transfer

	indexed sync.Once
	byEdge  map[model.EdgeID]int32
	byEnd   map[string][]int32
}

func newWindows(graphs Graphs) *windows {
	return &windows{kept.New[Window](maxKeptTransfers, func(read *windowRead) int { return windowWeight + len(read.transfers) }), graphs}
}

// transfers are the edges of a window that the asker may see, in the order of ranked
// by cost. They are shared: callers do not write to them.
func (w *windows) transfers(ctx context.Context, window Window) ([]Transfer, error) {
	read, err := w.all(ctx, window)
	if err != nil {
		return nil, err
	}
	return visible(ctx, read.transfers), nil
}

// of are those of them that have a node as an end, copied.
func (w *windows) of(ctx context.Context, window Window, node string) ([]Transfer, error) {
	read, err := w.all(ctx, window)
	if err != nil {
		return nil, err
	}
	read.index()
	places := read.byEnd[node]
	transfers := make([]Transfer, len(places))
	for i, place := range places {
		transfers[i] = read.transfers[place]
	}
	return visible(ctx, transfers), nil
}

// one is one of them.
func (w *windows) one(ctx context.Context, window Window, id model.EdgeID) (Transfer, bool, error) {
	read, err := w.all(ctx, window)
	if err != nil {
		return Transfer{}, false, err
	}
	read.index()
	place, ok := read.byEdge[id]
	if !ok || !seesTransfer(access.From(ctx), read.transfers[place].Key) {
		return Transfer{}, false, nil
	}
	return read.transfers[place], true, nil
}

func (w *windows) all(ctx context.Context, window Window) (*windowRead, error) {
	return w.Of(ctx, window, func(ctx context.Context) (*windowRead, error) {
		transfers, err := w.graphs.Transfers(ctx, window, "")
		return &windowRead{transfers: ranked(transfers, ByCost)}, err
	})
}

func (r *windowRead) index() {
	r.indexed.Do(func() {
		ids := map[model.Identity]string{}
		id := func(of model.Identity) string {
			if ids[of] == "" {
				ids[of] = of.ID()
			}
			return ids[of]
		}
		r.byEdge, r.byEnd = make(map[model.EdgeID]int32, len(r.transfers)), map[string][]int32{}
		for i := range r.transfers {
			t, place := &r.transfers[i], int32(i)
			r.byEdge[t.ID] = place
			source, destination := id(t.Key.Source), id(t.Key.Destination)
			r.byEnd[source] = append(r.byEnd[source], place)
			if source != destination {
				r.byEnd[destination] = append(r.byEnd[destination], place)
			}
		}
	})
}
