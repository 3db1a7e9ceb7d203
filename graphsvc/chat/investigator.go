package chat

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"regexp"
	"strconv"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// engine answers one question of a conversation. It calls emit for every event
// but the last, and returns the whole text for the next question.
type engine interface {
	answer(ctx context.Context, talk *conversation, question string, emit func(Event)) error
}

// Investigator answers questions over the stored operations.
type Investigator struct {
	engine engine
	status Status
	log    *slog.Logger

	mu    sync.Mutex
	talks map[string]*conversation
	order []string // conversation ids, oldest first
}

// maxConversations bounds what is remembered; the oldest is forgotten first.
const maxConversations = 200

// Suggestions are the questions that both engines answer.
var Suggestions = []string{
	"What is going on right now?",
	"Which transfers cost the most?",
	"Why does the costliest transfer cost what it costs?",
}

// New returns an investigator: Claude where the settings hold a key, rules
// otherwise.
func New(settings Settings, schema *ast.Schema, execute Executor, log *slog.Logger) (*Investigator, error) {
	operations, err := LoadOperations(schema)
	if err != nil {
		return nil, err
	}
	i := &Investigator{log: log, talks: map[string]*conversation{}}
	tools := newToolbox(operations, execute)
	if settings.Key == "" {
		i.engine = rules{tools}
		i.status = Status{
			Engine: "rules", Suggestions: Suggestions,
			Notice: "No ANTHROPIC_API_KEY is set, so these answers are made by rule from the same tools. Set the key and restart to ask freely.",
		}
		return i, nil
	}
	i.engine = newClaude(settings, operations, tools)
	i.status = Status{Engine: "claude", Model: settings.Model, Suggestions: Suggestions}
	return i, nil
}

// Status says who answers.
func (i *Investigator) Status(context.Context) Status { return i.status }

// Ask streams the answer; the channel is closed after a Done or a Failed, or
// when ctx ends.
func (i *Investigator) Ask(ctx context.Context, question, conversationID string) <-chan Event {
	events := make(chan Event)
	go func() {
		defer close(events)
		talk := i.talk(conversationID)
		talk.busy.Lock()
		defer talk.busy.Unlock()
		recorder := &recorder{ctx: ctx, out: events, sources: []string{question}}
		recorder.sources = append(recorder.sources, talk.sources...)
		if err := i.engine.answer(ctx, talk, question, recorder.emit); err != nil {
			i.log.Warn("a question was not answered", "error", err)
			recorder.emit(Event{Failed: failureOf(err)})
			return
		}
		talk.sources = recorder.sources
		recorder.emit(Event{Done: recorder.done(talk)})
	}()
	return events
}

// conversation is what is remembered between questions.
type conversation struct {
	id   string
	busy sync.Mutex // one question at a time
	// history is the engine's own.
	history any
	// sources are the questions and results so far: what figures may come from.
	sources []string
	// inputTokens and outputTokens of the question in hand.
	inputTokens, outputTokens int64
}

func (i *Investigator) talk(id string) *conversation {
	i.mu.Lock()
	defer i.mu.Unlock()
	if talk, known := i.talks[id]; known {
		return talk
	}
	var random [12]byte
	_, _ = rand.Read(random[:]) // never fails, by its documentation
	talk := &conversation{id: hex.EncodeToString(random[:])}
	i.talks[talk.id] = talk
	i.order = append(i.order, talk.id)
	if len(i.order) > maxConversations {
		delete(i.talks, i.order[0])
		i.order = i.order[1:]
	}
	return talk
}

// recorder passes events on and keeps what the proof needs.
type recorder struct {
	ctx     context.Context
	out     chan<- Event
	text    string
	sources []string
	version uint64
}

var versionNumber = regexp.MustCompile(`"version":\{[^{}]*"number":(\d+)`)

func (r *recorder) emit(event Event) {
	r.text += event.Text
	if event.Call != nil && event.Call.Result != "" {
		r.sources = append(r.sources, event.Call.Result)
		for _, found := range versionNumber.FindAllStringSubmatch(event.Call.Result, -1) {
			if number, err := strconv.ParseUint(found[1], 10, 64); err == nil {
				r.version = max(r.version, number)
			}
		}
	}
	select {
	case r.out <- event:
	case <-r.ctx.Done():
	}
}

func (r *recorder) done(talk *conversation) *Done {
	return &Done{
		Conversation: talk.id, Version: r.version, Unproven: unproven(r.text, r.sources),
		InputTokens: talk.inputTokens, OutputTokens: talk.outputTokens,
	}
}
