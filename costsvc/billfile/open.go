// Package billfile opens a bill's file as a table, whatever it is: CSV, JSON
// lines or Parquet, packed with gzip or not, told by its first bytes and never by
// its name.
package billfile

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/egressor/egressor/costsvc/bill"
)

// File is an open bill. Its errors do not name it: the caller has its path.
type File struct {
	bill.Table
	close func() error
}

// Close closes the file.
func (f *File) Close() error { return f.close() }

var (
	gzipMagic    = []byte{0x1f, 0x8b}
	parquetMagic = []byte("PAR1")
)

// Open opens a file.
func Open(path string) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	opened, err := open(file)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return opened, nil
}

func open(file *os.File) (*File, error) {
	head := make([]byte, 4)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.Equal(head[:n], parquetMagic) {
		info, err := file.Stat()
		if err != nil {
			return nil, err
		}
		table, err := Parquet(file, info.Size())
		return &File{table, file.Close}, err
	}
	var in io.Reader = file
	if bytes.HasPrefix(head[:n], gzipMagic) {
		if in, err = gzip.NewReader(bufio.NewReaderSize(file, 1<<16)); err != nil {
			return nil, fmt.Errorf("broken gzip: %w", err)
		}
	}
	table, err := Text(in)
	return &File{table, file.Close}, err
}

// Text is the table of a text: JSON lines where it begins with "{", else CSV.
func Text(in io.Reader) (bill.Table, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	for {
		next, err := buffered.Peek(1)
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil, &bill.RowError{Row: 1, Problem: "the file is empty"}
			}
			return nil, err
		}
		switch next[0] {
		case ' ', '\t', '\r', '\n':
			_, _ = buffered.Discard(1) // it was there
		case '{':
			return JSONLines(buffered), nil
		default:
			return bill.CSV(buffered)
		}
	}
}
