package chat

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"golang.org/x/tools/txtar"

	"github.com/egressor/egressor/internal/testkit/messages"
)

// The fake against the vendor's client: it stands here, beside the one package
// that may use that client.

const greeting = `
-- turn 1 --
{"stop_reason": "end_turn", "usage": {"input_tokens": 9, "output_tokens": 4},
 "content": [{"type": "text", "text": "Grüezi, all of you."}, {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {"at": "10:04"}}]}
`

func vendorClient(f *messages.Fake) anthropic.Client {
	transport := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return anthropic.NewClient(option.WithAPIKey(messages.Key), option.WithBaseURL(f.URL), option.WithMaxRetries(0), option.WithHTTPClient(transport))
}

func hello() anthropic.MessageNewParams {
	return anthropic.MessageNewParams{
		Model: messages.Model, MaxTokens: 10,
		Messages: []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock("hello"))},
	}
}

// TestTheFakeStreamsAsItAnswers reads one turn both ways with the vendor's client.
func TestTheFakeStreamsAsItAnswers(t *testing.T) {
	turns, err := messages.Script(txtar.Parse([]byte(greeting)))
	if err != nil {
		t.Fatal(err)
	}
	f := messages.Start(t, append(turns, turns...))
	c := vendorClient(f)
	whole, err := c.Messages.New(context.Background(), hello())
	if err != nil {
		t.Fatal(err)
	}
	streamed := accumulate(t, c)
	for _, m := range []*anthropic.Message{whole, &streamed} {
		if m.StopReason != anthropic.StopReasonEndTurn || m.Usage.InputTokens != 9 || m.Usage.OutputTokens != 4 {
			t.Errorf("stop reason %s and usage %+v are not the script's", m.StopReason, m.Usage)
		}
		use, ok := m.Content[1].AsAny().(anthropic.ToolUseBlock)
		if m.Content[0].Text != "Grüezi, all of you." || !ok || !strings.Contains(string(use.Input), `"at"`) {
			t.Errorf("content %+v is not the script's", m.Content)
		}
	}
}

func accumulate(t *testing.T, c anthropic.Client) anthropic.Message {
	t.Helper()
	stream := c.Messages.NewStreaming(context.Background(), hello())
	defer stream.Close() // stream.Err has the failure
	var message anthropic.Message
	for stream.Next() {
		if err := message.Accumulate(stream.Current()); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.Err(); err != nil {
		t.Fatal(err)
	}
	return message
}

func TestTheFakesFaultsAreTheAPIs(t *testing.T) {
	for status, kind := range map[int]anthropic.ErrorType{
		401: anthropic.ErrorTypeAuthenticationError, 404: anthropic.ErrorTypeNotFoundError, 429: anthropic.ErrorTypeRateLimitError,
		500: anthropic.ErrorTypeAPIError, 529: anthropic.ErrorTypeOverloadedError,
	} {
		f := messages.Start(t, []messages.Turn{{Fault: &messages.Fault{Status: status, Message: "no"}}})
		c := vendorClient(f)
		_, err := c.Messages.New(context.Background(), hello())
		var api *anthropic.Error
		if !errors.As(err, &api) || api.StatusCode != status || api.Type() != kind {
			t.Errorf("status %d: the client reads %v", status, err)
		}
	}
}
