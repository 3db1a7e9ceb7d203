package chat

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	incidentID = regexp.MustCompile(`\bi[0-9a-f]{16}\b`)
	moments    = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}z\b`)
)

// incident explains one incident: what the engine says of it, what moved otherwise than
// as long before, and why the dearest of that costs what it costs. The question may name
// the two moments between which it is looked at; without them it is until it was sure.
func (r rules) incident(ctx context.Context, emit func(Event), id, words string) error {
	var found incidentResult
	if err := r.call(ctx, emit, "explain_incident", map[string]any{"id": id}, &found); err != nil {
		return err
	}
	i := found.Incident
	if i == nil {
		emit(Event{Text: "There is no incident " + id + ", or it is past its retention. Next: ask which incidents there are."})
		return nil
	}
	emit(Event{Text: i.words()})
	between, err := i.between(words)
	if err != nil {
		return err
	}
	var moved changeResult
	if err := r.call(ctx, emit, "explain_change", between.input(i.Filter), &moved); err != nil {
		return err
	}
	emit(Event{Text: "\n\n## What moved otherwise\n\n" + moved.moved()})
	if err := r.dearest(ctx, emit, &moved, between); err != nil {
		return err
	}
	emit(Event{Text: i.Remedy.words()})
	return nil
}

// dearest shows the receipt of the transfer whose cost changed most.
func (r rules) dearest(ctx context.Context, emit func(Event), moved *changeResult, between span) error {
	if len(moved.Diff.Rows) == 0 {
		return nil
	}
	row := &moved.Diff.Rows[0]
	window := map[string]any{"id": row.Transfer.ID, "from": between.onset.text(), "to": between.to.text()}
	if row.Change == "DISAPPEARED" {
		window["from"], window["to"] = between.from.text(), between.onset.text()
	}
	var detail explainResult
	if err := r.call(ctx, emit, "explain_cost", window, &detail); err != nil {
		return err
	}
	if detail.Transfer != nil {
		receipt, _, _ := strings.Cut(detail.words(), "\nWhat to do: ") // what to do about the incident follows
		emit(Event{Text: "\n\n## Why the first of them costs what it costs\n\n" + strings.TrimSpace(receipt)})
	}
	return nil
}

type (
	incidentResult struct {
		Incident *incident `json:"incident"`
	}
	incident struct {
		ID           string    `json:"id"`
		Version      uint64    `json:"version"`
		Title        string    `json:"title"`
		Kind         string    `json:"kind"`
		Since        string    `json:"since"`
		Detected     string    `json:"detected"`
		Until        string    `json:"until"`
		Conclusion   string    `json:"conclusion"`
		Filter       string    `json:"filter"`
		Impact       figured   `json:"impact"`
		ImpactPerDay figured   `json:"impactPerDay"`
		Parts        parts     `json:"parts"`
		Findings     []finding `json:"findings"`
		Remedy       remedy    `json:"remedy"`
	}
	parts struct {
		Change    figured `json:"change"`
		Volume    figured `json:"volume"`
		Path      figured `json:"path"`
		Price     figured `json:"price"`
		Tier      figured `json:"tier"`
		Remainder figured `json:"remainder"`
	}
	finding struct {
		Cause    string   `json:"cause"`
		At       string   `json:"at"`
		Explains figured  `json:"explains"`
		Score    figured  `json:"score"`
		For      []string `json:"for"`
		Against  []string `json:"against"`
	}
	remedy struct {
		Action      string `json:"action"`
		Command     string `json:"command"`
		Undo        string `json:"undo"`
		UndoCommand string `json:"undoCommand"`
	}
)

func (i *incident) words() string {
	var text strings.Builder
	state := "still going on"
	if i.Until != "" {
		state = "over since " + i.Until
	}
	fmt.Fprintf(&text, "%s. Since %s, %s, as of version %d: %s a day beyond the expected, %s so far.\n\n## Why\n\n%s.\n", i.Title, i.Since, state, i.Version, i.ImpactPerDay, i.Impact, sentence(i.Conclusion))
	for n := range i.Findings {
		i.Findings[n].write(&text, n+1)
	}
	fmt.Fprintf(&text, "\nAgainst the time before, the cost changed by %s: %s.", i.Parts.Change, i.Parts.words())
	return text.String()
}

// words are the parts that matter, a thousandth of the change or more.
func (p *parts) words() string {
	const least = 1000
	var told []string
	for _, part := range []struct {
		by     string
		amount figured
	}{{"by volume", p.Volume}, {"by other ways", p.Path}, {"by prices", p.Price}, {"by tiers", p.Tier}, {"for reasons that cannot be told", p.Remainder}} {
		if part.amount.size()*least > p.Change.size() {
			told = append(told, part.by+" "+part.amount.String())
		}
	}
	if len(told) == 0 {
		return "no part of it stands out"
	}
	return strings.Join(told, ", ")
}

func (f *finding) write(text *strings.Builder, rank int) {
	when := ""
	if f.At != "" {
		when = " at " + f.At
	}
	fmt.Fprintf(text, "\n%d. {%s}%s: explains %s; score %s.\n", rank, f.Cause, when, f.Explains, f.Score)
	for _, list := range []struct {
		side  string
		texts []string
	}{{"for", f.For}, {"against", f.Against}} {
		for _, one := range list.texts {
			fmt.Fprintf(text, "   - %s: %s\n", list.side, one)
		}
	}
}

func (r remedy) words() string {
	return fmt.Sprintf("\n\n## What to do\n\n%s\n\nTo undo it, %s", sentence(withCommand(r.Action, r.Command)), withCommand(r.Undo, r.UndoCommand))
}

func withCommand(text, command string) string {
	if command == "" {
		return text + "."
	}
	return text + ": `" + command + "`"
}

// sentence is a text that begins with a capital letter.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// moved is a change's rows without a hint where to go on.
func (c changeResult) moved() string {
	text, _, _ := strings.Cut(c.words(), "\nNext: ")
	return strings.TrimSpace(text)
}
