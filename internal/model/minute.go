package model

import "time"

// Minute is a whole minute, counted from the Unix epoch in UTC. It is the unit
// in which flows are folded into graph versions.
type Minute int64

// MinuteOf returns the minute that t falls into.
func MinuteOf(t time.Time) Minute {
	seconds := t.Unix()
	minute := seconds / 60
	if seconds%60 < 0 {
		minute--
	}
	return Minute(minute)
}

// Start is the first instant of the minute.
func (m Minute) Start() time.Time { return time.Unix(int64(m)*60, 0).UTC() }

// End is the first instant after the minute.
func (m Minute) End() time.Time { return (m + 1).Start() }

// String is the minute's start in RFC 3339, for example 2026-11-23T10:04:00Z.
func (m Minute) String() string { return m.Start().Format(time.RFC3339) }

// Period is the half-open time interval [From, To). A zero To means "still
// open"; a zero From means "since ever".
type Period struct {
	From, To time.Time
}

// Contains reports whether t lies in the period.
func (p Period) Contains(t time.Time) bool {
	return !t.Before(p.From) && (p.To.IsZero() || t.Before(p.To))
}

// Overlaps reports whether the two periods share at least one instant.
func (p Period) Overlaps(q Period) bool {
	return (q.To.IsZero() || p.From.Before(q.To)) && (p.To.IsZero() || q.From.Before(p.To))
}
