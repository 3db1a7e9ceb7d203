package chat

import (
	"context"
	"sync"

	"github.com/anthropics/anthropic-sdk-go"
)

// calls runs the tools that the model asks for while it answers one question.
type calls struct {
	box *Toolbox
	// bytesLeft of the results that this question may still gather.
	bytesLeft int
	emit      func(Event)
}

// run runs a message's tools at once and returns their results in its order.
func (c *calls) run(ctx context.Context, message anthropic.Message) []anthropic.ContentBlockParamUnion {
	asked := c.announce(message)
	var wait sync.WaitGroup
	for _, call := range asked {
		wait.Go(func() {
			result, err := c.box.Run(ctx, call.Name, call.Input)
			call.Result = result
			if err != nil {
				call.Error = err.Error()
			}
		})
	}
	wait.Wait()
	results := make([]anthropic.ContentBlockParamUnion, len(asked))
	for i, call := range asked {
		c.spend(call)
		c.emit(Event{Call: call})
		content := call.Result
		if call.Error != "" {
			content = call.Error
		}
		results[i] = anthropic.NewToolResultBlock(call.ID, content, call.Error != "")
	}
	return results
}

// announce tells of each call before it runs, set off from the text before it.
func (c *calls) announce(message anthropic.Message) []*Call {
	var asked []*Call
	hasText := false
	for _, block := range message.Content {
		switch block := block.AsAny().(type) {
		case anthropic.ToolUseBlock:
			asked = append(asked, &Call{ID: block.ID, Name: block.Name, Input: string(block.Input)})
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
