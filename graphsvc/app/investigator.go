package app

import (
	"context"
	"fmt"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/internal/report"
)

// investigator joins the chat, which asks the API, and the API, which offers
// the chat.
type investigator struct{ chat *chat.Investigator }

var _ api.Investigator = (*investigator)(nil)

// connect makes the chat ask a server.
func (i *investigator) connect(config Config, server *api.Server, reporter *report.Reporter) error {
	settings, err := config.Asking.settings()
	if err != nil {
		return err
	}
	if settings.Redact {
		if settings.PseudonymKey, err = pseudonymKey(config.DataDir); err != nil {
			return fmt.Errorf("the key of pseudonyms: %w", err)
		}
	}
	i.chat, err = chat.New(settings, server.Schema(), server.Execute, reporter.Log("chat"))
	return err
}

// Status says who answers.
func (i *investigator) Status(ctx context.Context) api.InvestigatorStatus {
	return api.InvestigatorStatus(i.chat.Status(ctx))
}

// Preview is what would be sent away for a question.
func (i *investigator) Preview(ctx context.Context, question, conversation string) (string, error) {
	return i.chat.Preview(askerOf(access.From(ctx)), question, conversation)
}

// Sent is what was sent away in a conversation of the asker's.
func (i *investigator) Sent(ctx context.Context, conversation string) []string {
	return i.chat.Sent(askerOf(access.From(ctx)), conversation)
}

// Ask passes the chat's events on.
func (i *investigator) Ask(ctx context.Context, question, conversation string) <-chan api.ChatEvent {
	out := make(chan api.ChatEvent)
	who := access.From(ctx)
	go func() {
		defer close(out)
		if !who.Role.AtLeast(access.Analyst) {
			refused := api.ChatFailed{Code: "FORBIDDEN", Message: who.Name + " is " + string(who.Role) + " and the investigator is for analysts", Hint: "ask an admin for the role in the access file"}
			select {
			case out <- api.ChatEvent{Failed: &refused}:
			case <-ctx.Done():
			}
			return
		}
		for event := range i.chat.Ask(ctx, askerOf(who), question, conversation) {
			select {
			case out <- eventOf(event):
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// AskByRule passes on the events of an answer by rule.
func (i *investigator) AskByRule(ctx context.Context, question string) <-chan api.ChatEvent {
	out := make(chan api.ChatEvent)
	go func() {
		defer close(out)
		for event := range i.chat.AskByRule(ctx, question) {
			select {
			case out <- eventOf(event):
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// askerOf tells apart whose conversations are kept: a token and a person of one
// name, and one who saw more when it began than they may see now.
func askerOf(who access.Principal) string {
	return fmt.Sprintf("%s %s %v", who.Method, who.Name, who.Scopes)
}

func eventOf(event chat.Event) api.ChatEvent {
	converted := api.ChatEvent{
		Text: event.Text, Figure: (*api.ChatFigure)(event.Figure), Cause: (*api.ChatCause)(event.Cause), Unproven: (*api.ChatUnproven)(event.Unproven),
		ToolCall: (*api.ToolCall)(event.Call), Failed: (*api.ChatFailed)(event.Failed),
	}
	if event.Done != nil {
		converted.Done = &api.ChatDone{
			Conversation: event.Done.Conversation, Version: event.Done.Version, Unproven: event.Done.Unproven, ChatUsage: api.ChatUsage(event.Done.Usage),
		}
	}
	return converted
}
