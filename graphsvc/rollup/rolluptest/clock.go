package rolluptest

import (
	"sync"
	"time"

	"github.com/egressor/egressor/internal/clock"
)

// Clock stands still until it is set.
type Clock struct {
	mu      sync.Mutex
	now     time.Time
	waiting []waiter
}

var _ clock.Clock = (*Clock)(nil)

type waiter struct {
	at   time.Time
	fire chan time.Time
}

// NewClock returns a clock that stands at a moment.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now is the moment set last.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After fires once the clock is set to d from now or later.
func (c *Clock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := waiter{c.now.Add(d), make(chan time.Time, 1)}
	c.waiting = append(c.waiting, w)
	return w.fire
}

// Set moves the clock and wakes whoever waited for that.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
	var still []waiter
	for _, w := range c.waiting {
		if w.at.After(now) {
			still = append(still, w)
			continue
		}
		w.fire <- now
	}
	c.waiting = still
}

// Waiting is how many wait for the clock.
func (c *Clock) Waiting() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.waiting)
}
