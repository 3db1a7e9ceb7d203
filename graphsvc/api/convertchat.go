package api

import (
	"time"

	"github.com/egressor/egressor/graphsvc/api/gqlmodel"
	"github.com/egressor/egressor/graphsvc/api/scalar"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func chatEventOf(event ChatEvent) gqlmodel.ChatEvent {
	switch {
	case event.Figure != nil:
		return figureOf(event.Figure)
	case event.Cause != nil:
		return gqlmodel.ChatCause{Text: event.Cause.Text, Reference: event.Cause.Reference, Call: event.Cause.Call}
	case event.Unproven != nil:
		return gqlmodel.ChatUnproven{Text: event.Unproven.Text, Why: event.Unproven.Why}
	case event.ToolCall != nil:
		call := event.ToolCall
		return gqlmodel.ChatToolCall{ID: call.ID, Name: call.Name, Input: call.Input, Result: textOrNull(call.Result), Error: textOrNull(call.Error)}
	case event.Done != nil:
		return doneOf(event.Done)
	case event.Failed != nil:
		return gqlmodel.ChatFailed{Code: event.Failed.Code, Message: event.Failed.Message, Hint: event.Failed.Hint}
	default:
		return gqlmodel.ChatText{Text: event.Text}
	}
}

func figureOf(f *ChatFigure) gqlmodel.ChatEvent {
	converted := gqlmodel.ChatFigure{
		Text: f.Text, Reference: f.Reference, Exact: f.Exact, Unit: f.Unit,
		Call: f.Call, Path: f.Path, Calculation: f.Calculation, By: f.By,
	}
	if f.Version != 0 {
		converted.Version = ptr(scalar.Version(f.Version))
	}
	from, err := time.Parse(time.RFC3339, f.From)
	if err != nil {
		return converted
	}
	if to, err := time.Parse(time.RFC3339, f.To); err == nil {
		converted.Window = windowOf(query.Window{From: model.MinuteOf(from), To: model.MinuteOf(to), Version: f.Version})
	}
	return converted
}

func doneOf(done *ChatDone) gqlmodel.ChatEvent {
	converted := gqlmodel.ChatDone{
		Conversation: done.Conversation, Unproven: done.Unproven,
		InputTokens: int(done.InputTokens), CachedTokens: int(done.CachedTokens), OutputTokens: int(done.OutputTokens),
		Turns: done.Turns, Calls: done.Calls, CostUsd: textOrNull(done.Cost),
	}
	if converted.Unproven == nil {
		converted.Unproven = []string{}
	}
	if done.Version != 0 {
		converted.Version = ptr(scalar.Version(done.Version))
	}
	return converted
}
