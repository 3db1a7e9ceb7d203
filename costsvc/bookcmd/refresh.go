// Package bookcmd is the part of `egressor pricebook` that reads feeds and
// writes books.
package bookcmd

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricebooks/awsfeed"
	"github.com/egressor/egressor/costsvc/pricebooks/azurefeed"
	"github.com/egressor/egressor/costsvc/pricebooks/feed"
	"github.com/egressor/egressor/costsvc/pricebooks/googlefeed"
	"github.com/egressor/egressor/costsvc/pricing"
)

// Options of Refresh.
type Options struct {
	// Book is the book to bring up to date, by name or file.
	Book string
	// Feeds are price feeds of the book's provider: URLs or saved files, packed with
	// gzip or not.
	Feeds []string
	// Out is the file to write; "" writes nothing.
	Out string
	// Client fetches URLs.
	Client *http.Client
}

// Refresh reads feeds, one after another, and returns what changes in the book.
// The book is written only when all feeds could be read, as a whole or not at all.
func Refresh(ctx context.Context, options Options) ([]pricebooks.Change, error) {
	book, err := pricebooks.Load(options.Book)
	if err != nil {
		return nil, err
	}
	if len(options.Feeds) == 0 {
		return nil, errors.New("no feed is named: give the URL of a price list, or a saved file")
	}
	fresh := book
	for _, name := range options.Feeds {
		if fresh, err = apply(ctx, options.Client, fresh, name); err != nil {
			return nil, fmt.Errorf("feed %s: %w", name, err)
		}
	}
	changes, err := pricebooks.Diff(book, fresh)
	if err != nil || options.Out == "" {
		return changes, err
	}
	text, err := pricebooks.Write(fresh)
	if err != nil {
		return nil, err
	}
	if _, err := pricebooks.Parse(options.Out, text); err != nil {
		return nil, fmt.Errorf("the refreshed book would not load: %w", err)
	}
	return changes, writeWhole(options.Out, text)
}

func apply(ctx context.Context, client *http.Client, book *pricing.Book, name string) (*pricing.Book, error) {
	in, err := open(ctx, client, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := plain(in)
	if err != nil {
		return nil, err
	}
	read, err := readFeed(text, book)
	if err != nil {
		return nil, err
	}
	return feed.Apply(book, read)
}

// readFeed reads a feed of the book's provider.
func readFeed(in io.Reader, book *pricing.Book) (*feed.Feed, error) {
	switch book.Provider {
	case "aws":
		return awsfeed.Read(in)
	case "azure":
		return azurefeed.Read(in, book)
	case "gcp":
		return googlefeed.Read(in)
	default:
		return nil, fmt.Errorf("no feed is known for %s", book.Provider)
	}
}

// open opens a URL or a file.
func open(ctx context.Context, client *http.Client, name string) (io.ReadCloser, error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return os.Open(name)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		_ = response.Body.Close() // the status is the reason
		return nil, fmt.Errorf("the server answers %s", response.Status)
	}
	return response.Body, nil
}

// plain unpacks what is gzip, whatever its name or header says.
func plain(in io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	if head, err := buffered.Peek(2); err != nil || !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return buffered, nil //nolint:nilerr // shorter than two bytes is no gzip
	}
	return gzip.NewReader(buffered)
}

// writeWhole replaces a file in one step.
func writeWhole(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("writing the book: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(text)
	if err := errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return fmt.Errorf("writing the book: %w", err)
	}
	return os.Rename(file.Name(), path)
}
