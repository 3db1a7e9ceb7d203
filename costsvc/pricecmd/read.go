package pricecmd

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// Timed is a transfer and its minute.
type Timed struct {
	Minute   model.Minute
	Transfer pricing.Transfer
}

// Read reads transfers, one JSON object a line, and sorts them by time. Each
// must say when it happened, for tiers depend on it; its mode and meters are
// ignored. The first bad line is an error that names it, and nothing is returned.
func Read(ctx context.Context, in io.Reader, book *pricing.Book) ([]Timed, error) {
	var all []Timed
	reader := bufio.NewReader(in)
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		line, readErr := reader.ReadBytes('\n')
		if text := bytes.TrimSpace(line); len(text) > 0 {
			timed, err := readTimed(text, book)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			timed.Transfer.Edge = model.EdgeID(number)
			all = append(all, timed)
		}
		if errors.Is(readErr, io.EOF) {
			break
		}
		if readErr != nil {
			return nil, fmt.Errorf("reading line %d: %w", number, readErr)
		}
	}
	slices.SortStableFunc(all, func(a, b Timed) int { return cmp.Compare(a.Minute, b.Minute) })
	return all, nil
}

func readTimed(text []byte, book *pricing.Book) (Timed, error) {
	transfer, err := decode(text)
	if err != nil {
		return Timed{}, err
	}
	if transfer.At == nil {
		return Timed{}, errors.New("at is missing: say when the transfer happened")
	}
	facts, err := transfer.facts(book)
	if err != nil {
		return Timed{}, err
	}
	return Timed{model.MinuteOf(*transfer.At), pricing.Transfer{Facts: facts, Bytes: *transfer.Bytes}}, nil
}
