package chat

import (
	"context"
	"encoding/json"
)

// Executor answers one GraphQL query with the asker's rights.
type Executor func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error)

// Event is one piece of an answer; exactly one field is set.
type Event struct {
	Text   string
	Call   *Call
	Done   *Done
	Failed *Failed
}

// Call is one use of a tool. It is sent when it starts, with neither Result nor
// Error, and again when it ends.
type Call struct {
	ID, Name string
	// Input and Result are JSON.
	Input, Result string
	Error         string
}

// Done ends an answer.
type Done struct {
	Conversation string
	// Version is the newest graph version among the results, 0 where none.
	Version uint64
	// Unproven are the numbers of the text that stand in no tool's result.
	Unproven                  []string
	InputTokens, OutputTokens int64
}

// Failed ends an answer that could not be given.
type Failed struct{ Code, Message, Hint string }

// Status says who answers.
type Status struct {
	Engine, Model, Notice string
	Suggestions           []string
}
