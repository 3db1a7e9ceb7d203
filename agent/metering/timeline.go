package metering

import "time"

// stepTolerance separates a clock that is being slewed from one that was set.
const stepTolerance = time.Second

// Timeline cuts time into windows that tile without a gap. Wall time names a
// window, monotonic time measures it: a wall clock that was set never stretches
// one.
type Timeline struct {
	window time.Duration
	from   time.Time     // where the open window begins
	wall   time.Time     // wall and monotonic time of the last cut
	mono   time.Duration // since any fixed instant
}

// Span is one closed window.
type Span struct {
	From, Through time.Time
	// Stepped says that the wall clock was set within the window. The span ends
	// where the clock would have stood; the next one begins at the clock's new
	// time, before or after that end. The tiling starts anew there.
	Stepped bool
}

// NewTimeline opens the first window now. The window must divide a minute.
func NewTimeline(wall time.Time, mono, window time.Duration) *Timeline {
	return &Timeline{window: window, from: wall, wall: wall, mono: mono}
}

// From is where the open window begins.
func (t *Timeline) From() time.Time { return t.from }

// Wait is how long it is until the open window ends, by the wall time given.
func (t *Timeline) Wait(wall time.Time) time.Duration {
	return wall.Truncate(t.window).Add(t.window).Sub(wall)
}

// Cut closes the open window: at the last whole window boundary, or right now
// for the last cut of all.
func (t *Timeline) Cut(wall time.Time, mono time.Duration, last bool) Span {
	expected := t.wall.Add(mono - t.mono)
	step := wall.Sub(expected)
	span := Span{From: t.from, Stepped: step > stepTolerance || step < -stepTolerance}
	now := wall
	if span.Stepped {
		now = expected
	}
	span.Through = now
	if boundary := now.Truncate(t.window); !last && !span.Stepped && boundary.After(t.from) {
		span.Through = boundary
	}
	if !span.Through.After(t.from) {
		// A clock slewed backwards: keep a sliver of time, for the bytes need a place.
		span.Through = t.from.Add(time.Millisecond)
	}
	t.from, t.wall, t.mono = span.Through, wall, mono
	if span.Stepped {
		t.from = wall
	}
	return span
}
