package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// rules answers the suggested questions from the same tools, by template.
type rules struct {
	tools *Toolbox
	// talk is the conversation in hand.
	talk *conversation
}

// answer picks one of five answers by the question's words.
func (r rules) answer(ctx context.Context, talk *conversation, question string, emit func(Event)) error {
	words := strings.ToLower(question)
	r.talk = talk
	if id := incidentID.FindString(words); id != "" {
		return r.incident(ctx, emit, id, words)
	}
	switch {
	case containsAny(words, "chang", "grew", "grow", "jump", "rise", "rose", "increase", "more than before", "went up"):
		return r.change(ctx, emit)
	case containsAny(words, "why", "explain", "reason"):
		if id := transferID.FindString(words); id != "" {
			return r.receipt(ctx, emit, map[string]any{"id": id})
		}
		return r.explain(ctx, emit)
	case containsAny(words, "which", "most", "top", "costliest", "expensive", "biggest"):
		return r.top(ctx, emit)
	default:
		return r.overview(ctx, emit)
	}
}

func containsAny(text string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// call runs a tool and shows it, like a model's call.
func (r rules) call(ctx context.Context, emit func(Event), name string, input map[string]any, into any) error {
	text, err := json.Marshal(input)
	if err != nil {
		return err
	}
	r.talk.usage.Calls++
	call := Call{ID: "rule-" + name, Name: name, Input: string(text)}
	started := call
	emit(Event{Call: &started})
	fetched, err := r.tools.fetch(ctx, name, call.Input)
	var result proof.Result
	if err == nil {
		result, err = enter(r.talk.ledger, call.ID, name, call.Input, fetched)
	}
	if err != nil {
		call.Error = err.Error()
		emit(Event{Call: &call})
		return fmt.Errorf("tool %s: %w", name, err)
	}
	call.Result = result.Text
	emit(Event{Call: &call})
	return json.Unmarshal(result.Tree, into)
}

func (r rules) overview(ctx context.Context, emit func(Event)) error {
	var found overviewResult
	if err := r.call(ctx, emit, "overview", map[string]any{}, &found); err != nil {
		return err
	}
	if found.Meta == nil {
		emit(Event{Text: nothingYet})
		return nil
	}
	emit(Event{Text: found.words()})
	return nil
}

func (r rules) top(ctx context.Context, emit func(Event)) error {
	_, text, err := r.ranked(ctx, emit)
	if err == nil {
		emit(Event{Text: text})
	}
	return err
}

func (r rules) explain(ctx context.Context, emit func(Event)) error {
	found, text, err := r.ranked(ctx, emit)
	if err != nil {
		return err
	}
	if len(found.Transfers.Edges) == 0 {
		emit(Event{Text: text})
		return nil
	}
	asked := found.Transfers.Window
	return r.receipt(ctx, emit, map[string]any{"id": found.Transfers.Edges[0].Node.ID, "from": asked.From, "to": asked.To})
}

var transferID = regexp.MustCompile(`\bt[0-9a-f]{16}\b`)

// receipt explains one transfer.
func (r rules) receipt(ctx context.Context, emit func(Event), input map[string]any) error {
	var detail explainResult
	if err := r.call(ctx, emit, "explain_cost", input, &detail); err != nil {
		return err
	}
	if detail.Transfer == nil {
		emit(Event{Text: nothingYet})
		return nil
	}
	emit(Event{Text: detail.words()})
	return nil
}

func (r rules) ranked(ctx context.Context, emit func(Event)) (topResult, string, error) {
	var found topResult
	err := r.call(ctx, emit, "top_transfers", map[string]any{"first": 5}, &found)
	if err != nil {
		return found, "", err
	}
	if found.Transfers.Version == nil {
		return found, nothingYet, nil
	}
	if len(found.Transfers.Edges) == 0 {
		return found, fmt.Sprintf("No transfer was seen from %s to %s.", found.Transfers.Window.From, found.Transfers.Window.To), nil
	}
	return found, found.words(), nil
}

const nothingYet = "Nothing is folded yet. The first version appears about a minute after the first agent reports; ask again then, or look at the status page to see whether agents report."

// preview is empty: rules send nothing away.
func (rules) preview(*conversation, string) (string, error) { return "", nil }

// spoken is the sentence itself.
func (rules) spoken(sentence string) string { return sentence }
