// Package facts turns the price facts, kept as CSV files with one sourced
// figure a row, into price books. It is used by the generator and by the test
// that the committed books are what the facts give.
package facts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
)

// record is one row of a CSV file, by column name.
type record struct {
	file   string
	line   int
	fields map[string]string
}

func (r record) get(column string) string { return r.fields[column] }

func (r record) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// table reads a CSV file whose first row names the columns.
func table(fsys fs.FS, file string) ([]record, error) {
	in, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	reader := csv.NewReader(in)
	columns, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var records []record
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := reader.FieldPos(0)
		fields := make(map[string]string, len(row))
		for i, name := range columns {
			fields[name] = row[i]
		}
		records = append(records, record{file, line, fields})
	}
}

// nano reads a decimal price as a whole number of nano-units, exactly.
func (r record) nano(column string) (int64, error) {
	whole, fraction, _ := strings.Cut(r.get(column), ".")
	if len(fraction) > 9 {
		return 0, r.errorf("price %q in %s has more than 9 decimal places", r.get(column), column)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", 9-len(fraction)), 10, 64)
	if err != nil || n < 0 {
		return 0, r.errorf("price %q in %s: want a decimal number", r.get(column), column)
	}
	return n, nil
}

const gib = 1 << 30

// gibBytes reads a whole number of GiB as bytes; "" is 0.
func (r record) gibBytes(column string) (uint64, error) {
	text := r.get(column)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 33)
	if err != nil {
		return 0, r.errorf("%q in %s: want a whole number of GB", text, column)
	}
	return n * gib, nil
}
