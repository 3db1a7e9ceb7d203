package query

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/internal/model"
)

// Overlays is how prices are changed.
type Overlays interface {
	// CheckOverlay reads an overlay as it would be put in force, and returns its
	// name. Errors name the line at fault.
	CheckOverlay(text string) (name string, err error)
	// Refresh puts in force what was decided.
	Refresh(ctx context.Context) error
	// RequestReprice asks that the minutes from one on are priced by what is in force.
	RequestReprice(ctx context.Context, from model.Minute) error
}

// maxOverlayBytes bounds an overlay's text.
const maxOverlayBytes = 200_000

// PriceOverlay is an overlay that was put in force.
type PriceOverlay struct {
	Name, Text string
	From       model.Minute
	By, Note   string
	At         time.Time
}

// PriceOverlays are those in force or to come, by their first minute.
func (e *Explorer) PriceOverlays(ctx context.Context) ([]PriceOverlay, error) {
	if e.decisions == nil || !SeesAll(ctx) {
		return nil, nil
	}
	records, err := e.decisions.Decisions(ctx, decision.PriceOverlay, nil)
	if err != nil {
		return nil, unavailable("the flow store", err)
	}
	var overlays []PriceOverlay
	for _, r := range decision.Newest(records) {
		if r.Action != decision.Saved {
			continue
		}
		overlay, err := overlayOf(r)
		if err != nil {
			return nil, err
		}
		overlays = append(overlays, overlay)
	}
	slices.SortStableFunc(overlays, func(a, b PriceOverlay) int { return cmp.Compare(a.From, b.From) })
	return overlays, nil
}

// overlayBody is what is kept of an overlay; package terms reads it too.
type overlayBody struct {
	Name string       `json:"name"`
	Text string       `json:"text"`
	From model.Minute `json:"from"`
}

func overlayOf(r decision.Record) (PriceOverlay, error) {
	var body overlayBody
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		return PriceOverlay{}, fmt.Errorf("reading overlay %s: %w", r.Subject, err)
	}
	return PriceOverlay{Name: body.Name, Text: body.Text, From: body.From, By: r.By, Note: r.Note, At: r.At}, nil
}

// PutOverlay puts an overlay in force from a minute on, and asks for the minutes
// since then to be priced again.
func (e *Explorer) PutOverlay(ctx context.Context, text string, from time.Time, choice Choice) (PriceOverlay, error) {
	if err := e.mayState(ctx, e.overlays != nil); err != nil {
		return PriceOverlay{}, err
	}
	if len(text) > maxOverlayBytes {
		return PriceOverlay{}, badInput(fmt.Sprintf("send at most %d bytes", maxOverlayBytes), "an overlay of %d bytes", len(text))
	}
	name, err := e.overlays.CheckOverlay(text)
	if err != nil {
		return PriceOverlay{}, badInput("correct the line; docs/formats/overlay.md says what an overlay may have", "%v", err)
	}
	if !from.Equal(from.Truncate(time.Minute)) {
		return PriceOverlay{}, badInput("give a whole minute", "an overlay from %s", from.UTC().Format(time.RFC3339Nano))
	}
	first := model.MinuteOf(from)
	body, err := json.Marshal(overlayBody{Name: name, Text: text, From: first})
	if err != nil {
		return PriceOverlay{}, badInput("send text", "an overlay that cannot be written: %v", err)
	}
	before, err := e.history(ctx, decision.PriceOverlay, name)
	if err != nil {
		return PriceOverlay{}, err
	}
	history, err := e.decide(ctx, decision.Record{Kind: decision.PriceOverlay, Subject: name, Action: decision.Saved, Note: choice.Note, Key: choice.Key, Body: string(body)})
	if err != nil {
		return PriceOverlay{}, err
	}
	if err := e.repriceSince(ctx, min(first, startOf(before, first))); err != nil {
		return PriceOverlay{}, err
	}
	if history[0].Action != decision.Saved {
		return PriceOverlay{}, &Error{Code: CodeUnknownID, Message: "overlay " + name + " was withdrawn since", Hint: "put it in force with another key"}
	}
	return overlayOf(history[0])
}

// WithdrawOverlay takes an overlay out of force.
func (e *Explorer) WithdrawOverlay(ctx context.Context, name string, choice Choice) error {
	if err := e.mayState(ctx, e.overlays != nil); err != nil {
		return err
	}
	history, err := e.history(ctx, decision.PriceOverlay, name)
	if err != nil {
		return err
	}
	if len(history) == 0 {
		return nil // it was never in force
	}
	first := startOf(history, 0)
	if history[0].Action == decision.Saved {
		if _, err := e.decide(ctx, decision.Record{Kind: decision.PriceOverlay, Subject: name, Action: decision.Deleted, Note: choice.Note, Key: choice.Key}); err != nil {
			return err
		}
	}
	return e.repriceSince(ctx, first)
}

// startOf is the first minute of the newest overlay of a history.
func startOf(history []decision.Record, otherwise model.Minute) model.Minute {
	for _, r := range history {
		if overlay, err := overlayOf(r); err == nil && r.Action == decision.Saved {
			return overlay.From
		}
	}
	return otherwise
}

// repriceSince is asked for again by whoever sends a change again: only what is
// priced otherwise is priced again.
func (e *Explorer) repriceSince(ctx context.Context, first model.Minute) error {
	if err := errors.Join(e.overlays.Refresh(ctx), e.overlays.RequestReprice(ctx, first)); err != nil {
		return unavailable("the flow store", err)
	}
	return nil
}
