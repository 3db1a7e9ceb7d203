package chat

import (
	"context"
	"encoding/json"
)

// Executor answers one GraphQL query with the asker's rights.
type Executor func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error)

// Event is one piece of an answer; exactly one field is set.
type Event struct {
	Text     string
	Figure   *Figure
	Cause    *Cause
	Unproven *Unproven
	Call     *Call
	Done     *Done
	Failed   *Failed
}

// Figure is a piece of the text: digits that the service wrote or found in a result.
type Figure struct {
	Text string
	// Reference is empty for one that was recomputed from those beside it.
	Reference, Unit, Exact string
	Version                uint64
	From, To               string
	// Call is the id of the tool call, Path where in its result.
	Call, Path string
	// Calculation is what it was computed by, empty for one that was read.
	Calculation string
	// By is reference, match or recomputed.
	By string
}

// Cause is a piece of the text: a cause that the engine found.
type Cause struct{ Text, Reference, Call string }

// Unproven is a piece of the text that no tool's result bears out.
type Unproven struct{ Text, Why string }

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
	// Unproven are the pieces of the text that no tool's result bears out.
	Unproven []string
	Usage
}

// Usage is what an answer took.
type Usage struct {
	// InputTokens were sent, those from the cache among them; CachedTokens is their number.
	InputTokens, CachedTokens, OutputTokens int64
	// Turns of the model, and calls of tools.
	Turns, Calls int
	// Cost in the currency of the model's price, a decimal; empty where no price is known.
	Cost string
}

// Failed ends an answer that could not be given.
type Failed struct{ Code, Message, Hint string }

// Status says who answers.
type Status struct {
	Engine, Model, Notice string
	Suggestions           []string
}
