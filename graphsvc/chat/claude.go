package chat

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

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
}

const (
	maxTurns     = 12
	maxTokens    = 4096
	maxTalkBytes = 400 << 10
)

//go:embed system.txt
var systemPrompt string

// claude answers with the Messages API. The loop is our own, because the proof
// needs every result and the SDK's runner drops strict and cache_control.
type claude struct {
	client anthropic.Client
	model  string
	tools  []anthropic.ToolUnionParam
	box    *toolbox
}

func newClaude(settings Settings, operations []Operation, box *toolbox) *claude {
	options := []option.RequestOption{option.WithAPIKey(settings.Key)}
	if settings.BaseURL != "" {
		options = append(options, option.WithBaseURL(settings.BaseURL))
	}
	return &claude{client: anthropic.NewClient(options...), model: settings.Model, tools: toolsOf(operations), box: box}
}

// toolsOf are the definitions, the last with a cache breakpoint: tools and
// system prompt are the same for every request, byte for byte.
func toolsOf(operations []Operation) []anthropic.ToolUnionParam {
	tools := make([]anthropic.ToolUnionParam, len(operations))
	for i, operation := range operations {
		tools[i].OfTool = &anthropic.ToolParam{
			Name:        operation.Name,
			Description: param.NewOpt(operation.Description),
			InputSchema: anthropic.ToolInputSchemaParam{
				Properties: operation.Input.Properties, Required: operation.Input.Required,
				ExtraFields: map[string]any{"additionalProperties": false},
			},
		}
	}
	return tools
}

// answer runs turns until the model ends its turn.
func (c *claude) answer(ctx context.Context, talk *conversation, question string, emit func(Event)) error {
	history, _ := talk.history.([]anthropic.MessageParam)
	history = append(trimmed(history), anthropic.NewUserMessage(anthropic.NewTextBlock(question)))
	talk.inputTokens, talk.outputTokens = 0, 0
	for range maxTurns {
		message, err := c.turn(ctx, history, emit)
		if err != nil {
			return err
		}
		talk.inputTokens += message.Usage.InputTokens + message.Usage.CacheReadInputTokens + message.Usage.CacheCreationInputTokens
		talk.outputTokens += message.Usage.OutputTokens
		history = append(history, message.ToParam())
		switch message.StopReason {
		case anthropic.StopReasonToolUse:
			history = append(history, anthropic.NewUserMessage(c.callAll(ctx, message, emit)...))
		case anthropic.StopReasonPauseTurn:
			// The server paused a long turn: sending the history again resumes it.
		case anthropic.StopReasonMaxTokens:
			emit(Event{Text: "\n\n(The answer was cut at its length limit.)"})
			talk.history = history
			return nil
		case anthropic.StopReasonRefusal:
			return &failure{"REFUSED", "the model declined to answer", "ask in another way", nil}
		default:
			talk.history = history
			return nil
		}
	}
	return &failure{"TOO_MANY_STEPS", fmt.Sprintf("no answer within %d steps", maxTurns), "ask a narrower question", nil}
}

// turn sends the history and streams one message.
func (c *claude) turn(ctx context.Context, history []anthropic.MessageParam, emit func(Event)) (anthropic.Message, error) {
	stream := c.client.Messages.NewStreaming(ctx, anthropic.MessageNewParams{
		Model:     anthropic.Model(c.model),
		MaxTokens: maxTokens,
		System:    []anthropic.TextBlockParam{{Text: systemPrompt, CacheControl: anthropic.NewCacheControlEphemeralParam()}},
		Tools:     c.tools,
		Messages:  history,
	})
	defer stream.Close() //nolint:errcheck // stream.Err below has the failure
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
	if err := stream.Err(); err != nil {
		return message, err
	}
	if message.StopReason == "" {
		return message, &failure{"CUT_OFF", "the model's stream ended in the middle of an answer", "ask again", nil}
	}
	return message, nil
}

// callAll runs the message's tools at once and returns their results in order.
func (c *claude) callAll(ctx context.Context, message anthropic.Message, emit func(Event)) []anthropic.ContentBlockParamUnion {
	var calls []*Call
	for _, block := range message.Content {
		if use, ok := block.AsAny().(anthropic.ToolUseBlock); ok {
			calls = append(calls, &Call{ID: use.ID, Name: use.Name, Input: string(use.Input)})
		}
	}
	for _, call := range calls {
		emit(Event{Call: &Call{ID: call.ID, Name: call.Name, Input: call.Input}})
	}
	var wait sync.WaitGroup
	for _, call := range calls {
		wait.Go(func() {
			result, err := c.box.run(ctx, call.Name, call.Input)
			call.Result = result
			if err != nil {
				call.Error = err.Error()
			}
		})
	}
	wait.Wait()
	results := make([]anthropic.ContentBlockParamUnion, len(calls))
	for i, call := range calls {
		emit(Event{Call: call})
		content := call.Result
		if call.Error != "" {
			content = call.Error
		}
		results[i] = anthropic.NewToolResultBlock(call.ID, content, call.Error != "")
	}
	return results
}

// trimmed starts a conversation anew once it has grown too long to send.
func trimmed(history []anthropic.MessageParam) []anthropic.MessageParam {
	text, err := json.Marshal(history)
	if err != nil || len(text) > maxTalkBytes {
		return nil
	}
	return history
}

// failure is an answer that could not be given, in words for the asker.
type failure struct {
	code, message, hint string
	cause               error
}

func (f *failure) Error() string {
	if f.cause == nil {
		return f.message
	}
	return fmt.Sprintf("%s: %v", f.message, f.cause)
}

func (f *failure) Unwrap() error { return f.cause }

func failureOf(err error) *Failed {
	var own *failure
	if errors.As(err, &own) {
		return &Failed{own.code, own.message, own.hint}
	}
	var api *anthropic.Error
	if errors.As(err, &api) {
		return apiFailure(api.StatusCode)
	}
	if errors.Is(err, context.Canceled) {
		return &Failed{"CANCELLED", "the question was cancelled", "ask again"}
	}
	return &Failed{"UNAVAILABLE", "the answer could not be completed", "see the service's log, and ask again"}
}

func apiFailure(status int) *Failed {
	switch {
	case status == 401 || status == 403:
		return &Failed{"BAD_KEY", "the Claude API refused the key", "check ANTHROPIC_API_KEY"}
	case status == 404:
		return &Failed{"BAD_MODEL", "the Claude API does not know the model", "check --anthropic-model"}
	case status == 429:
		return &Failed{"RATE_LIMITED", "the Claude API's rate limit is reached", "ask again in a minute"}
	case status >= 500:
		return &Failed{"OVERLOADED", "the Claude API is overloaded or failing", "ask again in a minute"}
	default:
		return &Failed{"REJECTED", fmt.Sprintf("the Claude API rejected the request (HTTP %d)", status), "see the service's log"}
	}
}
