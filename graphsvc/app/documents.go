package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// documentsIn reads the persisted documents that the settings name.
func documentsIn(config Config) ([]string, error) {
	if config.Documents == "" {
		if config.DocumentsOnly {
			return nil, errors.New("--documents-only needs --documents: nothing at all would be answered")
		}
		return nil, nil
	}
	paths, err := filepath.Glob(filepath.Join(config.Documents, "*.graphql"))
	if err != nil {
		return nil, fmt.Errorf("--documents %s: %w", config.Documents, err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("--documents %s: there is no *.graphql in it", config.Documents)
	}
	texts := make([]string, len(paths))
	for i, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("--documents: %w", err)
		}
		texts[i] = string(text)
	}
	return texts, nil
}
