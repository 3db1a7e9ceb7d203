package recording

import (
	"bytes"
	_ "embed" // the recording that every binary has
	"fmt"
	"os"
)

//go:embed recordings/shop.egrec
var shop []byte

// Shop is the recording within the binary: the demo's lab, with its rollout.
func Shop() (*Recording, error) { return Read(bytes.NewReader(shop)) }

// Load reads the recording of a file.
func Load(path string) (*Recording, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	defer file.Close()
	recording, err := Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return recording, nil
}
