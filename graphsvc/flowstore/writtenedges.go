package flowstore

import (
	"sync"

	"github.com/egressor/egressor/internal/model"
)

// mostWritten bounds how many edges are remembered as written, 30 MB of them.
const mostWritten = 1_000_000

// writtenEdges remembers of which edges the table edges says what they stand
// for: rows of it are never changed or deleted, so one writing is enough.
type writtenEdges struct {
	mu  sync.Mutex
	ids map[model.EdgeID]struct{}
}

// without are the places in ids of those that were not written.
func (w *writtenEdges) without(ids []model.EdgeID) []int {
	w.mu.Lock()
	defer w.mu.Unlock()
	var fresh []int
	for i, id := range ids {
		if _, written := w.ids[id]; !written {
			fresh = append(fresh, i)
		}
	}
	return fresh
}

// add remembers the ids at some places.
func (w *writtenEdges) add(ids []model.EdgeID, places []int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ids == nil || len(w.ids)+len(places) > mostWritten {
		w.ids = make(map[model.EdgeID]struct{}, len(places))
	}
	for _, i := range places {
		w.ids[ids[i]] = struct{}{}
	}
}

func (w *writtenEdges) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids = nil
}
