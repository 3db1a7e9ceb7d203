package inventory

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/textfile"
)

// Load reads the facts of a file. The error joins all mistakes found, each as
// "file:line: what is wrong".
func Load(path string) ([]model.Fact, error) {
	text, err := textfile.Read(path, "a file of facts")
	if err != nil {
		return nil, fmt.Errorf("read inventory: %w", err)
	}
	return Parse(path, text)
}

// Save writes facts to a file, whole or not at all: a reader sees the file
// before or the file after.
func Save(path string, facts []model.Fact) error {
	text, err := Format(path, facts)
	if err != nil {
		return fmt.Errorf("write inventory %s: %w", path, err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write inventory %s: %w", path, err)
	}
	defer os.Remove(temporary.Name()) // gone already when all went well
	_, err = temporary.Write(text)
	if err == nil {
		err = temporary.Chmod(0o644)
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write inventory %s: %w", path, err)
	}
	return nil
}

// defaultSource is the Source of a fact whose entry gives none.
func defaultSource(path string) string { return "file/" + filepath.Base(path) }
