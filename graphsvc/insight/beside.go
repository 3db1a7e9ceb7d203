package insight

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/egressor/egressor/internal/model"
)

// beside runs searches for savings beside detection, one at a time: a search of a
// large cluster takes many seconds, in which minutes go on being looked at.
type beside struct {
	busy  atomic.Bool
	group sync.WaitGroup
	// advised is the newest minute of the last search that succeeded.
	advised atomic.Int64
}

// try begins work and returns at once. Where other work is still under way it does
// nothing: what is due stays due.
func (b *beside) try(work func()) {
	if !b.busy.CompareAndSwap(false, true) {
		return
	}
	b.group.Go(func() {
		defer b.busy.Store(false)
		work()
	})
}

// wait waits for what was begun.
func (b *beside) wait() { b.group.Wait() }

// due is the search that is to be made at a version, if it is time for one.
func (w *Watcher) due(version model.GraphVersion) (search, bool) {
	newest := w.detector.Newest()
	if newest < model.Minute(w.beside.advised.Load())+w.settings.AdviseEvery {
		return search{}, false
	}
	return search{version: version, newest: newest, open: w.tracker.Open()}, true
}

// save searches for savings, and remembers that it did where it succeeded.
func (w *Watcher) save(ctx context.Context, s search) error {
	begin := w.d.Clock.Now()
	if err := w.adviser.advise(ctx, s); err != nil {
		return fmt.Errorf("searching for savings at version %d: %w", s.version.Number, err)
	}
	w.metrics.searched.Observe(w.d.Clock.Now().Sub(begin).Seconds())
	w.beside.advised.Store(int64(s.newest))
	return nil
}
