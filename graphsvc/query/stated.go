package query

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// Facts keeps what people state of the outside.
type Facts interface {
	FactsOf(ctx context.Context, source string, since time.Time) ([]model.Fact, error)
	RecordFacts(ctx context.Context, facts []model.Fact, now time.Time) error
}

// StatedSource is the Source of facts that people state over the API.
const StatedSource = "stated/api"

// Limits of one endpoint. Each name is looked up every minute.
const (
	maxCIDRs = 500
	maxHosts = 100
)

// EndpointStatement is something outside as a person states it; its fields are
// those of the endpoint file.
type EndpointStatement struct {
	Class    string   `json:"class"`
	Name     string   `json:"name"`
	CIDRs    []string `json:"cidrs,omitempty"`
	Hosts    []string `json:"hosts,omitempty"`
	Provider string   `json:"provider,omitempty"`
	Region   string   `json:"region,omitempty"`
	Zone     string   `json:"zone,omitempty"`
	Network  string   `json:"network,omitempty"`
	Account  string   `json:"account,omitempty"`
	Team     string   `json:"team,omitempty"`
}

// statedFacts are all that people stated, by key and then by time.
func (e *Explorer) statedFacts(ctx context.Context) ([]model.Fact, error) {
	if e.facts == nil || !SeesAll(ctx) {
		return nil, nil
	}
	facts, err := e.facts.FactsOf(ctx, StatedSource, time.Unix(0, 0))
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	facts = slices.DeleteFunc(facts, func(f model.Fact) bool { return f.Endpoint == nil })
	slices.SortFunc(facts, func(a, b model.Fact) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), a.Period.From.Compare(b.Period.From))
	})
	return facts, nil
}

// SaveEndpoint states something outside from a moment on; the zero moment is now.
// The facts are stored before the record, so that what is sent again after a
// failure finds out what is left to do.
func (e *Explorer) SaveEndpoint(ctx context.Context, stated EndpointStatement, from time.Time, choice Choice) (StatedEndpoint, error) {
	if err := e.mayState(ctx, e.facts != nil); err != nil {
		return StatedEndpoint{}, err
	}
	fact, err := stated.fact()
	if err != nil {
		return StatedEndpoint{}, err
	}
	body, err := json.Marshal(endpointBody{stated, from.UTC()})
	if err != nil {
		return StatedEndpoint{}, badInput("send text", "an endpoint that cannot be written: %v", err)
	}
	record := decision.Record{Kind: decision.Endpoint, Subject: fact.Key, Action: decision.Saved, Note: choice.Note, Key: choice.Key, Body: string(body)}
	if err := checkDecision(record); err != nil {
		return StatedEndpoint{}, err
	}
	if fact, err = e.restate(ctx, fact, from); err != nil {
		return StatedEndpoint{}, err
	}
	if _, err = e.decide(ctx, record); err != nil {
		return StatedEndpoint{}, err
	}
	return e.whoSaid(ctx, fact)
}

// restate stores a fact, and the end of the one that it takes the place of. What
// is so already is left as it is.
func (e *Explorer) restate(ctx context.Context, fact model.Fact, from time.Time) (model.Fact, error) {
	now := e.clock.Now().UTC().Truncate(time.Microsecond)
	before, err := e.statedNow(ctx, fact.Key)
	if err != nil {
		return fact, err
	}
	holds := before != nil && before.Period.To.IsZero()
	if holds && reflect.DeepEqual(before.Endpoint, fact.Endpoint) && (from.IsZero() || from.Equal(before.Period.From)) {
		return *before, nil
	}
	fact.Period.From = now
	if !from.IsZero() {
		fact.Period.From = from.UTC()
	}
	facts := []model.Fact{fact}
	switch {
	case before == nil:
	case before.Period.From.After(fact.Period.From), !holds && before.Period.To.After(fact.Period.From):
		return fact, badInput("give a later moment", "endpoint %s was stated otherwise for the time after %s already", fact.Key, fact.Period.From.Format(time.RFC3339))
	case holds && before.Period.From.Before(fact.Period.From):
		ended := *before
		ended.Period.To = fact.Period.From
		facts = append(facts, ended)
	}
	if err := e.facts.RecordFacts(ctx, facts, now); err != nil {
		return fact, unavailable("the flow store", err)
	}
	return fact, nil
}

// EndEndpoint ends what was stated of something outside; the zero moment is now.
// What has ended already is left as it is.
func (e *Explorer) EndEndpoint(ctx context.Context, key string, at time.Time, choice Choice) (StatedEndpoint, error) {
	if err := e.mayState(ctx, e.facts != nil); err != nil {
		return StatedEndpoint{}, err
	}
	before, err := e.statedNow(ctx, key)
	if err != nil {
		return StatedEndpoint{}, err
	}
	if before == nil {
		return StatedEndpoint{}, &Error{Code: CodeUnknownID, Message: "nobody stated an endpoint " + key, Hint: "the field statedEndpoints lists them; those of files end with the file's entry"}
	}
	record := decision.Record{Kind: decision.Endpoint, Subject: key, Action: decision.Deleted, Note: choice.Note, Key: choice.Key}
	if err := checkDecision(record); err != nil {
		return StatedEndpoint{}, err
	}
	if !before.Period.To.IsZero() {
		return e.whoSaid(ctx, *before)
	}
	now := e.clock.Now().UTC().Truncate(time.Microsecond)
	ended := *before
	if ended.Period.To = now; !at.IsZero() {
		ended.Period.To = at.UTC()
	}
	if !ended.Period.To.After(ended.Period.From) {
		return StatedEndpoint{}, badInput("give a later moment", "endpoint %s begins at %s", key, ended.Period.From.Format(time.RFC3339))
	}
	if err := e.facts.RecordFacts(ctx, []model.Fact{ended}, now); err != nil {
		return StatedEndpoint{}, unavailable("the flow store", err)
	}
	if _, err = e.decide(ctx, record); err != nil {
		return StatedEndpoint{}, err
	}
	return e.whoSaid(ctx, ended)
}

// statedNow is what was stated of an endpoint last, nil for nothing.
func (e *Explorer) statedNow(ctx context.Context, key string) (*model.Fact, error) {
	facts, err := e.statedFacts(ctx)
	if err != nil {
		return nil, err
	}
	var last *model.Fact
	for i := range facts {
		if facts[i].Key == key {
			last = &facts[i]
		}
	}
	return last, nil
}

// mayState refuses who may not change what everybody's figures rest on.
func (e *Explorer) mayState(ctx context.Context, here bool) error {
	if !here || e.decisions == nil {
		return undecidable()
	}
	if err := needs(ctx, access.Admin, "to change what is known of the outside and its prices"); err != nil {
		return err
	}
	if !SeesAll(ctx) {
		return &Error{Code: CodeForbidden, Message: "this changes everybody's figures, and your scopes are narrower", Hint: "ask an admin of scope */*"}
	}
	return nil
}

// fact reads a statement by the rules of the endpoint file.
func (s EndpointStatement) fact() (model.Fact, error) {
	if len(s.CIDRs)+len(s.Hosts) == 0 {
		return model.Fact{}, badInput("give address ranges (cidrs), DNS names (hosts) or both", "an endpoint of no addresses")
	}
	if len(s.CIDRs) > maxCIDRs || len(s.Hosts) > maxHosts {
		return model.Fact{}, badInput("give at most "+strconv.Itoa(maxCIDRs)+" ranges and "+strconv.Itoa(maxHosts)+" names",
			"an endpoint of %d ranges and %d names", len(s.CIDRs), len(s.Hosts))
	}
	text, err := json.Marshal(map[string]any{"endpoints": []EndpointStatement{s}}) // JSON is YAML
	if err != nil {
		return model.Fact{}, badInput("send text", "an endpoint that cannot be written: %v", err)
	}
	facts, err := inventory.Parse("endpoint", text)
	if err != nil {
		return model.Fact{}, badInput("docs/formats/endpoints.md says what each field means", "%s", strings.ReplaceAll(err.Error(), "endpoint:1: endpoints: ", ""))
	}
	fact := facts[0]
	fact.Source = StatedSource
	return fact, nil
}
