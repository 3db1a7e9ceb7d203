// Package terms holds by what minutes are priced: price books by date, an
// overlay, a mode. Whatever a version was priced by is kept in the flow store,
// so that the version can be proven, and its receipts explained, after the
// settings have changed.
package terms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/flowstore"
	"github.com/egressor/egressor/internal/model"
)

// Store keeps terms, and the meters that go with them.
type Store interface {
	KeepTerms(ctx context.Context, terms flowstore.TermsText) error
	Terms(ctx context.Context, digest model.Digest) (terms flowstore.TermsText, ok bool, err error)
	Meters(ctx context.Context, minute model.Minute, through uint64) (pricing.Meters, error)
	Decisions(ctx context.Context, kind decision.Kind, subjects []string) ([]decision.Record, error)
}

var _ Store = (*flowstore.Store)(nil)

// Terms are those in force, and all that the store knows of.
type Terms struct {
	calendar pricing.Calendar
	mode     pricing.Mode
	bases    []pricebooks.Text // the books without any overlay
	store    Store

	mu    sync.Mutex
	eras  []era // by their first minute
	books map[model.Digest]*pricing.Book
	// unkept are not stored yet; a minute may be priced by them already.
	unkept []flowstore.TermsText
}

// Settings say what is in force.
type Settings struct {
	// Books are price books by name or file, of one provider; where several hold
	// at a minute the one that begins last counts.
	Books []string
	// Overlay is a file of terms that every book is under, "" for none.
	Overlay string
	// Mode is list or marginal.
	Mode pricing.Mode
}

// New reads the books and the overlay. Errors name the file and line at fault.
func New(settings Settings, store Store) (*Terms, error) {
	if settings.Mode != pricing.List && settings.Mode != pricing.Marginal {
		return nil, fmt.Errorf("pricing mode %q: want list or marginal", settings.Mode)
	}
	t := &Terms{mode: settings.Mode, store: store, books: map[model.Digest]*pricing.Book{}}
	var books []*pricing.Book
	for _, name := range settings.Books {
		if settings.Overlay != "" {
			name += "+" + settings.Overlay
		}
		text, err := pricebooks.Read(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		book, err := text.Parse()
		if err != nil {
			return nil, err
		}
		books = append(books, book)
		t.books[model.Digest(book.Digest)] = book
		t.unkept, t.bases = append(t.unkept, textOf(text, book)), append(t.bases, pricebooks.Text{Name: text.Name, Book: text.Book})
	}
	var err error
	t.calendar, err = pricing.NewCalendar(books...)
	return t, err
}

// At is by what a minute is priced now.
func (t *Terms) At(minute model.Minute) (*pricing.Book, pricing.Mode) {
	return t.calendarAt(minute).At(minute), t.mode
}

// Books are the books in force, under each overlay that is.
func (t *Terms) Books() []*pricing.Book {
	t.mu.Lock()
	defer t.mu.Unlock()
	books := slices.Clone(t.calendar.Books())
	for _, era := range t.eras {
		books = append(books, era.calendar.Books()...)
	}
	return books
}

// Keep stores the terms that are or were in force, each once.
func (t *Terms) Keep(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.unkept) > 0 {
		if err := t.store.KeepTerms(ctx, t.unkept[0]); err != nil {
			return err
		}
		t.unkept = t.unkept[1:]
	}
	return nil
}

// ErrUnknown says that a version was priced by a book that is neither in force
// nor kept.
var ErrUnknown = errors.New("it is neither in force nor kept in the flow store")

// Book is the book, under its overlay, that has a digest: one in force or one
// that some version was priced by. The error is ErrUnknown for any other.
func (t *Terms) Book(ctx context.Context, digest model.Digest) (*pricing.Book, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if book := t.books[digest]; book != nil {
		return book, nil
	}
	text, ok, err := t.store.Terms(ctx, digest)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("price book with digest %.12s: %w", digest, ErrUnknown)
	}
	book, err := pricebooks.Text{
		Name: text.BookName, Book: []byte(text.Book), OverlayName: text.OverlayName, Overlay: []byte(text.Overlay),
	}.Parse()
	if err != nil {
		return nil, fmt.Errorf("reading the price book that is kept with digest %.12s: %w", digest, err)
	}
	if model.Digest(book.Digest) != digest {
		return nil, fmt.Errorf("the price book that is kept with digest %.12s has digest %.12s: it was changed", digest, book.Digest)
	}
	t.books[digest] = book
	return book, nil
}

// ModeOf is a version's pricing mode. Versions of before modes were recorded
// have none and were priced at list prices.
func ModeOf(recorded string) pricing.Mode {
	if recorded == "" {
		return pricing.List
	}
	return pricing.Mode(recorded)
}
