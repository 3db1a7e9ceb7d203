package messages

import (
	"bytes"
	"encoding/json"
	"fmt"

	"golang.org/x/tools/txtar"
)

// Turn is one scripted answer.
type Turn struct {
	// Fault answers with an error and nothing else.
	Fault *Fault `json:"fault"`
	// Content are the message's blocks: {"type":"text","text":...} or
	// {"type":"tool_use","id":...,"name":...,"input":{...}} or
	// {"type":"thinking","thinking":...,"signature":...}.
	Content    []Block `json:"content"`
	StopReason string  `json:"stop_reason"`
	Usage      Usage   `json:"usage"`
	// CutAfter drops the connection after so many events of a stream; 0 never.
	CutAfter int `json:"cut_after"`
	// EndAfter ends the stream in good order after so many events; 0 never.
	EndAfter int `json:"end_after"`
	// HoldAfter waits after so many events for Release or for the client to go.
	HoldAfter int `json:"hold_after"`
	// FaultAfter ends a stream after so many events with an event of StreamFault.
	FaultAfter  int   `json:"fault_after"`
	StreamFault Fault `json:"stream_fault"`
}

// Block is one piece of a message.
type Block struct {
	Type  string          `json:"type"`
	Text  string          `json:"text"`
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	Input json.RawMessage `json:"input"`
	// Thinking and Signature of a block of type thinking.
	Thinking  string `json:"thinking"`
	Signature string `json:"signature"`
}

// Usage counts tokens.
type Usage struct {
	InputTokens              int `json:"input_tokens"`
	CacheCreationInputTokens int `json:"cache_creation_input_tokens"`
	CacheReadInputTokens     int `json:"cache_read_input_tokens"`
	OutputTokens             int `json:"output_tokens"`
}

// Script reads turns from the files of an archive whose names begin with
// "turn", in order; each holds a Turn as JSON.
func Script(archive *txtar.Archive) ([]Turn, error) {
	var turns []Turn
	for _, file := range archive.Files {
		if !bytes.HasPrefix([]byte(file.Name), []byte("turn")) {
			continue
		}
		decoder := json.NewDecoder(bytes.NewReader(file.Data))
		decoder.DisallowUnknownFields()
		var turn Turn
		if err := decoder.Decode(&turn); err != nil {
			return nil, fmt.Errorf("scripted turn %s: %w", file.Name, err)
		}
		if err := turn.check(); err != nil {
			return nil, fmt.Errorf("scripted turn %s: %w", file.Name, err)
		}
		turns = append(turns, turn)
	}
	return turns, nil
}

func (t Turn) check() error {
	if t.Fault != nil {
		if errorTypes[t.Fault.Status] == "" {
			return fmt.Errorf("the API has no error of status %d", t.Fault.Status)
		}
		return nil
	}
	if t.StopReason == "" {
		return fmt.Errorf("no stop_reason")
	}
	for _, block := range t.Content {
		if block.Type != "text" && block.Type != "tool_use" && block.Type != "thinking" {
			return fmt.Errorf("content of type %q: want text, tool_use or thinking", block.Type)
		}
	}
	return nil
}
