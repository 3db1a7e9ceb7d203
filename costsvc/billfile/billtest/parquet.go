// Package billtest writes bills as Parquet for tests, as providers' exports have
// them: texts and optional doubles, times in milliseconds.
package billtest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// Types name the columns that are not texts.
type Types struct {
	Doubles, Times []string
}

// Parquet turns a CSV with a header into a Parquet file. Empty fields are nulls,
// dots in names make groups.
func Parquet(text string, types Types) ([]byte, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	root := make(parquet.Group)
	for _, name := range records[0] {
		put(root, strings.Split(name, "."), nodeOf(name, types))
	}
	schema := parquet.NewSchema("bill", root)
	var out bytes.Buffer
	writer := parquet.NewWriter(&out, schema, parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(1000))
	for number, record := range records[1:] {
		row := make(parquet.Row, len(record))
		for i, name := range records[0] {
			leaf, ok := schema.Lookup(strings.Split(name, ".")...)
			if !ok {
				return nil, fmt.Errorf("column %s is lost", name)
			}
			value, err := valueOf(name, record[i], types)
			if err != nil {
				return nil, fmt.Errorf("row %d, column %s: %w", number+1, name, err)
			}
			level := 1
			if value.IsNull() {
				level = 0
			}
			row[leaf.ColumnIndex] = value.Level(0, level, leaf.ColumnIndex)
		}
		if _, err := writer.WriteRows([]parquet.Row{row}); err != nil {
			return nil, err
		}
	}
	err = writer.Close()
	return out.Bytes(), err
}

func put(group parquet.Group, path []string, node parquet.Node) {
	if len(path) == 1 {
		group[path[0]] = node
		return
	}
	inner, ok := group[path[0]].(parquet.Group)
	if !ok {
		inner = make(parquet.Group)
		group[path[0]] = inner
	}
	put(inner, path[1:], node)
}

func nodeOf(name string, types Types) parquet.Node {
	switch {
	case slices.Contains(types.Doubles, name):
		return parquet.Optional(parquet.Leaf(parquet.DoubleType))
	case slices.Contains(types.Times, name):
		return parquet.Optional(parquet.Timestamp(parquet.Millisecond))
	default:
		return parquet.Optional(parquet.String())
	}
}

func valueOf(name, text string, types Types) (parquet.Value, error) {
	switch {
	case text == "":
		return parquet.NullValue(), nil
	case slices.Contains(types.Doubles, name):
		n, err := strconv.ParseFloat(text, 64)
		return parquet.DoubleValue(n), err
	case slices.Contains(types.Times, name):
		at, err := time.Parse(time.RFC3339Nano, text)
		return parquet.Int64Value(at.UnixMilli()), err
	default:
		return parquet.ByteArrayValue([]byte(text)), nil
	}
}
