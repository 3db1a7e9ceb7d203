package api

// ChatEvent is one event of an answer; exactly one field is set.
type ChatEvent struct {
	Text     string
	Figure   *ChatFigure
	Cause    *ChatCause
	Unproven *ChatUnproven
	ToolCall *ToolCall
	Done     *ChatDone
	Failed   *ChatFailed
}

// Words are the event's piece of the answer's text, "" where it has none.
func (e ChatEvent) Words() string {
	switch {
	case e.Figure != nil:
		return e.Figure.Text
	case e.Cause != nil:
		return e.Cause.Text
	case e.Unproven != nil:
		return e.Unproven.Text + " [unproven]"
	default:
		return e.Text
	}
}

// ChatFigure is a figure in the text with where it is from.
type ChatFigure struct {
	Text                   string
	Reference, Unit, Exact string
	Version                uint64
	From, To               string
	Call, Path             string
	Calculation            string
	By                     string
}

// ChatCause is a cause in the text.
type ChatCause struct{ Text, Reference, Call string }

// ChatUnproven is a piece of the text that nothing bears out.
type ChatUnproven struct{ Text, Why string }

// ToolCall is a call of one stored operation. Result and Error are empty while
// it runs.
type ToolCall struct {
	ID, Name, Input, Result, Error string
}

// ChatDone ends an answer.
type ChatDone struct {
	Conversation string
	// Version is the graph version that was asked, 0 where nothing was folded.
	Version  uint64
	Unproven []string
	ChatUsage
}

// ChatUsage is what an answer took.
type ChatUsage struct {
	InputTokens, CachedTokens, OutputTokens int64
	Turns, Calls                            int
	// Cost is a decimal, empty where no price is known.
	Cost string
}
