package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Pages reads the answers of a price API that were joined in one file, one after
// another, and hands on each. Numbers stay as they are written. The error names the
// page. A file without a page is an error.
func Pages[Page any](in io.Reader, take func(*Page) error) error {
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	for number := 1; ; number++ {
		var page Page
		err := decoder.Decode(&page)
		if errors.Is(err, io.EOF) && number > 1 {
			return nil
		}
		if err == nil {
			err = take(&page)
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", number, err)
		}
	}
}

// Whole reads where a tier begins: a whole number of units below 2^33, which feeds
// write with or without a fraction of zeros.
func Whole(number json.Number) (uint64, error) {
	whole, fraction, _ := strings.Cut(number.String(), ".")
	units, err := strconv.ParseUint(whole, 10, 33)
	if err != nil || strings.Trim(fraction, "0") != "" {
		return 0, fmt.Errorf("%q: want a whole number", number)
	}
	return units, nil
}
