package rollup

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
)

// unwell is how long a failed step counts: after that the loop itself has been
// silent, which the lag tells.
const unwell = 30 * time.Second

// health remembers how the newest step ended.
type health struct {
	clock clock.Clock
	mu    sync.Mutex
	err   error
	at    time.Time
}

func (h *health) ended(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.err, h.at = err, h.clock.Now()
}

// check fails with the newest step's error while that is recent.
func (h *health) check(context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if ago := h.clock.Now().Sub(h.at); h.err != nil && ago < unwell {
		return fmt.Errorf("the fold failed %s ago and is tried again: %w", ago.Round(time.Second), h.err)
	}
	return nil
}
