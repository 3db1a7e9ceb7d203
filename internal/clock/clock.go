// Package clock is the one place that reads the wall clock, so that every
// other package is given its time and can be tested without waiting.
package clock

import "time"

// Clock tells the time in UTC and waits.
type Clock interface {
	Now() time.Time
	// After is time.After on this clock.
	After(d time.Duration) <-chan time.Time
}

// System is the machine's clock.
type System struct{}

// Now is the machine's time in UTC.
func (System) Now() time.Time { return time.Now().UTC() }

// After is time.After.
func (System) After(d time.Duration) <-chan time.Time { return time.After(d) }

var _ Clock = System{}
