package billfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/egressor/egressor/costsvc/bill"
)

// jsonColumns are the columns that an export of Google Cloud's bill can have.
// Exports leave nulls out, so that no row tells which columns there are.
var jsonColumns = []string{
	"project.id", "usage_start_time", "usage.amount", "usage.unit", "cost", "currency", "cost_type", "service.description",
	"sku.description", "location.region", "resource.global_name", "resource.name", "credits", "invoice.month",
}

// jsonNeeded are those that every row has.
var jsonNeeded = []string{"usage_start_time", "cost", "currency", "sku.description"}

type jsonTable struct {
	in     *bufio.Reader
	row    int
	fields []string
	// place is a column's index by its path of keys.
	place map[string]int
}

// JSONLines is the table of an export of Google Cloud's bill as JSON, one object a
// line, as BigQuery writes it. Other keys are ignored.
func JSONLines(in io.Reader) bill.Table {
	t := &jsonTable{in: bufio.NewReaderSize(in, 1<<16), fields: make([]string, len(jsonColumns)), place: make(map[string]int)}
	for i, name := range jsonColumns {
		t.place[name] = i
	}
	return t
}

func (t *jsonTable) Columns() []string { return jsonColumns }

func (t *jsonTable) Next() (int, []string, error) {
	for {
		line, err := t.in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, nil, fmt.Errorf("reading the bill: %w", err)
		}
		if len(line) > 0 {
			t.row++
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return t.row, t.fields, t.read(line)
		}
		if err != nil {
			return 0, nil, io.EOF
		}
	}
}

func (t *jsonTable) read(line []byte) error {
	clear(t.fields)
	if err := t.object("", line); err != nil {
		return &bill.RowError{Row: t.row, Problem: err.Error()}
	}
	for _, name := range jsonNeeded {
		if t.fields[t.place[name]] == "" {
			return &bill.RowError{Row: t.row, Column: name, Problem: "it is missing; every row of Google Cloud's billing export has it"}
		}
	}
	return nil
}

// object takes the columns below a path. Numbers stay as they are written.
func (t *jsonTable) object(path string, text []byte) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(text, &keys); err != nil {
		return fmt.Errorf("want one JSON object a line: %w", err)
	}
	for key, value := range keys {
		name := path + key
		at, wanted := t.place[name]
		switch {
		case wanted:
			field, err := scalar(value)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			t.fields[at] = field
		case value[0] == '{' && slices.ContainsFunc(jsonColumns, func(c string) bool { return strings.HasPrefix(c, name+".") }):
			if err := t.object(name+".", value); err != nil {
				return err
			}
		}
	}
	return nil
}

// scalar is the text of a value; a list stays JSON.
func scalar(value json.RawMessage) (string, error) {
	switch value[0] {
	case '"':
		var text string
		err := json.Unmarshal(value, &text)
		return text, err
	case 'n':
		return "", nil
	case '{':
		return "", errors.New("an object where a value belongs")
	default:
		return string(value), nil
	}
}
