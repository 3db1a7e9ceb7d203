package query

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/model"
)

// StatedEndpoint is something outside as a person stated it.
type StatedEndpoint struct {
	model.Fact
	// Said is who stated it, when and with which note; Ended the same of who ended
	// it, nil for what holds and for what a later statement took the place of. Both
	// are nil where no record tells: facts are stored before their record.
	Said, Ended *decision.Record
}

// endpointBody is what is kept of a statement.
type endpointBody struct {
	EndpointStatement
	From time.Time `json:"from,omitzero"`
}

// StatedEndpoints are all that people stated, what has ended included, by key and
// then by time, each with who said so.
func (e *Explorer) StatedEndpoints(ctx context.Context) ([]StatedEndpoint, error) {
	facts, err := e.statedFacts(ctx)
	if err != nil {
		return nil, err
	}
	return e.withWhoSaid(ctx, facts)
}

func (e *Explorer) withWhoSaid(ctx context.Context, facts []model.Fact) ([]StatedEndpoint, error) {
	var records []decision.Record
	if len(facts) > 0 && e.decisions != nil {
		var err error
		if records, err = e.decisions.Decisions(ctx, decision.Endpoint, nil); err != nil {
			return nil, unavailable("the flow store", err)
		}
	}
	return saidOf(facts, records), nil
}

// whoSaid is one fact with who stated it.
func (e *Explorer) whoSaid(ctx context.Context, fact model.Fact) (StatedEndpoint, error) {
	facts, err := e.statedFacts(ctx)
	if err != nil {
		return StatedEndpoint{}, err
	}
	stated, err := e.withWhoSaid(ctx, facts)
	if err != nil {
		return StatedEndpoint{}, err
	}
	for _, s := range stated {
		if s.Key == fact.Key && s.Period.From.Equal(fact.Period.From) {
			return s, nil
		}
	}
	return StatedEndpoint{Fact: fact}, nil
}

// saidOf puts facts, in the order of StatedEndpoints, together with the records of
// who said so.
func saidOf(facts []model.Fact, records []decision.Record) []StatedEndpoint {
	bySubject := map[string][]decision.Record{}
	for _, r := range slices.Backward(decision.History(records)) { // oldest first
		bySubject[r.Subject] = append(bySubject[r.Subject], r)
	}
	stated := make([]StatedEndpoint, len(facts))
	var after *StatedEndpoint
	for i := len(facts) - 1; i >= 0; i-- { // what came after is known first
		stated[i] = StatedEndpoint{Fact: facts[i]}
		if after != nil && after.Key != facts[i].Key {
			after = nil
		}
		history := bySubject[facts[i].Key]
		stated[i].Said = saidIn(history, &facts[i])
		stated[i].Ended = endedIn(history, &stated[i], after)
		after = &stated[i]
	}
	return stated
}

// saidIn is the first record that states a fact: it says the same since the same
// moment or, where it names none, was made while the fact held.
func saidIn(history []decision.Record, fact *model.Fact) *decision.Record {
	for i := range history {
		r := &history[i]
		var body endpointBody
		if r.Action != decision.Saved || json.Unmarshal([]byte(r.Body), &body) != nil {
			continue
		}
		made := !r.At.Before(fact.Period.From) && (fact.Period.To.IsZero() || !r.At.After(fact.Period.To))
		if !body.From.IsZero() {
			made = body.From.Equal(fact.Period.From)
		}
		if same, err := body.fact(); made && err == nil && reflect.DeepEqual(same.Endpoint, fact.Endpoint) {
			return r
		}
	}
	return nil
}

// endedIn is the record that ended a fact before the next one was stated.
func endedIn(history []decision.Record, of, next *StatedEndpoint) *decision.Record {
	if of.Period.To.IsZero() || of.Said == nil || next != nil && next.Period.From.Equal(of.Period.To) {
		return nil
	}
	for i := range history {
		r := &history[i]
		if r.Action == decision.Deleted && r.At.After(of.Said.At) && (next == nil || next.Said == nil || r.At.Before(next.Said.At)) {
			return r
		}
	}
	return nil
}
