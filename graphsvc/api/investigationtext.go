package api

import (
	"fmt"
	"strings"
	"time"

	"github.com/egressor/egressor/graphsvc/inquiry"
	"github.com/egressor/egressor/graphsvc/query"
)

// investigationText is an investigation as a document in Markdown; answer is what
// has come so far, nil for nothing.
func investigationText(i *query.Investigation, answer *query.InvestigationAnswer) string {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\n%s by %s on %s", oneLine(i.Question), madeBy(i), oneLine(i.By), i.StartedAt.UTC().Format(time.RFC3339))
	if i.Incident != "" {
		fmt.Fprintf(&text, ", about incident %s", i.Incident)
	}
	text.WriteString(".\n\n")
	if answer == nil {
		text.WriteString("It is being answered.\n")
		return text.String()
	}
	text.WriteString(strings.TrimSpace(answer.Text) + "\n\n")
	if answer.Failure != "" {
		fmt.Fprintf(&text, "It broke off: %s.\n\n", answer.Failure)
	}
	fmt.Fprintf(&text, "Answered by %s", answer.Engine)
	if answer.Version != 0 {
		fmt.Fprintf(&text, ", as of graph version %d", answer.Version)
	}
	if tokens := answer.InputTokens + answer.OutputTokens; tokens > 0 {
		fmt.Fprintf(&text, ", with %d tokens", tokens)
	}
	if answer.CostUSD != "" {
		fmt.Fprintf(&text, " for $%s", answer.CostUSD)
	}
	fmt.Fprintf(&text, ". Pieces that no result bears out: %d.\n", len(answer.Unproven))
	for n, step := range answer.Evidence {
		fmt.Fprintf(&text, "\n## Step %d: %s\n\n%s%s", n+1, step.Tool, fenced(step.Input), fenced(step.Result+step.Error))
	}
	return text.String()
}

// madeBy says why it was made.
func madeBy(i *query.Investigation) string {
	if i.Inquiry == nil {
		return "Asked"
	}
	switch i.Inquiry.Occasion {
	case inquiry.Recaused:
		return "Made, as the likeliest cause became another,"
	case inquiry.Ended:
		return "Made, as the incident was over,"
	case inquiry.Opened:
	}
	return "Made, as the incident opened,"
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// fenced is a text as code, which nothing in it can end.
func fenced(text string) string {
	return "    " + strings.ReplaceAll(text, "\n", "\n    ") + "\n\n"
}
