package terms

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

// Overlay is an overlay that somebody put in force while the service runs. From
// its first minute on it takes the place of the settings' overlay and of those
// that begin before it.
type Overlay struct {
	Name string       `json:"name"`
	Text string       `json:"text"`
	From model.Minute `json:"from"`
}

// era is a time with one overlay; it lasts until the next begins.
type era struct {
	from     model.Minute
	overlay  Overlay
	calendar pricing.Calendar
	texts    []flowstore.TermsText
}

// CheckOverlay reads an overlay as it would be put in force, and returns its name.
// Errors name the line at fault.
func (t *Terms) CheckOverlay(text string) (name string, err error) {
	made, err := t.eraOf(Overlay{Name: "overlay", Text: text})
	if err != nil {
		return "", err
	}
	return pricebooks.OverlayName([]byte(made.texts[0].Overlay))
}

// Refresh puts in force what the store says was decided about overlays.
func (t *Terms) Refresh(ctx context.Context) error {
	records, err := t.store.Decisions(ctx, decision.PriceOverlay, nil)
	if err != nil {
		return err
	}
	overlays, err := InForce(records)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.EqualFunc(overlays, t.eras, func(o Overlay, e era) bool { return o == e.overlay }) {
		return nil
	}
	eras := make([]era, len(overlays))
	for i, overlay := range overlays {
		if eras[i], err = t.eraOf(overlay); err != nil {
			return fmt.Errorf("overlay %s, which was put in force: %w", overlay.Name, err)
		}
		for j, book := range eras[i].calendar.Books() {
			t.books[eras[i].texts[j].Digest] = book
		}
		t.unkept = append(t.unkept, eras[i].texts...)
	}
	t.eras = eras
	return nil
}

// InForce are the overlays that records say are in force, by their first minute.
func InForce(records []decision.Record) ([]Overlay, error) {
	var overlays []Overlay
	for _, r := range decision.Newest(records) {
		if r.Action != decision.Saved {
			continue
		}
		var overlay Overlay
		if err := json.Unmarshal([]byte(r.Body), &overlay); err != nil {
			return nil, fmt.Errorf("reading overlay %s as it was put in force by %s: %w", r.Subject, r.By, err)
		}
		overlays = append(overlays, overlay)
	}
	slices.SortFunc(overlays, func(a, b Overlay) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Name, b.Name)) })
	return overlays, nil
}

// eraOf puts the settings' books under an overlay.
func (t *Terms) eraOf(overlay Overlay) (era, error) {
	made := era{from: overlay.From, overlay: overlay}
	var books []*pricing.Book
	for _, base := range t.bases {
		base.OverlayName, base.Overlay = overlay.Name, []byte(overlay.Text)
		book, err := base.Parse()
		if err != nil {
			return era{}, err
		}
		books, made.texts = append(books, book), append(made.texts, textOf(base, book))
	}
	var err error
	made.calendar, err = pricing.NewCalendar(books...)
	return made, err
}

func textOf(text pricebooks.Text, book *pricing.Book) flowstore.TermsText {
	return flowstore.TermsText{
		Digest: model.Digest(book.Digest), BookName: text.Name, Book: string(text.Book),
		OverlayName: text.OverlayName, Overlay: string(text.Overlay),
	}
}

// calendarAt is the calendar of the overlay that is in force at a minute.
func (t *Terms) calendarAt(minute model.Minute) pricing.Calendar {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, era := range slices.Backward(t.eras) {
		if era.from <= minute {
			return era.calendar
		}
	}
	return t.calendar
}
