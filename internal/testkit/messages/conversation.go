package messages

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

type message struct {
	Role    string          `json:"role"`
	Content json.RawMessage `json:"content"`
}

// part is a content block of a request. What it holds depends on its type.
type part struct {
	Type         string          `json:"type"`
	Text         *string         `json:"text"`
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Input        json.RawMessage `json:"input"`
	ToolUseID    string          `json:"tool_use_id"`
	Content      json.RawMessage `json:"content"`
	IsError      bool            `json:"is_error"`
	Thinking     string          `json:"thinking"`
	Signature    string          `json:"signature"`
	CacheControl *cacheControl   `json:"cache_control"`
}

// checkMessages wants user and assistant in turns, the user first, and each
// call of a tool answered at the start of the next message. The API would merge
// messages of one role; the fake refuses them, for they hide mistakes.
func checkMessages(messages []message) error {
	if len(messages) == 0 {
		return fmt.Errorf("messages: at least one message is required")
	}
	var open []string // calls of the last message that wait for a result
	for i, m := range messages {
		if err := checkRole(messages, i); err != nil {
			return err
		}
		parts, err := partsOf(m.Content)
		if err != nil {
			return fmt.Errorf("messages.%d: %w", i, err)
		}
		if err := checkResults(parts, open); err != nil {
			return fmt.Errorf("messages.%d: %w", i, err)
		}
		if open, err = callsOf(m.Role, parts); err != nil {
			return fmt.Errorf("messages.%d: %w", i, err)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("messages.%d: `tool_use` ids were found without `tool_result` blocks: %q", len(messages)-1, open)
	}
	return nil
}

func checkRole(messages []message, i int) error {
	role := messages[i].Role
	if role != "user" && role != "assistant" {
		return fmt.Errorf("messages.%d.role: must be user or assistant, not %q", i, role)
	}
	if i == 0 && role != "user" {
		return fmt.Errorf("messages: first message must use the user role")
	}
	if i > 0 && role == messages[i-1].Role {
		return fmt.Errorf("messages: roles must alternate, but %d and %d are both %q", i-1, i, role)
	}
	return nil
}

// partsOf reads content: a text, or a list of blocks.
func partsOf(content json.RawMessage) ([]part, error) {
	var text string
	if json.Unmarshal(content, &text) == nil {
		return checkParts([]part{{Type: "text", Text: &text}})
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	var parts []part
	if err := decoder.Decode(&parts); err != nil {
		return nil, fmt.Errorf("content: %w", err)
	}
	return checkParts(parts)
}

func checkParts(parts []part) ([]part, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("content: must not be empty")
	}
	for i := range parts {
		if err := parts[i].check(); err != nil {
			return nil, fmt.Errorf("content.%d%w", i, err)
		}
	}
	return parts, nil
}

// check names what a block lacks. The error goes on where the block's place ends.
func (p *part) check() error {
	switch p.Type {
	case "text":
		if p.Text == nil || *p.Text == "" {
			return errors.New(": text content blocks must be non-empty")
		}
	case "tool_use":
		if p.ID == "" || p.Name == "" || !isObject(p.Input) {
			return errors.New(": tool_use wants id, name and an object as input")
		}
	case "tool_result":
		if p.ToolUseID == "" {
			return errors.New(".tool_use_id: field required")
		}
	case "thinking":
		if p.Signature == "" {
			return errors.New(".signature: a thinking block is sent back as it came")
		}
	default:
		return fmt.Errorf(".type: %q is not supported", p.Type)
	}
	return nil
}

// checkResults wants the results of all open calls, and of no others, before
// anything else.
func checkResults(parts []part, open []string) error {
	waiting := slices.Clone(open)
	other := false
	for _, p := range parts {
		if p.Type != "tool_result" {
			other = true
			continue
		}
		at := slices.Index(waiting, p.ToolUseID)
		if at < 0 {
			return fmt.Errorf("unexpected `tool_use_id` found in `tool_result` blocks: %s", p.ToolUseID)
		}
		if other {
			return fmt.Errorf("`tool_result` blocks must come first")
		}
		waiting = slices.Delete(waiting, at, at+1)
	}
	if len(waiting) > 0 {
		return fmt.Errorf("`tool_use` ids were found without `tool_result` blocks immediately after: %q", waiting)
	}
	return nil
}

// callsOf are the ids of the calls in a message, each once.
func callsOf(role string, parts []part) ([]string, error) {
	var ids []string
	for _, p := range parts {
		switch {
		case p.Type == "tool_use" && role != "assistant", p.Type == "tool_result" && role != "user":
			return nil, fmt.Errorf("`%s` blocks cannot be in %s messages", p.Type, role)
		case p.Type == "tool_use" && slices.Contains(ids, p.ID):
			return nil, fmt.Errorf("`tool_use` ids must be unique: %s", p.ID)
		case p.Type == "tool_use":
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

func isObject(text json.RawMessage) bool {
	var object map[string]any
	return json.Unmarshal(text, &object) == nil && object != nil
}
