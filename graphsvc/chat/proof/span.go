package proof

// Span is a piece of an answer.
type Span struct {
	Kind Kind
	// Text is what the reader sees.
	Text string
	// Figure is set for SpanFigure, Cause for SpanCause.
	Figure *Figure
	Cause  *Cause
	// By says how a figure was proven: reference, match or recomputed.
	By string
	// Why says what is wrong with a SpanUnproven.
	Why string
}

// Kind of a span.
type Kind int

// Kinds of spans.
const (
	// SpanText needs no proof.
	SpanText Kind = iota
	// SpanFigure is a figure, with what it was read from.
	SpanFigure
	// SpanCause is a cause that the engine found.
	SpanCause
	// SpanUnproven is what no result says: a figure, a name, a time or a cause.
	SpanUnproven
)

// How a figure was proven.
const (
	ByReference  = "reference"
	ByMatch      = "match"
	ByRecomputed = "recomputed"
)

// Why something is not proven.
const (
	WhyFigure    = "no tool result has this figure with this unit"
	WhyReference = "there is no such reference"
	WhyUnit      = "the figure has another unit"
	WhyName      = "no tool result has this name"
	WhyOther     = "the figure beside it is not about this name"
	WhyDirection = "the bytes went the other way"
	WhyMoment    = "no tool result has this time"
	WhyCause     = "a cause that the engine did not name"
)

// Weaver turns a streamed text into spans, a sentence at a time: what is shown
// has been looked at.
type Weaver struct {
	// Rewrite is applied to a sentence before it is judged; nil changes nothing.
	Rewrite func(string) string

	ledger *Ledger
	rest   string
}

// NewWeaver returns a weaver on a ledger.
func NewWeaver(ledger *Ledger) *Weaver { return &Weaver{ledger: ledger} }

// Feed takes the next piece of a text and returns the sentences that it ends.
func (w *Weaver) Feed(text string) []Span {
	w.rest += text
	var spans []Span
	for {
		end := sentenceEnd(w.rest)
		if end < 0 {
			return spans
		}
		spans = append(spans, w.check(w.rest[:end])...)
		w.rest = w.rest[end:]
	}
}

// Flush returns what is left when the text ends.
func (w *Weaver) Flush() []Span {
	if w.rest == "" {
		return nil
	}
	spans := w.check(w.rest)
	w.rest = ""
	return spans
}

func (w *Weaver) check(sentence string) []Span {
	if w.Rewrite != nil {
		sentence = w.Rewrite(sentence)
	}
	return w.ledger.Check(sentence)
}

// Spans of a whole text.
func Spans(ledger *Ledger, text string) []Span {
	w := NewWeaver(ledger)
	return append(w.Feed(text), w.Flush()...)
}

// Unproven are the spans that are not proven.
func Unproven(spans []Span) []Span {
	var unproven []Span
	for _, s := range spans {
		if s.Kind == SpanUnproven {
			unproven = append(unproven, s)
		}
	}
	return unproven
}
