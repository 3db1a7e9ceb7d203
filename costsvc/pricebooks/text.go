package pricebooks

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/textfile"
)

// Text is a price book, and an overlay on it, as the files that they are read
// from: what must be kept to price by the same terms again.
type Text struct {
	// Name is the embedded book's name or the file's path; Book its content.
	Name string
	Book []byte
	// OverlayName is the overlay's path, "" where there is none.
	OverlayName string
	Overlay     []byte
}

// Read returns the text of what Load loads.
func Read(nameOrPath string) (Text, error) {
	name, overlay, ok := strings.Cut(nameOrPath, "+")
	if _, err := os.Stat(nameOrPath); !ok || err == nil {
		name, overlay = nameOrPath, ""
	}
	book, err := bookText(name)
	if err != nil || overlay == "" {
		return Text{Name: name, Book: book}, err
	}
	terms, err := textfile.Read(overlay, "an overlay")
	if err != nil {
		return Text{}, fmt.Errorf("overlay of price book %s: %w", name, err)
	}
	return Text{Name: name, Book: book, OverlayName: overlay, Overlay: terms}, nil
}

// Parse reads the book under the overlay's terms. Errors name the file, and the
// line and row at fault.
func (t Text) Parse() (*pricing.Book, error) {
	book, err := Parse(t.Name, t.Book)
	if err != nil || t.OverlayName == "" {
		return book, err
	}
	return ParseOverlay(book, t.OverlayName, t.Overlay)
}

func bookText(nameOrPath string) ([]byte, error) {
	if slices.Contains(Names(), nameOrPath) {
		return embedded.ReadFile("books/" + nameOrPath + ".ndjson")
	}
	text, err := textfile.Read(nameOrPath, "a price book")
	if err != nil {
		return nil, fmt.Errorf("price book %q: not one of %s, and no file: %w", nameOrPath, strings.Join(Names(), ", "), err)
	}
	return text, nil
}
