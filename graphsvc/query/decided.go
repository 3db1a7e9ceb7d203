package query

import (
	"context"
	"sync"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/model"
)

// Decided is what was decided about the members of one list. It is read when it
// is first asked for, for all of them at once.
type Decided struct {
	explorer *Explorer
	kind     decision.Kind
	subjects []string

	mu    sync.Mutex
	known map[string][]decision.Record
}

// DecidedAbout is what was decided about subjects of a kind, to be asked for.
func (e *Explorer) DecidedAbout(kind decision.Kind, subjects []string) *Decided {
	return &Decided{explorer: e, kind: kind, subjects: subjects}
}

// Of are the decisions about one subject, newest first.
func (d *Decided) Of(ctx context.Context, subject string) ([]decision.Record, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		if err := d.read(ctx); err != nil {
			return nil, err
		}
	}
	return d.known[subject], nil
}

// Standing is the action that holds now about one subject, "" for none.
func (d *Decided) Standing(ctx context.Context, subject string) (decision.Action, error) {
	history, err := d.Of(ctx, subject)
	return decision.Standing(history, d.explorer.clock.Now()), err
}

func (d *Decided) read(ctx context.Context) error {
	known := map[string][]decision.Record{}
	if d.explorer.decisions != nil && len(d.subjects) > 0 {
		records, err := d.explorer.decisions.Decisions(ctx, d.kind, d.subjects)
		if err != nil {
			return unavailable("the flow store", err)
		}
		for _, r := range decision.History(records) {
			known[r.Subject] = append(known[r.Subject], r)
		}
	}
	d.known = known
	return nil
}

// DecideIncident says something of an incident that the asker sees.
func (e *Explorer) DecideIncident(ctx context.Context, id string, choice Choice) (*model.Incident, error) {
	if err := needs(ctx, access.Analyst, "to judge incidents"); err != nil {
		return nil, err
	}
	incident, err := e.Incident(ctx, id)
	if err != nil {
		return nil, err
	}
	if incident == nil {
		return nil, &Error{Code: CodeUnknownID, Message: "there is no incident " + id, Hint: "the field incidents lists them"}
	}
	_, err = e.decide(ctx, choice.record(decision.Incident, id))
	return incident, err
}

// DecideRecommendation says something of a recommendation that is made now and
// that the asker sees.
func (e *Explorer) DecideRecommendation(ctx context.Context, id string, choice Choice) (*model.Recommendation, error) {
	if err := needs(ctx, access.Analyst, "to judge recommendations"); err != nil {
		return nil, err
	}
	if choice.Action == decision.Dismissed && choice.Note == "" {
		return nil, badInput("say why it will not be followed", "a dismissal without a reason")
	}
	if !choice.Until.IsZero() && !choice.Until.After(e.clock.Now()) {
		return nil, badInput("give a moment to come, or none", "a dismissal until %s, which is past", choice.Until.UTC().Format(time.RFC3339))
	}
	made, err := e.Recommendations(ctx)
	if err != nil {
		return nil, err
	}
	for i := range made {
		if made[i].ID == id {
			_, err := e.decide(ctx, choice.record(decision.Recommendation, id))
			return &made[i], err
		}
	}
	return nil, &Error{Code: CodeUnknownID, Message: "there is no recommendation " + id + " now", Hint: "the field recommendations lists them"}
}

func (c Choice) record(kind decision.Kind, subject string) decision.Record {
	return decision.Record{
		Kind: kind, Subject: subject, Action: c.Action, Note: c.Note, Until: c.Until.UTC().Truncate(time.Microsecond), Key: c.Key,
	}
}
