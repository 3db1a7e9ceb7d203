package query

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
)

// inquirer is who the service's own investigations are made by.
var inquirer = access.Principal{Name: "egressor", Method: "rule", Role: access.Analyst, Scopes: access.Everywhere}

// inquiryBody is an investigation that the service made by itself: question and answer in
// one record, so that it is there as a whole or not at all.
type inquiryBody struct {
	Question  string              `json:"question"`
	Occasion  inquiry.Occasion    `json:"occasion"`
	StartedAt time.Time           `json:"startedAt"`
	Through   model.Minute        `json:"through"`
	Incident  model.Incident      `json:"incident"`
	Answer    InvestigationAnswer `json:"answer"`
}

// heldKey is where an incident as it was at a version is kept in a context.
type heldKey struct{}

// Inquiring is the context in which an investigation is made by rule: as the service
// itself, which sees everything, of a version, and of the incident as it was then.
func Inquiring(ctx context.Context, i *inquiry.Inquiry, version model.GraphVersion) context.Context {
	return context.WithValue(AsOf(access.With(ctx, inquirer), version), heldKey{}, &i.Incident)
}

// Inquired reports whether an investigation is on the record.
func (e *Explorer) Inquired(ctx context.Context, i *inquiry.Inquiry) (bool, error) {
	history, err := e.history(ctx, decision.Investigation, i.ID())
	return len(history) > 0, err
}

// KeepInquiry puts an investigation on the record, once, and links it in the graph. What
// another service put there first stands.
func (e *Explorer) KeepInquiry(ctx context.Context, i *inquiry.Inquiry, begun time.Time, answer InvestigationAnswer) error {
	body := inquiryBody{Question: i.Question(), Occasion: i.Occasion, StartedAt: begun, Through: i.Through, Incident: i.Incident, Answer: answer}
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if err := e.node(ctx, i, &body); err != nil {
		return err
	}
	ctx = access.With(ctx, inquirer)
	if kept, err := e.Inquired(ctx, i); err != nil || kept {
		return err
	}
	_, err = e.decide(ctx, decision.Record{Kind: decision.Investigation, Subject: i.ID(), Action: decision.Inquired, Key: "inquiry", Body: string(text)})
	return err
}

// Now is the moment, by the explorer's clock.
func (e *Explorer) Now() time.Time { return e.clock.Now().UTC() }

// node links an investigation of the service's own to what it cites.
func (e *Explorer) node(ctx context.Context, i *inquiry.Inquiry, body *inquiryBody) error {
	if e.nodes == nil {
		return nil
	}
	node := model.Investigation{
		ID: i.ID(), Question: body.Question, Incident: i.Incident.ID, Occasion: string(i.Occasion), By: inquirer.Name, Engine: body.Answer.Engine,
		StartedAt: body.StartedAt, EndedAt: e.clock.Now().UTC(), Version: body.Answer.Version, From: i.From(), To: i.To(), Answer: body.Answer.Text,
	}
	node.Entities, node.Revisions = inquiry.Cited(&i.Incident)
	if err := e.nodes.SaveInvestigation(ctx, node); err != nil {
		return unavailable("the graph store", err)
	}
	return nil
}

// inquiryOf reads a record of the service's own, and whether somebody may see it: who
// sees all that it cites.
func inquiryOf(who access.Principal, r decision.Record) (Investigation, bool) {
	var body inquiryBody
	if json.Unmarshal([]byte(r.Body), &body) != nil {
		return Investigation{}, false
	}
	body.Answer.At = r.At
	found := Investigation{
		ID: r.Subject, Question: body.Question, Incident: body.Incident.ID, By: r.By, StartedAt: body.StartedAt, Answer: &body.Answer,
		Inquiry: &inquiry.Inquiry{Occasion: body.Occasion, Incident: body.Incident, Through: body.Through},
	}
	entities, _ := inquiry.Cited(&body.Incident)
	return found, who.Unscoped() || len(body.Incident.Anomalies) < model.MaxAnomalies && seesRecommendation(who, entities)
}

// InvestigationsOf are the investigations of an incident that the asker may see, newest first.
func (e *Explorer) InvestigationsOf(ctx context.Context, incident string) ([]Investigation, error) {
	if e.insights == nil || e.decisions == nil {
		return nil, nil
	}
	ids, err := e.insights.InvestigationsOf(ctx, incident)
	if err != nil {
		return nil, unavailable("the graph store", err)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := e.decisions.Decisions(ctx, decision.Investigation, ids)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return e.investigationsIn(ctx, records, func(i *Investigation) bool { return i.Incident == incident }), nil
}

// investigationsIn are the investigations in some records that the asker may see and that
// are wanted, newest first.
func (e *Explorer) investigationsIn(ctx context.Context, records []decision.Record, wanted func(*Investigation) bool) []Investigation {
	bySubject := map[string][]decision.Record{}
	for _, r := range decision.History(records) {
		bySubject[r.Subject] = append(bySubject[r.Subject], r)
	}
	var found []Investigation
	for _, history := range bySubject {
		one, visible := e.investigationOf(access.From(ctx), history)
		if visible && wanted(&one) {
			found = append(found, one)
		}
	}
	slices.SortFunc(found, func(a, b Investigation) int { return placed(a, InvestigationPlace{b.StartedAt, b.ID}) })
	return found
}

// InvestigationsOf are seen as each of them is.
func (s scopedInsights) InvestigationsOf(ctx context.Context, incident string) ([]string, error) {
	return s.all.InvestigationsOf(ctx, incident)
}

// VersionOf is a version by number, refused with the reason where it is not kept.
func (e *Explorer) VersionOf(ctx context.Context, number uint64) (model.GraphVersion, error) {
	version, err := e.numbered(ctx, number, model.GraphVersion{Number: number})
	if err != nil {
		return model.GraphVersion{}, err
	}
	return *version, nil
}
