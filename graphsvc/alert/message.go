package alert

import (
	"fmt"
	"strings"
	"time"

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
	Link             string `json:"link"`
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
		ImpactPerDay: i.ImpactPerDay.Decimal(), Impact: i.Impact.Decimal(), Currency: i.Currency, Conclusion: i.Conclusion, Action: next.Action, Command: next.Command, Link: link,
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
		return slack{fmt.Sprintf(":white_check_mark: Over since %s: %s\nIt cost %s beyond the expected. <%s|Details>", i.Until.Start().Format("15:04"), escaped(i.Title), shown(i.Impact, i.Currency), link)}
	}
	return slack{fmt.Sprintf(":money_with_wings: %s\nSince %s UTC. %s.\nTo do: %s\n<%s|Details>", escaped(i.Title), i.Since.Start().Format("15:04"), escaped(i.Conclusion), escaped(actionOf(i)), link)}
}

// actionOf is what to do next, with the command that does it or shows more.
func actionOf(i *model.Incident) string {
	next := remedy.Of(i)
	if next.Command == "" {
		return next.Action
	}
	return next.Action + ": " + next.Command
}

// alert is one of Alertmanager's: equal labels are one alert.
type alert struct {
	Labels       map[string]string `json:"labels"`
	Annotations  map[string]string `json:"annotations"`
	StartsAt     time.Time         `json:"startsAt"`
	EndsAt       *time.Time        `json:"endsAt,omitempty"`
	GeneratorURL string            `json:"generatorURL"`
}

func alertmanagerOf(i *model.Incident, link string) []alert {
	return []alert{{
		Labels:      map[string]string{"alertname": "EgressorIncident", "incident": i.ID},
		Annotations: map[string]string{"summary": i.Title, "description": i.Conclusion, "action": actionOf(i), "impact_per_day": shown(i.ImpactPerDay, i.Currency)},
		StartsAt:    i.Since.Start(), EndsAt: untilOf(i), GeneratorURL: link,
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
