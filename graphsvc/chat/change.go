package chat

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// comparedMinutes is how long the two windows are that the rule holds against
// each other.
const comparedMinutes = 15

// change answers what changed in the newest minutes against those before.
func (r rules) change(ctx context.Context, emit func(Event)) error {
	var now overviewResult
	if err := r.call(ctx, emit, "overview", map[string]any{}, &now); err != nil {
		return err
	}
	if now.Meta == nil {
		emit(Event{Text: nothingYet})
		return nil
	}
	end, err := time.Parse(time.RFC3339, now.Graph.Window.To)
	if err != nil {
		return fmt.Errorf("the end of the newest window: %w", err)
	}
	middle := end.Add(-comparedMinutes * time.Minute)
	moment := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	var found changeResult
	input := map[string]any{
		"beforeFrom": moment(middle.Add(-comparedMinutes * time.Minute)), "beforeTo": moment(middle),
		"afterFrom": moment(middle), "afterTo": moment(end), "limit": 5,
	}
	if err := r.call(ctx, emit, "explain_change", input, &found); err != nil {
		return err
	}
	emit(Event{Text: found.words()})
	return nil
}

type (
	changeResult struct {
		Diff struct {
			Before changeSide   `json:"before"`
			After  changeSide   `json:"after"`
			Total  changeTotal  `json:"total"`
			Rows   []changedRow `json:"rows"`
			Rest   changePart   `json:"rest"`
		} `json:"diff"`
	}
	changeSide struct {
		Version version     `json:"version"`
		Window  knownWindow `json:"window"`
	}
	knownWindow struct {
		window
		Minutes       figured `json:"minutes"`
		FoldedMinutes figured `json:"foldedMinutes"`
	}
	changeTotal struct {
		Before      sum     `json:"before"`
		After       sum     `json:"after"`
		BytesChange figured `json:"bytesChange"`
		CostChange  figured `json:"costChange"`
	}
	changePart struct {
		Rows       figured `json:"rows"`
		CostChange figured `json:"costChange"`
	}
	changedRow struct {
		Change      string   `json:"change"`
		BytesChange figured  `json:"bytesChange"`
		CostChange  figured  `json:"costChange"`
		Transfer    transfer `json:"transfer"`
	}
)

func (c changeResult) words() string {
	var text strings.Builder
	d := c.Diff
	fmt.Fprintf(&text, "From %s to %s cost %s, from %s to %s before that %s: a change of %s, as of version %d.\n",
		d.After.Window.From, d.After.Window.To, d.Total.After.Cost, d.Before.Window.From, d.Before.Window.To, d.Total.Before.Cost, d.Total.CostChange, d.After.Version.Number)
	for _, w := range []knownWindow{d.Before.Window, d.After.Window} {
		if w.FoldedMinutes.digits() != w.Minutes.digits() {
			fmt.Fprintf(&text, "Of %s from %s only %s are known: what the others carried shows as a change.\n", w.Minutes, w.From, w.FoldedMinutes)
		}
	}
	if len(d.Rows) == 0 {
		text.WriteString("\nNo transfer changed.")
		return text.String()
	}
	text.WriteString("\nThe largest changes:\n")
	for i := range d.Rows {
		fmt.Fprintf(&text, "%d. %s\n", i+1, d.Rows[i].words())
	}
	if d.Rest.Rows.digits() != "0" {
		fmt.Fprintf(&text, "\n%s more changed, by %s together.\n", d.Rest.Rows, d.Rest.CostChange)
	}
	text.WriteString("\nNext: open the Compare screen on these windows, and look which rollout revision the first one carries.")
	return text.String()
}

func (r changedRow) words() string {
	t := r.Transfer
	text := fmt.Sprintf("%s, %s to %s, %s, zone %s to %s, by %s: %s and %s",
		strings.ToLower(r.Change), t.SourceName, t.DestinationName, t.port(), known(t.SourceZone), known(t.DestinationZone), t.Path, r.CostChange, r.BytesChange)
	if t.SourceRevision != "" {
		text += ", sent by revision " + t.SourceRevision
	}
	return text
}
