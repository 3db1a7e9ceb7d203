package alert

import (
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/remedy"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// webhook is the incident as JSON. Key is the same from beginning to end.
type webhook struct {
	Key          string     `json:"key"`
	Status       string     `json:"status"` // "firing" or "resolved"
	Kind         string     `json:"kind"`
	Title        string     `json:"title"`
	Since        time.Time  `json:"since"`
	Until        *time.Time `json:"until,omitempty"`
	ImpactPerDay string     `json:"impactPerDay"`
	// The ends of what ImpactPerDay lies between in RangePercent of all incidents;
	// absent where that is not known.
	ImpactPerDayLow  string `json:"impactPerDayLow,omitempty"`
	ImpactPerDayHigh string `json:"impactPerDayHigh,omitempty"`
	RangePercent     int    `json:"rangePercent,omitempty"`
	Impact           string `json:"impact"`
	Currency         string `json:"currency"`
	Conclusion       string `json:"conclusion"`
	Action           string `json:"action"`
	Command          string `json:"command,omitempty"`
	// Undo and UndoCommand take the action back.
	Undo        string `json:"undo"`
	UndoCommand string `json:"undoCommand,omitempty"`
	Link        string `json:"link"`
}

func statusOf(i *model.Incident) string {
	if i.Until != 0 {
		return "resolved"
	}
	return "firing"
}

func untilOf(i *model.Incident) *time.Time {
	if i.Until == 0 {
		return nil
	}
	until := i.Until.Start()
	return &until
}

func webhookOf(i *model.Incident, link string) webhook {
	next := remedy.Of(i)
	message := webhook{
		Key: i.ID, Status: statusOf(i), Kind: i.Kind, Title: i.Title, Since: i.Since.Start(), Until: untilOf(i),
		ImpactPerDay: i.ImpactPerDay.Decimal(), Impact: i.Impact.Decimal(), Currency: i.Currency, Conclusion: i.Conclusion, Action: next.Action, Command: next.Command, Undo: next.Undo, UndoCommand: next.UndoCommand, Link: link,
	}
	if i.RangePercent > 0 {
		message.ImpactPerDayLow, message.ImpactPerDayHigh, message.RangePercent = i.ImpactPerDayLow.Decimal(), i.ImpactPerDayHigh.Decimal(), i.RangePercent
	}
	return message
}

// slack is a message of Slack's incoming webhooks.
type slack struct {
	Text string `json:"text"`
}

// escaped is text that Slack shows as it stands: without it, a name or a note in
// a rollout could mention people or look like a link of ours.
// Source: https://docs.slack.dev/messaging/formatting-message-text (escaping text).
var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

func slackOf(i *model.Incident, link string) slack {
	if i.Until != 0 {
		return slack{fmt.Sprintf(":white_check_mark: Over since %s: %s\nIt cost %s beyond the expected. <%s|Details>", moment(i.Until), escaped(i.Title), shown(i.Impact, i.Currency), link)}
	}
	sign := ":money_with_wings:"
	if inquiry.IsRisk(i) {
		sign = ":warning:"
	}
	next := remedy.Of(i)
	return slack{fmt.Sprintf("%s %s\nSince %s. Why: %s.\nTo do: %s\nTo undo that: %s\n<%s|Details>",
		sign, escaped(i.Title), moment(i.Since), escaped(i.Conclusion), escaped(withCommand(next.Action, next.Command)), escaped(withCommand(next.Undo, next.UndoCommand)), link)}
}

// moment is a minute with its date: a message is also read the morning after.
func moment(m model.Minute) string { return m.Start().Format("15:04 UTC on 2006-01-02") }

func withCommand(text, command string) string {
	if command == "" {
		return text
	}
	return text + ": " + command
}

// alert is one of Alertmanager's: equal labels are one alert.
type alert struct {
	Labels       map[string]string `json:"labels"`
	Annotations  map[string]string `json:"annotations"`
	StartsAt     time.Time         `json:"startsAt"`
	EndsAt       *time.Time        `json:"endsAt,omitempty"`
	GeneratorURL string            `json:"generatorURL"`
}

// renewed is for how long an alert that lasts is believed. Alertmanager takes one without
// an end for over after its resolve_timeout, five minutes if nobody set it, so an end to
// come is told and moved on, each hour at least.
// Source: https://prometheus.io/docs/alerting/latest/alerts_api/ and, of resolve_timeout,
// https://prometheus.io/docs/alerting/latest/configuration/.
const renewed = 3 * time.Hour

func alertmanagerOf(i *model.Incident, link string, now time.Time) []alert {
	ends := untilOf(i)
	if ends == nil {
		lasts := now.Add(renewed).UTC()
		ends = &lasts
	}
	next := remedy.Of(i)
	return []alert{{
		Labels: map[string]string{"alertname": "EgressorIncident", "incident": i.ID, "severity": "warning"},
		Annotations: map[string]string{
			"summary": i.Title, "description": i.Conclusion, "action": withCommand(next.Action, next.Command), "undo": withCommand(next.Undo, next.UndoCommand),
			"impact_per_day": shown(i.ImpactPerDay, i.Currency),
		},
		StartsAt: i.Since.Start(), EndsAt: ends, GeneratorURL: link,
	}}
}

func shown(amount money.Amount, currency string) string {
	const digits = 2
	text, err := amount.Format(digits)
	if err != nil {
		text = amount.Decimal()
	}
	return text + " " + currency
}
