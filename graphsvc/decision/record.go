package decision

import (
	"cmp"
	"slices"
	"time"
)

// Kind says what a decision is about.
type Kind string

// Kinds.
const (
	Incident       Kind = "incident"
	Recommendation Kind = "recommendation"
	View           Kind = "view"
	Investigation  Kind = "investigation"
	Endpoint       Kind = "endpoint"
	PriceOverlay   Kind = "price-overlay"
	Tag            Kind = "tag"
)

// Action is what was decided.
type Action string

// Actions.
const (
	Acknowledged Action = "acknowledged"
	Resolved     Action = "resolved"
	Reopened     Action = "reopened"
	Accepted     Action = "accepted"
	Dismissed    Action = "dismissed"
	Saved        Action = "saved"
	Deleted      Action = "deleted"
	Started      Action = "started"
	Finished     Action = "finished"
	// Inquired is an investigation that nobody asked for, with its answer.
	Inquired Action = "inquired"
)

// Record is one decision.
type Record struct {
	Kind Kind
	// Subject is the id of what it is about.
	Subject string
	At      time.Time
	// By and Method are who it was and how they proved it, see package access.
	By, Method string
	// Key tells apart what one person asks for: two records of one subject, person
	// and key are one.
	Key    string
	Action Action
	Note   string
	// Until is when it ends by itself, zero for never.
	Until time.Time
	// Body is what was decided where that takes more than an action, as JSON.
	Body string
}

// Says reports whether two records decide the same.
func (r Record) Says(other Record) bool {
	return r.Kind == other.Kind && r.Subject == other.Subject && r.Action == other.Action && r.Note == other.Note &&
		r.Until.Equal(other.Until) && r.Body == other.Body
}

// SameAsker reports whether two records are of one person.
func (r Record) SameAsker(other Record) bool { return r.By == other.By && r.Method == other.Method }

// History puts records in order, newest first, each key of a person once: the
// first record under it counts.
func History(records []Record) []Record {
	ordered := slices.Clone(records)
	slices.SortFunc(ordered, func(a, b Record) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Method, b.Method), cmp.Compare(a.By, b.By), cmp.Compare(a.Key, b.Key))
	})
	seen := map[[5]string]bool{}
	ordered = slices.DeleteFunc(ordered, func(r Record) bool {
		id := [5]string{string(r.Kind), r.Subject, r.Method, r.By, r.Key}
		again := seen[id]
		seen[id] = true
		return again
	})
	slices.Reverse(ordered)
	return ordered
}

// Newest is the newest record of each subject, newest first.
func Newest(records []Record) []Record {
	seen := map[string]bool{}
	return slices.DeleteFunc(History(records), func(r Record) bool {
		older := seen[r.Subject]
		seen[r.Subject] = true
		return older
	})
}

// Standing is the action that holds at a moment, "" for none: the newest, where
// its time is not over and it was not taken back.
func Standing(history []Record, now time.Time) Action {
	if len(history) == 0 {
		return ""
	}
	newest := history[0]
	if newest.Action == Reopened || newest.Action == Deleted || !newest.Until.IsZero() && !now.Before(newest.Until) {
		return ""
	}
	return newest.Action
}
