package query

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
)

// Decisions keeps what people decide: it adds and never changes.
type Decisions interface {
	AppendDecision(ctx context.Context, record decision.Record) error
	// Decisions are those about some subjects of a kind, or about all of them where
	// none is named, unordered.
	Decisions(ctx context.Context, kind decision.Kind, subjects []string) ([]decision.Record, error)
}

// Bounds of what people write.
const (
	MaxNote = 2000 // characters
	MaxKey  = 100
)

// Choice is what somebody wants to be decided.
type Choice struct {
	Action decision.Action
	// Note is for others to read, or the reason.
	Note string
	// Until is when it ends by itself, zero for never.
	Until time.Time
	// Key is the asker's own: asked twice with one key, it is done once.
	Key string
}

// decide adds a record, unless the same was asked for under its key or is what
// the asker decided last. It returns all records of the subject, newest first.
func (e *Explorer) decide(ctx context.Context, record decision.Record) ([]decision.Record, error) {
	if err := checkDecision(record); err != nil {
		return nil, err
	}
	who := access.From(ctx)
	record.By, record.Method, record.At = who.Name, who.Method, e.clock.Now().UTC().Truncate(time.Microsecond)
	history, err := e.history(ctx, record.Kind, record.Subject)
	if err != nil {
		return nil, err
	}
	done, err := alreadyDone(history, record)
	if err != nil || done {
		return history, err
	}
	if record.Key == "" {
		record.Key = rand.Text()
	}
	if len(history) > 0 && !record.At.After(history[0].At) { // one after the other, whatever the clock says
		record.At = history[0].At.Add(time.Microsecond)
	}
	if err := e.decisions.AppendDecision(ctx, record); err != nil {
		return nil, unavailable("the flow store", err)
	}
	return slices.Insert(history, 0, record), nil
}

// alreadyDone reports whether nothing has to be added.
func alreadyDone(history []decision.Record, record decision.Record) (bool, error) {
	for i, earlier := range history {
		switch {
		case !earlier.SameAsker(record):
		case record.Key != "" && earlier.Key == record.Key && !earlier.Says(record):
			return false, badInput("take another key for another decision", "the key %q was used for something else", record.Key)
		case record.Key != "" && earlier.Key == record.Key, i == 0 && earlier.Says(record):
			return true, nil
		}
	}
	return false, nil
}

func checkDecision(record decision.Record) error {
	if n := utf8.RuneCountInString(record.Note); n > MaxNote {
		return badInput("write at most "+strconv.Itoa(MaxNote)+" characters", "a note of %d characters", n)
	}
	if len(record.Key) > MaxKey {
		return badInput("take a key of at most "+strconv.Itoa(MaxKey)+" characters", "a key of %d characters", len(record.Key))
	}
	return nil
}

// history is what was decided about one subject, newest first.
func (e *Explorer) history(ctx context.Context, kind decision.Kind, subject string) ([]decision.Record, error) {
	if e.decisions == nil {
		return nil, undecidable()
	}
	records, err := e.decisions.Decisions(ctx, kind, []string{subject})
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return decision.History(records), nil
}

// needs refuses who is not of a role.
func needs(ctx context.Context, role access.Role, what string) error {
	who := access.From(ctx)
	if who.Role.AtLeast(role) {
		return nil
	}
	return &Error{
		Code: CodeForbidden, Message: who.Name + " is " + string(who.Role) + " and " + what + " is for " + string(role) + "s",
		Hint: "ask an admin for the role in the access file",
	}
}

func undecidable() error {
	return &Error{Code: CodeStoreUnavailable, Message: "nothing can be decided here", Hint: "ask a running service: what reads the stores alone keeps no decisions, and a replayed scenario states nothing of the outside"}
}
