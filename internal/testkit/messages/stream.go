package messages

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// chunkLetters is how much text one delta carries.
const chunkLetters = 7

// event is one server-sent event; its data repeats the type.
type event map[string]any

// stream writes the turn as the API streams a message.
func (f *Fake) stream(w http.ResponseWriter, r *http.Request, request request, turn Turn) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	for i, e := range eventsOf(request, turn) {
		if err := write(w, e); err != nil {
			return // the client has gone
		}
		switch i + 1 {
		case turn.EndAfter:
			return
		case turn.CutAfter:
			panic(http.ErrAbortHandler)
		case turn.FaultAfter:
			_ = write(w, event(turn.StreamFault.body()))
			return
		case turn.HoldAfter:
			select {
			case <-f.release:
			case <-r.Context().Done():
				return
			}
		}
	}
}

func write(w http.ResponseWriter, e event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e["type"], data); err != nil {
		return err
	}
	return http.NewResponseController(w).Flush()
}

func eventsOf(request request, turn Turn) []event {
	start := messageOf(request, turn)
	start["content"], start["stop_reason"] = []any{}, nil
	start["usage"] = Usage{
		InputTokens: turn.Usage.InputTokens, OutputTokens: 1,
		CacheCreationInputTokens: turn.Usage.CacheCreationInputTokens, CacheReadInputTokens: turn.Usage.CacheReadInputTokens,
	}
	events := []event{{"type": "message_start", "message": start}, {"type": "ping"}}
	for i, block := range turn.Content {
		events = append(events, blockEvents(i, block)...)
	}
	return append(events,
		event{
			"type":  "message_delta",
			"delta": map[string]any{"stop_reason": turn.StopReason, "stop_sequence": nil},
			"usage": map[string]any{"output_tokens": turn.Usage.OutputTokens},
		},
		event{"type": "message_stop"},
	)
}

func blockEvents(index int, block Block) []event {
	kind, field, whole := "text_delta", "text", block.Text
	if block.Type == "tool_use" {
		kind, field, whole = "input_json_delta", "partial_json", string(block.Input)
	}
	if block.Type == "thinking" {
		kind, field, whole = "thinking_delta", "thinking", block.Thinking
	}
	events := []event{{"type": "content_block_start", "index": index, "content_block": block.opening()}}
	for letters := []rune(whole); len(letters) > 0; {
		n := min(chunkLetters, len(letters))
		events = append(events, event{
			"type": "content_block_delta", "index": index,
			"delta": map[string]any{"type": kind, field: string(letters[:n])},
		})
		letters = letters[n:]
	}
	if block.Type == "thinking" {
		events = append(events, event{
			"type": "content_block_delta", "index": index,
			"delta": map[string]any{"type": "signature_delta", "signature": block.Signature},
		})
	}
	return append(events, event{"type": "content_block_stop", "index": index})
}

// opening is the block before its first delta.
func (b Block) opening() map[string]any {
	if b.Type == "tool_use" {
		return map[string]any{"type": b.Type, "id": b.ID, "name": b.Name, "input": map[string]any{}}
	}
	if b.Type == "thinking" {
		return map[string]any{"type": b.Type, "thinking": "", "signature": ""}
	}
	return map[string]any{"type": b.Type, "text": ""}
}

// whole is the block as a message that is not streamed holds it.
func (b Block) whole() map[string]any {
	if b.Type == "tool_use" {
		return map[string]any{"type": b.Type, "id": b.ID, "name": b.Name, "input": b.Input}
	}
	if b.Type == "thinking" {
		return map[string]any{"type": b.Type, "thinking": b.Thinking, "signature": b.Signature}
	}
	return map[string]any{"type": b.Type, "text": b.Text}
}

// messageOf is the turn as one message.
func messageOf(request request, turn Turn) map[string]any {
	content := make([]any, len(turn.Content))
	for i, block := range turn.Content {
		content[i] = block.whole()
	}
	return map[string]any{
		"id": "msg_fake", "type": "message", "role": "assistant", "model": request.Model,
		"content": content, "stop_reason": turn.StopReason, "stop_sequence": nil, "usage": turn.Usage,
	}
}
