// Package pricecmd is `egressor price`: transfers in, charge lines out.
package pricecmd

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// ErrBadLines says that some lines of input could not be read. The others were
// answered; the command ends with exit code 1.
var ErrBadLines = errors.New("some lines could not be priced")

// Options of Run.
type Options struct {
	// Book is the name of an embedded price book or a path; "" is the default.
	Book string
	// Format is "json" (one object a line), "csv" or "table"; "" is json.
	Format string
}

// Run reads transfers, one JSON object a line, and writes what each costs, in
// the same order. A line that is no transfer is answered by its error and does
// not stop the rest. Blank lines are skipped.
func Run(ctx context.Context, in io.Reader, out io.Writer, options Options) error {
	name := options.Book
	if name == "" {
		name = pricebooks.Default
	}
	book, err := pricebooks.Load(name)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	show, err := newPrinter(buffered, options.Format)
	if err != nil {
		return err
	}
	bad, err := priceAll(ctx, book, in, show)
	if err := errors.Join(err, show.close(), buffered.Flush()); err != nil {
		return err
	}
	if bad > 0 {
		return fmt.Errorf("%w: %d, see the error of each", ErrBadLines, bad)
	}
	return nil
}

func priceAll(ctx context.Context, book *pricing.Book, in io.Reader, show printer) (bad int, err error) {
	reader := bufio.NewReader(in)
	var run pricing.Run
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return bad, err
		}
		line, readErr := reader.ReadBytes('\n')
		if text := bytes.TrimSpace(line); len(text) > 0 {
			ok, err := priceLine(book, &run, number, text, show)
			if err != nil {
				return bad, err
			}
			if !ok {
				bad++
			}
		}
		if errors.Is(readErr, io.EOF) {
			return bad, nil
		}
		if readErr != nil {
			return bad, fmt.Errorf("reading line %d: %w", number, readErr)
		}
	}
}

// priceLine answers one line. ok is false where the line is bad; err is a
// failure to write.
func priceLine(book *pricing.Book, run *pricing.Run, number int, text []byte, show printer) (ok bool, err error) {
	shown, err := priceOne(book, run, text)
	if err != nil {
		return false, show.failure(Failure{ID: idOf(text), Error: fmt.Sprintf("line %d: %v", number, err)})
	}
	return true, show.answer(shown)
}

func priceOne(book *pricing.Book, run *pricing.Run, text []byte) (Answer, error) {
	transfer, err := decode(text)
	if err != nil {
		return Answer{}, err
	}
	facts, err := transfer.facts(book)
	if err != nil {
		return Answer{}, err
	}
	mode := transfer.Mode
	if mode == "" {
		mode = pricing.List
	}
	at := minuteOf(&transfer, book)
	if err := run.Reset(book, mode, at, transfer.Meters.pools(book, &facts, at)); err != nil {
		return Answer{}, err
	}
	run.Add(&pricing.Transfer{Facts: facts, Bytes: *transfer.Bytes})
	statement, _, err := run.Finish()
	if err != nil {
		return Answer{}, err
	}
	return answer(transfer.ID, &statement)
}

// minuteOf is when the transfer happened, or the day of the book's version.
func minuteOf(transfer *Transfer, book *pricing.Book) model.Minute {
	if transfer.At != nil {
		return model.MinuteOf(*transfer.At)
	}
	if day, err := time.Parse(time.DateOnly, book.Version); err == nil {
		return model.MinuteOf(day)
	}
	return book.From
}

// idOf finds the id in a line that may be wrong otherwise.
func idOf(text []byte) string {
	var named struct{ ID string }
	if err := json.Unmarshal(text, &named); err != nil {
		return named.ID // "" where it is no JSON at all
	}
	return named.ID
}
