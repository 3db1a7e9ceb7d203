package chat

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/graphsvc/chat/proof"
	"github.com/egressor/egressor/internal/clock"
)

// engine answers one question of a conversation. It calls emit for every event
// but the last, and returns the whole text for the next question.
type engine interface {
	answer(ctx context.Context, talk *conversation, question string, emit func(Event)) error
	// preview is what would be sent away for a question, "" for nothing.
	preview(talk *conversation, question string) (string, error)
	// spoken is a sentence of an answer as the asker reads it.
	spoken(sentence string) string
}

// Investigator answers questions over the stored operations.
type Investigator struct {
	engine   engine
	byRule   engine // whoever answers else
	status   Status
	patience time.Duration
	log      *slog.Logger

	mu    sync.Mutex
	talks map[string]*conversation
	order []string // conversation ids, oldest first
}

const (
	// maxConversations bounds what is remembered; the oldest is forgotten first.
	maxConversations = 200
	defaultPatience  = 5 * time.Minute
)

// Suggestions are the questions that both engines answer.
var Suggestions = []string{
	"What is going on right now?",
	"Which transfers cost the most?",
	"Why does the costliest transfer cost what it costs?",
	"What changed in the last 15 minutes?",
}

// New returns an investigator: Claude where the settings hold a key, rules
// otherwise.
func New(settings Settings, schema *ast.Schema, execute Executor, log *slog.Logger) (*Investigator, error) {
	operations, err := LoadOperations(schema)
	if err != nil {
		return nil, err
	}
	i := &Investigator{log: log, talks: map[string]*conversation{}, patience: cmp.Or(settings.Patience, defaultPatience)}
	if err := settings.Check(); err != nil {
		return nil, err
	}
	if settings.Now == nil {
		settings.Now = clock.System{}.Now
	}
	tools := NewToolbox(operations, execute)
	i.byRule = rules{tools: tools}
	if !settings.asksModel() {
		i.engine = i.byRule
		i.status = Status{Engine: "rules", Suggestions: Suggestions, Notice: whyRules(settings)}
		return i, nil
	}
	if i.engine, err = newClaude(context.Background(), settings, operations, tools); err != nil {
		return nil, err
	}
	i.status = Status{Engine: "claude", Model: settings.Model, Suggestions: Suggestions, Notice: whatLeaves(settings)}
	return i, nil
}

func whyRules(settings Settings) string {
	if settings.Off {
		return "The model is turned off, so these answers are made by rule from the same tools."
	}
	return "No ANTHROPIC_API_KEY is set, so these answers are made by rule from the same tools. Set the key and restart to ask freely."
}

func whatLeaves(settings Settings) string {
	if settings.Redact {
		return "Questions and results are sent to the model's provider with pseudonyms in the place of names."
	}
	return "Questions and results (names, sizes, costs: no payload) are sent to the model's provider."
}

// Preview is what would be sent away if a question were asked now, "" for nothing.
func (i *Investigator) Preview(asker, question, conversationID string) (string, error) {
	i.mu.Lock()
	talk, known := i.talks[conversationID]
	i.mu.Unlock()
	if !known || talk.asker != asker {
		talk = &conversation{ledger: proof.NewLedger()}
	}
	return i.engine.preview(talk, question)
}

// Sent is what was sent away in a conversation, oldest first: the newest requests,
// at most mostSent.
func (i *Investigator) Sent(asker, conversationID string) []string {
	i.mu.Lock()
	talk, known := i.talks[conversationID]
	i.mu.Unlock()
	if !known || talk.asker != asker {
		return nil
	}
	return talk.kept()
}

// Status says who answers.
func (i *Investigator) Status(context.Context) Status { return i.status }

// Ask streams the answer; the channel is closed after a Done or a Failed, or
// when ctx ends. A conversation that is unknown or another asker's starts a new
// one.
func (i *Investigator) Ask(ctx context.Context, asker, question, conversationID string) <-chan Event {
	return i.asked(ctx, i.engine, i.talk(asker, conversationID), question)
}

// AskByRule streams an answer made by rule, also where there is a model. It belongs to
// no conversation.
func (i *Investigator) AskByRule(ctx context.Context, question string) <-chan Event {
	return i.asked(ctx, i.byRule, newConversation("", ""), question)
}

func (i *Investigator) asked(ctx context.Context, by engine, talk *conversation, question string) <-chan Event {
	events := make(chan Event)
	go func() {
		defer close(events)
		select {
		case talk.busy <- struct{}{}:
		case <-ctx.Done():
			return
		}
		defer func() { <-talk.busy }()
		talk.ledger.AddQuestion(question)
		recorder := newRecorder(ctx, events, talk.ledger)
		recorder.weaver.Rewrite = by.spoken
		recorder.end(talk, i.ask(ctx, by, talk, question, recorder.emit))
	}()
	return events
}

// ask answers one question and says why it could not.
func (i *Investigator) ask(ctx context.Context, by engine, talk *conversation, question string, emit func(Event)) *Failed {
	ctx, cancel := context.WithTimeout(ctx, i.patience)
	defer cancel()
	talk.usage, talk.spent = Usage{}, spent{}
	if err := by.answer(ctx, talk, question, emit); err != nil {
		i.log.Warn("a question was not answered", "error", err)
		return failureOf(err)
	}
	return nil
}

func (i *Investigator) talk(asker, id string) *conversation {
	i.mu.Lock()
	defer i.mu.Unlock()
	if talk, known := i.talks[id]; known && talk.asker == asker {
		return talk
	}
	var random [12]byte
	_, _ = rand.Read(random[:]) // never fails, by its documentation
	talk := newConversation(hex.EncodeToString(random[:]), asker)
	i.talks[talk.id] = talk
	i.order = append(i.order, talk.id)
	if len(i.order) > maxConversations {
		delete(i.talks, i.order[0])
		i.order = i.order[1:]
	}
	return talk
}
