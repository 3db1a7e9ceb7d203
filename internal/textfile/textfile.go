// Package textfile reads files that people write and that are held in memory whole.
package textfile

import (
	"fmt"
	"io"
	"os"
)

// Most is how many bytes such a file may have: many times what the largest real one
// has, and so few that the wrong file fails at once instead of filling the memory.
const Most = 32 << 20

// Read returns a file's text. Errors name the file; kind is what it should be, with
// its article, for the message about one that is too large to be that.
func Read(path, kind string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	text, err := All(file, kind)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

// All returns what a stream still has.
func All(r io.Reader, kind string) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, Most+1))
	if err == nil && len(text) > Most {
		err = fmt.Errorf("larger than %d MiB: is it %s?", Most>>20, kind)
	}
	if err != nil {
		return nil, err
	}
	return text, nil
}
