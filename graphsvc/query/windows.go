package query

import (
	"context"

	"github.com/egressor/egressor/graphsvc/kept"
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
	*kept.Answers[Window, []Transfer]

	graphs Graphs
}

func newWindows(graphs Graphs) *windows {
	return &windows{kept.New[Window](maxKeptTransfers, func(transfers []Transfer) int { return windowWeight + len(transfers) }), graphs}
}

// transfers are the edges of a window that the asker may see, unordered. They are
// shared: callers copy them before they sort.
func (w *windows) transfers(ctx context.Context, window Window) ([]Transfer, error) {
	transfers, err := w.all(ctx, window)
	return visible(ctx, transfers), err
}

func (w *windows) all(ctx context.Context, window Window) ([]Transfer, error) {
	return w.Of(ctx, window, func(ctx context.Context) ([]Transfer, error) { return w.graphs.Transfers(ctx, window, "") })
}
