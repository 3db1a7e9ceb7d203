// Package pricebooks holds the price books that come with the program, as data,
// and reads others from files.
package pricebooks

import (
	"embed"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/pricing"
)

//go:generate go run ./internal/gen

//go:embed books/*.ndjson
var embedded embed.FS

// Default is the name of the book that is used where none is named.
const Default = "aws"

// Names lists the embedded books in alphabetical order.
func Names() []string {
	entries, err := embedded.ReadDir("books")
	if err != nil {
		panic(err) // the directory is part of the binary
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = strings.TrimSuffix(entry.Name(), ".ndjson")
	}
	slices.Sort(names) // the files are sorted with their suffix
	return names
}

// Load returns an embedded book by its name, or reads the file of that path.
// "BOOK+FILE" is the book under the terms of an overlay file. Errors name the
// file, and the line and row at fault.
func Load(nameOrPath string) (*pricing.Book, error) {
	text, err := Read(nameOrPath)
	if err != nil {
		return nil, err
	}
	return text.Parse()
}
