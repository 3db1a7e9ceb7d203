package chat

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/anthropics/anthropic-sdk-go/packages/param"
)

// Settings of the investigator.
type Settings struct {
	// Key is the API key; empty means rules.
	Key string
	// Model by its API name.
	Model string
	// BaseURL of the Messages API, empty for the vendor's.
	BaseURL string
	// Patience is how long one question may take, 0 for five minutes.
	Patience time.Duration
}

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
}

func newClaude(settings Settings, operations []Operation, box *Toolbox) *claude {
	options := []option.RequestOption{option.WithAPIKey(settings.Key)}
	if settings.BaseURL != "" {
		options = append(options, option.WithBaseURL(settings.BaseURL))
	}
	return &claude{client: anthropic.NewClient(options...), model: settings.Model, tools: toolsOf(operations), box: box}
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
	earlier, _ := talk.history.([]anthropic.MessageParam)
	history := append(trimmed(earlier), anthropic.NewUserMessage(anthropic.NewTextBlock(question)))
	calls := &calls{box: c.box, ledger: talk.ledger, bytesLeft: maxQuestionBytes, emit: emit}
	for range maxTurns {
		message, err := c.turn(ctx, history, emit)
		if err != nil {
			return err
		}
		talk.usage.add(message.Usage)
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
func (c *claude) turn(ctx context.Context, history []anthropic.MessageParam, emit func(Event)) (anthropic.Message, error) {
	stream := c.client.Messages.NewStreaming(ctx, anthropic.MessageNewParams{
		Model:     c.model,
		MaxTokens: maxTokens,
		System:    []anthropic.TextBlockParam{{Text: systemPrompt, CacheControl: anthropic.NewCacheControlEphemeralParam()}},
		Tools:     c.tools,
		Messages:  history,
		// What was said and read before is cached too, up to the newest message.
		CacheControl: anthropic.NewCacheControlEphemeralParam(),
	})
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
