package query

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Bounds of the kept windows: a transfer has about 0.5 kB, so 100 MB in all.
const (
	maxKeptTransfers = 200_000
	maxKeptWindows   = 256
)

// windows keeps the graphs of windows that were asked for lately. What was true
// of a window as of a version never changes, so nothing kept is ever stale; a
// window that is being read is read once, however many ask for it.
type windows struct {
	graphs Graphs

	mu     sync.Mutex
	kept   map[Window]*reading
	oldest []Window // by last use, oldest first
	held   int      // transfers in all kept windows
}

// reading is one window that is being read or has been.
type reading struct {
	done      chan struct{}
	transfers []Transfer
	err       error
}

func newWindows(graphs Graphs) *windows {
	return &windows{graphs: graphs, kept: map[Window]*reading{}}
}

// transfers are the edges of a window that the asker may see, unordered. They are
// shared: callers copy them before they sort.
func (w *windows) transfers(ctx context.Context, window Window) ([]Transfer, error) {
	transfers, err := w.all(ctx, window)
	return visible(ctx, transfers), err
}

func (w *windows) all(ctx context.Context, window Window) ([]Transfer, error) {
	for {
		r, mine := w.find(window)
		if mine {
			r.transfers, r.err = w.graphs.Transfers(ctx, window, "")
			w.settle(window, r)
			close(r.done)
			return r.transfers, r.err
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if r.err == nil || !errors.Is(r.err, context.Canceled) && !errors.Is(r.err, context.DeadlineExceeded) {
			return r.transfers, r.err
		}
		// Whoever read it went away: it is read again for this asker.
	}
}

// find returns the reading of a window, and whether the caller has to do it.
func (w *windows) find(window Window) (r *reading, mine bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if kept := w.kept[window]; kept != nil {
		w.use(window)
		return kept, false
	}
	r = &reading{done: make(chan struct{})}
	w.kept[window] = r
	w.use(window)
	return r, true
}

// keeps reports whether a window has been read.
func (w *windows) keeps(window Window) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	kept := w.kept[window]
	return kept != nil && kept.read()
}

// settle keeps what was read and drops what has not been used for longest.
func (w *windows) settle(window Window, r *reading) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held += len(r.transfers)
	if r.err != nil {
		w.drop(window)
	}
	for _, oldest := range slices.Clone(w.oldest) {
		if w.held <= maxKeptTransfers && len(w.kept) <= maxKeptWindows {
			return
		}
		if oldest != window && w.kept[oldest].read() {
			w.drop(oldest)
		}
	}
}

// read reports whether the reading has ended.
func (r *reading) read() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// use moves a window to the end of the order of dropping.
func (w *windows) use(window Window) {
	w.oldest = append(slices.DeleteFunc(w.oldest, func(o Window) bool { return o == window }), window)
}

func (w *windows) drop(window Window) {
	w.held -= len(w.kept[window].transfers)
	delete(w.kept, window)
	w.oldest = slices.DeleteFunc(w.oldest, func(o Window) bool { return o == window })
}
