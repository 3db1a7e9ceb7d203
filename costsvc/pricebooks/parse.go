package pricebooks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/egressor/egressor/costsvc/pricebooks/format"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// Parse reads a book. It is strict: unknown fields, fractions where whole
// numbers belong, holes and overlaps are errors, and nothing is half loaded.
// Errors begin with "NAME:LINE:".
func Parse(name string, text []byte) (*pricing.Book, error) {
	digest := sha256.Sum256(text)
	book := pricing.Book{Digest: hex.EncodeToString(digest[:])}
	for i, line := range bytes.Split(bytes.TrimRight(text, "\r\n"), []byte("\n")) {
		if err := parseLine(&book, i+1, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	loaded, err := pricing.NewBook(book)
	var fault *pricing.BookError
	if errors.As(err, &fault) {
		return nil, fmt.Errorf("%s:%d: %w", name, fault.Line, err)
	}
	return loaded, err
}

func parseLine(book *pricing.Book, number int, line []byte) error {
	var kind struct{ Kind string }
	if err := json.Unmarshal(line, &kind); err != nil {
		return fmt.Errorf("want one JSON object a line: %w", err)
	}
	if (number == 1) != (kind.Kind == format.KindBook) {
		return fmt.Errorf("line of kind %q: the first line, and only it, is of kind %q", kind.Kind, format.KindBook)
	}
	switch kind.Kind {
	case format.KindBook:
		return parseHeader(book, line)
	case format.KindSource:
		var source format.Source
		if err := strict(line, &source); err != nil {
			return err
		}
		book.Sources = append(book.Sources, pricing.Source{ID: source.ID, What: source.What, AsOf: source.AsOf, Reliability: source.Reliability})
		return nil
	case format.KindPrice:
		return parsePrice(book, number, line)
	default:
		return fmt.Errorf("line of kind %q: want book, source or price", kind.Kind)
	}
}

func parseHeader(book *pricing.Book, line []byte) error {
	var header format.Header
	if err := strict(line, &header); err != nil {
		return err
	}
	book.Name, book.Provider, book.Version = header.Book, header.Provider, header.Version
	book.Currency, book.Regions, book.Groups = money.Currency(header.Currency), header.Regions, header.Groups
	var err error
	book.From, book.Until, err = period(header.From, header.Until)
	return err
}

func parsePrice(book *pricing.Book, number int, line []byte) error {
	var price format.Price
	if err := strict(line, &price); err != nil {
		return err
	}
	fee, ok := transferclass.ParseFee(price.Fee)
	if !ok {
		return fmt.Errorf("row %q: fee %q is not known", price.ID, price.Fee)
	}
	from, until, err := period(price.From, price.Until)
	if err != nil {
		return fmt.Errorf("row %q: %w", price.ID, err)
	}
	row := pricing.Row{
		ID: price.ID, Fee: fee, Region: price.Region, To: price.To, Code: price.Code, InCode: price.InCode,
		UnitBytes: price.UnitBytes, Switch: price.Switch, Partial: price.Partial, From: from, Until: until,
		Source: price.Source, AsOf: price.AsOf, Note: price.Note, Line: number,
	}
	for _, tier := range price.Tiers {
		row.Tiers = append(row.Tiers, pricing.Tier{FromBytes: tier.FromBytes, ToBytes: tier.ToBytes, RateNano: tier.RateNano})
	}
	book.Rows = append(book.Rows, row)
	return nil
}

// strict decodes exactly one object without unknown fields.
func strict(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && strings.HasPrefix(wrong.Value, "number") {
			return fmt.Errorf("%w: rates are whole nano-units (0.09 is 90000000) and sizes whole bytes, never fractions or exponents", err)
		}
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON object on the line")
	}
	return nil
}

// period reads two dates; an empty one is open.
func period(from, until string) (first, end model.Minute, err error) {
	if first, err = date(from); err != nil {
		return 0, 0, err
	}
	end, err = date(until)
	return first, end, err
}

func date(text string) (model.Minute, error) {
	if text == "" {
		return 0, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("date %q: want YEAR-MONTH-DAY", text)
	}
	return model.MinuteOf(at), nil
}
