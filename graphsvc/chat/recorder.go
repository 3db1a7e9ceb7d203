package chat

import (
	"context"

	"github.com/egressor/egressor/graphsvc/chat/proof"
)

// recorder passes events on; texts go through the proof, a sentence at a time.
type recorder struct {
	ctx      context.Context
	out      chan<- Event
	ledger   *proof.Ledger
	weaver   *proof.Weaver
	unproven []string
}

func newRecorder(ctx context.Context, out chan<- Event, ledger *proof.Ledger) *recorder {
	return &recorder{ctx: ctx, out: out, ledger: ledger, weaver: proof.NewWeaver(ledger)}
}

func (r *recorder) emit(event Event) {
	if event.Text != "" {
		r.show(r.weaver.Feed(event.Text))
		return
	}
	r.show(r.weaver.Flush())
	r.send(event)
}

func (r *recorder) show(spans []proof.Span) {
	for i := range spans {
		if spans[i].Kind == proof.SpanUnproven {
			r.unproven = append(r.unproven, spans[i].Text)
		}
		r.send(eventOf(&spans[i]))
	}
}

func eventOf(span *proof.Span) Event {
	switch span.Kind {
	case proof.SpanFigure:
		f := span.Figure
		shown := &Figure{Text: span.Text, Reference: f.Ref, Version: f.Version, From: f.From, To: f.To, Call: f.Call, Path: f.Path, Calculation: f.Calculation, By: span.By}
		if f.Ref != "" {
			shown.Exact, shown.Unit = f.Exact(), f.Unit()
		}
		return Event{Figure: shown}
	case proof.SpanCause:
		return Event{Cause: &Cause{Text: span.Text, Reference: span.Cause.Ref, Call: span.Cause.Call}}
	case proof.SpanUnproven:
		return Event{Unproven: &Unproven{Text: span.Text, Why: span.Why}}
	default:
		return Event{Text: span.Text}
	}
}

// send passes an event on while somebody listens.
func (r *recorder) send(event Event) {
	select {
	case r.out <- event:
	case <-r.ctx.Done():
	}
}

// end sends what is left of the text, and the event that ends the answer.
func (r *recorder) end(talk *conversation, failed *Failed) {
	r.show(r.weaver.Flush())
	if failed != nil {
		r.send(Event{Failed: failed})
		return
	}
	r.send(Event{Done: &Done{Conversation: talk.id, Version: r.ledger.Version(), Unproven: r.unproven, Usage: talk.usage}})
}
