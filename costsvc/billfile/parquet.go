package billfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/egressor/egressor/costsvc/bill"
)

// parquetTable reads a Parquet file row group by row group.
type parquetTable struct {
	file    *parquet.File
	columns []string
	// leaves tell by the file's column index what becomes of a value.
	leaves []leaf
	credit credits

	group  int
	rows   parquet.Rows
	buffer []parquet.Row
	filled int
	next   int
	row    int
	fields []string
}

// leaf is one column of the file.
type leaf struct {
	// at is the table's column, -1 for none.
	at   int
	text func(parquet.Value) string
	// credit is the key of a list of credits that the leaf is, "" for none.
	credit string
}

// Parquet is the table of a Parquet file. Nested columns are named by their path,
// sku.description; lists and maps are left out, but for the list of credits of
// Google Cloud. Floating-point columns, which some exports have, are read as the
// shortest decimal number that stands for the same value: what the writer wrote.
// A file that is cut off or broken is a *bill.RowError.
func Parquet(in io.ReaderAt, size int64) (t bill.Table, err error) {
	defer broken(&err, 0)
	if err := checkFooter(in, size); err != nil {
		return nil, &bill.RowError{Problem: "not a whole Parquet file: " + err.Error()}
	}
	file, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, &bill.RowError{Problem: "not a whole Parquet file: " + err.Error()}
	}
	table := &parquetTable{file: file, buffer: make([]parquet.Row, 64)}
	for _, path := range file.Schema().Columns() {
		column, ok := file.Schema().Lookup(path...)
		if !ok {
			return nil, &bill.RowError{Column: strings.Join(path, "."), Problem: "the Parquet file's schema does not have its own column"}
		}
		table.leaves = append(table.leaves, table.leaf(path, column))
	}
	if table.credit.wanted {
		table.credit.at = len(table.columns)
		table.columns = append(table.columns, creditsColumn)
	}
	table.fields = make([]string, len(table.columns))
	return table, nil
}

// checkFooter holds the length that a file gives of its metadata to the file's
// own: the library would make room for whatever is written there.
func checkFooter(in io.ReaderAt, size int64) error {
	const ends = 12 // the magic at either end, and the length
	var tail [8]byte
	if size < ends {
		return fmt.Errorf("it has %d bytes", size)
	}
	if _, err := in.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return err
	}
	if length := int64(binary.LittleEndian.Uint32(tail[:4])); !bytes.Equal(tail[4:], parquetMagic) || length > size-ends {
		return errors.New("it does not end as one")
	}
	return nil
}

func (t *parquetTable) leaf(path []string, column parquet.LeafColumn) leaf {
	last := path[len(path)-1]
	switch {
	case path[0] == creditsColumn && column.MaxRepetitionLevel == 1 && isCreditKey(last):
		t.credit.wanted = true
		return leaf{at: -1, text: textOf(column.Node), credit: last}
	case column.MaxRepetitionLevel > 0:
		return leaf{at: -1}
	}
	t.columns = append(t.columns, strings.Join(path, "."))
	return leaf{at: len(t.columns) - 1, text: textOf(column.Node)}
}

func (t *parquetTable) Columns() []string { return t.columns }

// broken turns the library's panics about damaged files into an error.
func broken(err *error, row int) {
	if cause := recover(); cause != nil {
		*err = &bill.RowError{Row: row, Problem: fmt.Sprintf("the Parquet file is damaged: %v", cause)}
	}
}

func (t *parquetTable) Next() (row int, fields []string, err error) {
	defer broken(&err, t.row+1)
	for t.next == t.filled {
		if err := t.fill(); err != nil {
			if errors.Is(err, io.EOF) {
				return 0, nil, t.atEnd()
			}
			return 0, nil, &bill.RowError{Row: t.row + 1, Problem: "the Parquet file is damaged: " + err.Error()}
		}
	}
	values := t.buffer[t.next]
	t.next++
	t.row++
	clear(t.fields)
	t.credit.reset()
	for _, value := range values {
		if err := t.take(value); err != nil {
			return 0, nil, &bill.RowError{Row: t.row, Problem: err.Error()}
		}
	}
	if t.credit.wanted {
		t.fields[t.credit.at], err = t.credit.json()
	}
	return t.row, t.fields, err
}

// atEnd holds the rows to the number that the file promises.
func (t *parquetTable) atEnd() error {
	if promised := t.file.NumRows(); int64(t.row) != promised {
		return &bill.RowError{Row: t.row, Problem: fmt.Sprintf("the Parquet file ends here, and it promises %d rows", promised)}
	}
	return io.EOF
}

func (t *parquetTable) take(value parquet.Value) error {
	if value.IsNull() {
		return nil
	}
	if value.Column() >= len(t.leaves) {
		return fmt.Errorf("the Parquet file has a value of column %d of %d", value.Column(), len(t.leaves))
	}
	column := &t.leaves[value.Column()]
	switch {
	case column.credit != "":
		t.credit.add(column.credit, value.RepetitionLevel(), column.text(value))
	case column.at >= 0:
		t.fields[column.at] = column.text(value)
	}
	return nil
}

// fill reads the next rows, from the next row group where one is used up.
func (t *parquetTable) fill() error {
	t.next, t.filled = 0, 0
	if t.rows == nil {
		groups := t.file.RowGroups()
		if t.group == len(groups) {
			return io.EOF
		}
		t.rows = groups[t.group].Rows()
		t.group++
	}
	n, err := t.rows.ReadRows(t.buffer)
	t.filled = n
	switch {
	case err == nil && n == 0:
		return io.ErrNoProgress
	case errors.Is(err, io.EOF):
		err = t.rows.Close()
		t.rows = nil
	}
	return err
}
