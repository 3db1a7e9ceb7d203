package chat

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/anthropics/anthropic-sdk-go"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// calls runs the tools that the model asks for while it answers one question.
type calls struct {
	box    *Toolbox
	ledger *proof.Ledger
	// bytesLeft of the results that this question may still gather.
	bytesLeft int
	names     *pseudonyms
	// made counts the calls so far.
	made int
	emit func(Event)
}

// run runs a message's tools at once and returns their results in its order. The
// results enter the ledger in that order too: references are the same however
// long each took.
func (c *calls) run(ctx context.Context, message anthropic.Message) []anthropic.ContentBlockParamUnion {
	asked := c.announce(message)
	fetched := make([]json.RawMessage, len(asked))
	failures := make([]error, len(asked))
	var wait sync.WaitGroup
	for i, call := range asked {
		wait.Go(func() { fetched[i], failures[i] = c.box.fetch(ctx, call.Name, call.Input) })
	}
	wait.Wait()
	results := make([]anthropic.ContentBlockParamUnion, len(asked))
	for i, call := range asked {
		c.enter(call, fetched[i], failures[i])
		c.emit(Event{Call: call})
		content := call.Result
		if call.Error != "" {
			content = call.Error
		}
		results[i] = anthropic.NewToolResultBlock(call.ID, c.names.hide(c.ledger, content), call.Error != "")
	}
	return results
}

func (c *calls) enter(call *Call, fetched json.RawMessage, err error) {
	c.made++
	if err == nil {
		var result proof.Result
		if result, err = enter(c.ledger, call.ID, call.Name, call.Input, fetched); err == nil {
			call.Result = result.Text
		}
	}
	if err != nil {
		call.Error = proof.Harmless(err.Error(), maxErrorLetters)
		return
	}
	c.spend(call)
}

// maxErrorLetters bounds an error's text: it may repeat what was asked.
const maxErrorLetters = 600

// announce tells of each call before it runs, set off from the text before it.
func (c *calls) announce(message anthropic.Message) []*Call {
	var asked []*Call
	hasText := false
	for _, block := range message.Content {
		switch block := block.AsAny().(type) {
		case anthropic.ToolUseBlock:
			asked = append(asked, &Call{ID: block.ID, Name: block.Name, Input: c.names.restore(string(block.Input))})
		case anthropic.TextBlock:
			hasText = hasText || block.Text != ""
		}
	}
	if hasText {
		c.emit(Event{Text: "\n\n"})
	}
	for _, call := range asked {
		c.emit(Event{Call: &Call{ID: call.ID, Name: call.Name, Input: call.Input}})
	}
	return asked
}

// spend withholds a result that no longer fits into the question's share.
func (c *calls) spend(call *Call) {
	if len(call.Result) > c.bytesLeft {
		call.Result, call.Error = "", "this question has gathered all the results it may: answer from those you have"
		return
	}
	c.bytesLeft -= len(call.Result)
}
