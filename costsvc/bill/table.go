package bill

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Table is a bill as rows of text, whatever its file is.
type Table interface {
	// Columns are the names of the columns, in the file's own spelling.
	Columns() []string
	// Next returns the next row's number in the file and its fields in the order
	// of the columns, "" for null; they are valid until the next call. The end is
	// io.EOF; what is broken is a *RowError where the place is known.
	Next() (row int, fields []string, err error)
}

// csvTable reads CSV with a header.
type csvTable struct {
	reader *csv.Reader
	header []string
}

// CSV returns the table of a CSV file with a header.
func CSV(in io.Reader) (Table, error) {
	reader := csv.NewReader(in)
	reader.ReuseRecord = true
	first, err := reader.Read()
	if err != nil {
		return nil, csvError(err)
	}
	header := make([]string, len(first))
	for i, name := range first {
		header[i] = strings.TrimPrefix(strings.Clone(name), "\ufeff")
	}
	return &csvTable{reader, header}, nil
}

func (t *csvTable) Columns() []string { return t.header }

func (t *csvTable) Next() (int, []string, error) {
	record, err := t.reader.Read()
	if errors.Is(err, io.EOF) {
		return 0, nil, io.EOF
	}
	if err != nil {
		return 0, nil, csvError(err)
	}
	row, _ := t.reader.FieldPos(0)
	return row, record, nil
}

// csvError says where the CSV itself is broken.
func csvError(err error) error {
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
		return &RowError{Row: parse.Line, Problem: parse.Err.Error()}
	}
	if errors.Is(err, io.EOF) {
		return &RowError{Row: 1, Problem: "the file is empty"}
	}
	return fmt.Errorf("reading the bill: %w", err)
}

// header finds columns by their names, of which letters and digits alone count:
// line_item_usage_type is lineItem/UsageType, sku.description is sku_description.
type header struct {
	at map[string]int
	// asked remembers answers of index, which is asked for every field of a row.
	asked map[string]int
}

func newHeader(columns []string) (header, error) {
	h := header{make(map[string]int, len(columns)), make(map[string]int)}
	exact := make(map[string]bool, len(columns))
	for i, name := range columns {
		if exact[name] {
			return h, &RowError{Row: 1, Column: name, Problem: "the column is there twice"}
		}
		exact[name] = true
		if _, taken := h.at[plainName(name)]; !taken {
			h.at[plainName(name)] = i
		}
	}
	return h, nil
}

func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		default:
			return -1
		}
	}, name)
}

// index is a column's place, -1 where it is missing. Alternatives are separated
// by "|"; the first that is there counts.
func (h *header) index(column string) int {
	at, known := h.asked[column]
	if !known {
		at = h.find(column)
		h.asked[column] = at
	}
	return at
}

func (h *header) find(column string) int {
	for name := range strings.SplitSeq(column, "|") {
		if at, ok := h.at[plainName(name)]; ok {
			return at
		}
	}
	return -1
}
