package pricing

import (
	"fmt"

	"github.com/egressor/egressor/internal/model"
)

// Calendar is one provider's price books by the time in which they hold: a
// minute is priced by the book that was valid then.
type Calendar struct {
	books []*Book
}

// NewCalendar returns a calendar of at least one book. Books of several
// currencies or providers are an error: they would meet in one month's meters.
func NewCalendar(books ...*Book) (Calendar, error) {
	if len(books) == 0 {
		return Calendar{}, fmt.Errorf("no price book is given")
	}
	for _, book := range books[1:] {
		if book.Provider != books[0].Provider || book.Currency != books[0].Currency {
			return Calendar{}, fmt.Errorf("price books %s (%s, %s) and %s (%s, %s) cannot follow on each other: want one provider and one currency",
				books[0].Name, books[0].Provider, books[0].Currency, book.Name, book.Provider, book.Currency)
		}
	}
	return Calendar{books}, nil
}

// At is the book that holds at a minute: of several the one that begins last,
// and of equals the one given last. Where none holds it is the nearest: a book
// that does not cover the minute, which prices nothing in it.
func (c Calendar) At(minute model.Minute) *Book {
	var found *Book
	for _, book := range c.books {
		if book.Covers(minute) && (found == nil || book.From >= found.From) {
			found = book
		}
	}
	if found == nil {
		return c.books[len(c.books)-1]
	}
	return found
}

// Books are the calendar's books in the order given.
func (c Calendar) Books() []*Book { return c.books }
