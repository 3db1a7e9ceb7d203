package chat

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/packages/param"
)

const (
	maxTurns  = 8
	maxTokens = 4096
)

//go:embed system.txt
var systemPrompt string

// claude answers with the Messages API. The loop is our own, because the proof
// needs every result and the SDK's runner drops strict and cache_control.
type claude struct {
	client anthropic.Client
	model  string
	tools  []anthropic.ToolUnionParam
	box    *Toolbox
	purse  *purse
	// names hides the cluster's names, nil where they are sent as they are.
	names *pseudonyms
}

func newClaude(ctx context.Context, settings Settings, operations []Operation, box *Toolbox) (*claude, error) {
	options, err := settings.options(ctx)
	if err != nil {
		return nil, err
	}
	c := &claude{
		client: anthropic.NewClient(options...), model: settings.Model, tools: toolsOf(operations), box: box,
		purse: &purse{budget: settings.Budget, price: priceOf(settings.Prices, settings.Model), now: settings.Now},
	}
	if settings.Redact {
		c.names = newPseudonyms(settings.PseudonymKey)
	}
	return c, nil
}

// toolsOf are the definitions. They stand before the system prompt, which ends
// in a cache breakpoint: both are the same in every request, byte for byte.
func toolsOf(operations []Operation) []anthropic.ToolUnionParam {
	tools := make([]anthropic.ToolUnionParam, len(operations))
	for i, operation := range operations {
		tools[i].OfTool = &anthropic.ToolParam{
			Name:        operation.Name,
			Description: param.NewOpt(operation.Description),
			Strict:      param.NewOpt(true),
			InputSchema: anthropic.ToolInputSchemaParam{
				Properties: operation.Input.Properties, Required: operation.Input.Required,
				ExtraFields: map[string]any{"additionalProperties": false},
			},
		}
	}
	return tools
}

// answer runs turns until the model ends its turn. A question that fails leaves
// the conversation as it was.
func (c *claude) answer(ctx context.Context, talk *conversation, question string, emit func(Event)) error {
	history := c.opening(talk, question)
	calls := &calls{box: c.box, ledger: talk.ledger, names: c.names, bytesLeft: maxQuestionBytes, emit: emit}
	for range maxTurns {
		if err := c.purse.allows(&talk.spent); err != nil {
			return err
		}
		message, err := c.turn(ctx, talk, history, emit)
		c.count(talk, message.Usage)
		if err != nil {
			return err
		}
		switch message.StopReason {
		case anthropic.StopReasonToolUse:
			results := calls.run(ctx, message)
			talk.usage.Calls = calls.made
			if len(results) == 0 {
				return &failure{"MALFORMED", "the model asked for tools but named none", "ask again", nil}
			}
			history = append(said(history, message), anthropic.NewUserMessage(results...))
		case anthropic.StopReasonPauseTurn:
			history = said(history, message) // sending the history again resumes a paused turn
		case anthropic.StopReasonRefusal:
			return &failure{"REFUSED", "the model declined to answer", "ask in another way", nil}
		case anthropic.StopReasonMaxTokens:
			emit(Event{Text: "\n\n(The answer was cut at its length limit.)"})
			talk.history = ended(history, message)
			return nil
		case anthropic.StopReasonModelContextWindowExceeded:
			emit(Event{Text: "\n\n(The answer was cut: the conversation is too long. Start a new one.)"})
			talk.history = ended(history, message)
			return nil
		default:
			talk.history = ended(history, message)
			return nil
		}
	}
	return &failure{"TOO_MANY_STEPS", fmt.Sprintf("no answer within %d steps", maxTurns), "ask a narrower question", nil}
}

// turn sends the history and streams one message.
func (c *claude) turn(ctx context.Context, talk *conversation, history []anthropic.MessageParam, emit func(Event)) (anthropic.Message, error) {
	request := c.request(history)
	talk.keep(request)
	stream := c.client.Messages.NewStreaming(ctx, request)
	defer stream.Close() // stream.Err below has the failure
	var message anthropic.Message
	for stream.Next() {
		event := stream.Current()
		if err := message.Accumulate(event); err != nil {
			return message, fmt.Errorf("the model's stream is malformed: %w", err)
		}
		if delta, ok := event.AsAny().(anthropic.ContentBlockDeltaEvent); ok {
			if text, ok := delta.Delta.AsAny().(anthropic.TextDelta); ok {
				emit(Event{Text: text.Text})
			}
		}
	}
	return message, cutOff(ctx, message, stream.Err())
}

// cutOff tells a stream that ended in the middle of a message from one that
// ended in an error of the API's.
func cutOff(ctx context.Context, message anthropic.Message, err error) error {
	var api *anthropic.Error
	began := message.ID != "" && !errors.As(err, &api) && ctx.Err() == nil
	if began && (err != nil || message.StopReason == "") {
		return &failure{"CUT_OFF", "the model's stream ended in the middle of an answer", "ask again", err}
	}
	if err == nil && !began {
		return &failure{"CUT_OFF", "the model's stream held no message", "ask again", nil}
	}
	return err
}

// opening is the talk so far, shortened, and the question.
func (c *claude) opening(talk *conversation, question string) []anthropic.MessageParam {
	earlier, _ := talk.history.([]anthropic.MessageParam)
	return append(trimmed(earlier), anthropic.NewUserMessage(anthropic.NewTextBlock(c.names.hide(talk.ledger, question))))
}

// request is what is sent for one turn. Tools and system prompt are the same in
// every one, byte for byte, so that they are cached.
func (c *claude) request(history []anthropic.MessageParam) anthropic.MessageNewParams {
	return anthropic.MessageNewParams{
		Model:     c.model,
		MaxTokens: maxTokens,
		System:    []anthropic.TextBlockParam{{Text: systemPrompt, CacheControl: anthropic.NewCacheControlEphemeralParam()}},
		Tools:     c.tools,
		Messages:  history,
		// What was said and read before is cached too, up to the newest message.
		CacheControl: anthropic.NewCacheControlEphemeralParam(),
	}
}

// preview is the first request that a question would send.
func (c *claude) preview(talk *conversation, question string) (string, error) {
	text, err := json.MarshalIndent(c.request(c.opening(talk, question)), "", "  ")
	return string(text), err
}

// spoken puts the cluster's names back into what the model said.
func (c *claude) spoken(sentence string) string { return c.names.restore(sentence) }
