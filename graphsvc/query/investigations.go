package query

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/internal/model"
)

// Bounds of investigations.
const (
	MaxInvestigations = 100  // on one page
	MaxQuestion       = 4000 // characters
	// investigationLasts is after which time one without an end broke off: longer
	// than any answer may take.
	investigationLasts = 10 * time.Minute
)

// Investigation is a question on the record, with its answer.
type Investigation struct {
	ID, Question, Incident, By string
	StartedAt                  time.Time
	// Answer is nil while it runs.
	Answer *InvestigationAnswer
	// Mine is true where the asker of now is who asked.
	Mine bool
	// Inquiry is what the service asked by itself, nil where somebody asked.
	Inquiry *inquiry.Inquiry
}

// InvestigationAnswer is how an investigation ended.
type InvestigationAnswer struct {
	At       time.Time `json:"-"`
	Engine   string    `json:"engine"`
	Text     string    `json:"text"`
	Steps    []string  `json:"steps"`
	Version  uint64    `json:"version,omitempty"`
	Unproven []string  `json:"unproven,omitempty"`
	// Evidence are the calls of tools with what they gave, in order.
	Evidence []InvestigationStep `json:"evidence,omitempty"`
	// InputTokens and OutputTokens of the model, CostUSD a decimal, "" where no price is known.
	InputTokens  int64  `json:"inputTokens,omitempty"`
	OutputTokens int64  `json:"outputTokens,omitempty"`
	CostUSD      string `json:"costUsd,omitempty"`
	// Failure is why it broke off, "" where it did not.
	Failure string `json:"failure,omitempty"`
}

// InvestigationStep is one call of a tool: its input and its result as JSON, or why
// there is none.
type InvestigationStep struct {
	Tool   string `json:"tool"`
	Input  string `json:"input"`
	Result string `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

type investigationBody struct {
	Question string   `json:"question"`
	Incident string   `json:"incident,omitempty"`
	Scopes   []string `json:"scopes"`
}

// InvestigationPlace is a place in the list of investigations: behind the one named.
type InvestigationPlace struct {
	At time.Time
	ID string
}

// StartInvestigation puts a question on the record; started is false where it was
// there under its key. An incident is one that the asker sees.
func (e *Explorer) StartInvestigation(ctx context.Context, question, incident, key string) (found Investigation, started bool, err error) {
	if err := needs(ctx, access.Analyst, "to start investigations"); err != nil {
		return Investigation{}, false, err
	}
	if question, err = e.questionAbout(ctx, question, incident); err != nil {
		return Investigation{}, false, err
	}
	who := access.From(ctx)
	body, err := json.Marshal(investigationBody{Question: question, Incident: incident, Scopes: scopesText(who)})
	if err != nil {
		return Investigation{}, false, badInput("send text", "a question that cannot be written: %v", err)
	}
	id := rand.Text()
	if key != "" {
		id = investigationID(who, key)
	}
	before, err := e.history(ctx, decision.Investigation, id)
	if err != nil {
		return Investigation{}, false, err
	}
	history, err := e.decide(ctx, decision.Record{Kind: decision.Investigation, Subject: id, Action: decision.Started, Key: key, Body: string(body)})
	if err != nil {
		return Investigation{}, false, err
	}
	found, _ = e.investigationOf(who, history)
	return found, len(before) == 0, nil
}

func (e *Explorer) questionAbout(ctx context.Context, question, incident string) (string, error) {
	question = strings.TrimSpace(question)
	if incident != "" {
		about, err := e.Incident(ctx, incident)
		if err != nil {
			return "", err
		}
		if about == nil {
			return "", &Error{Code: CodeUnknownID, Message: "there is no incident " + incident, Hint: "the field incidents lists them"}
		}
		if question == "" {
			question = "Why did incident " + incident + " happen: " + about.Title + "?"
		}
	}
	if n := utf8.RuneCountInString(question); n < 1 || n > MaxQuestion {
		return "", badInput("ask in 1 to 4000 characters", "a question of %d characters", n)
	}
	return question, nil
}

// FinishInvestigation puts an answer on the record, and links the investigation in the
// graph to what its evidence names.
func (e *Explorer) FinishInvestigation(ctx context.Context, asked Investigation, answer InvestigationAnswer) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	_, err = e.decide(ctx, decision.Record{Kind: decision.Investigation, Subject: asked.ID, Action: decision.Finished, Key: "answer", Body: string(body)})
	if err != nil || e.nodes == nil {
		return err
	}
	node := model.Investigation{
		ID: asked.ID, Question: asked.Question, Incident: asked.Incident, Occasion: "asked", By: asked.By, Engine: answer.Engine,
		StartedAt: asked.StartedAt, EndedAt: e.clock.Now().UTC(), Version: answer.Version, Answer: answer.Text, Entities: entitiesIn(answer.Evidence),
	}
	if err := e.nodes.SaveInvestigation(ctx, node); err != nil {
		return unavailable("the graph store", err)
	}
	return nil
}

// anID is a text that may be the id of a node.
var anID = regexp.MustCompile(`\b[a-z]+/[^\s"\\,]+`)

// maxCited bounds the nodes that an investigation is linked to.
const maxCited = 200

// entitiesIn are the ids of nodes that evidence names, each once, in order.
func entitiesIn(evidence []InvestigationStep) []string {
	var ids []string
	for i := range evidence {
		for _, text := range anID.FindAllString(evidence[i].Result, -1) {
			if _, err := model.ParseIdentity(text); err == nil {
				ids = append(ids, text)
			}
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(maxCited, len(ids))]
}

// Investigation is one by id; nil where there is none that the asker may see.
func (e *Explorer) Investigation(ctx context.Context, id string) (*Investigation, error) {
	if e.decisions == nil {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	history, err := e.history(ctx, decision.Investigation, id)
	if err != nil {
		return nil, err
	}
	found, visible := e.investigationOf(access.From(ctx), history)
	if !visible {
		return nil, nil //nolint:nilnil // documented: there is none
	}
	return &found, nil
}

// Investigations are those behind a place that the asker may see, newest first.
// One more than a page may be asked for.
func (e *Explorer) Investigations(ctx context.Context, behind InvestigationPlace, limit int) ([]Investigation, error) {
	found, err := e.investigationsBehind(ctx, behind)
	return found[:min(limit, len(found))], err
}

func (e *Explorer) investigationsBehind(ctx context.Context, behind InvestigationPlace) ([]Investigation, error) {
	if e.decisions == nil {
		return nil, nil
	}
	records, err := e.decisions.Decisions(ctx, decision.Investigation, nil)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	return e.investigationsIn(ctx, records, func(i *Investigation) bool { return behind.ID == "" || placed(*i, behind) > 0 }), nil
}

// placed orders newest first, then by id.
func placed(one Investigation, at InvestigationPlace) int {
	if byTime := at.At.Compare(one.StartedAt); byTime != 0 {
		return byTime
	}
	return strings.Compare(one.ID, at.ID)
}

// investigationOf reads a history, newest first, and whether somebody may see it:
// who asked, and who may see all that they could.
func (e *Explorer) investigationOf(who access.Principal, history []decision.Record) (Investigation, bool) {
	var found Investigation
	var body investigationBody
	begun := false
	for _, r := range history {
		switch r.Action { //nolint:exhaustive // the others are of other kinds
		case decision.Started:
			if json.Unmarshal([]byte(r.Body), &body) != nil {
				return Investigation{}, false
			}
			begun = true
			found.ID, found.Question, found.Incident, found.By, found.StartedAt = r.Subject, body.Question, body.Incident, r.By, r.At
			found.Mine = r.By == who.Name && r.Method == who.Method
		case decision.Inquired:
			return inquiryOf(who, r)
		case decision.Finished:
			answer := InvestigationAnswer{At: r.At}
			if json.Unmarshal([]byte(r.Body), &answer) != nil {
				return Investigation{}, false
			}
			found.Answer = &answer
		}
	}
	if begun && found.Answer == nil && e.clock.Now().Sub(found.StartedAt) > investigationLasts {
		found.Answer = &InvestigationAnswer{At: found.StartedAt.Add(investigationLasts), Failure: "the service ended before the answer did"}
	}
	return found, begun && (found.Mine || coversText(who, body.Scopes))
}

func investigationID(who access.Principal, key string) string { return "q" + viewID(who, key)[1:] }
