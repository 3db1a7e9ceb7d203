// Package saved reads cloud inventories from files: what `aws ec2 describe-...
// --output json` printed, as it comes.
package saved

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/egressor/egressor/graphsvc/cloud"
)

// Source is one saved inventory: a file of answers, or a directory of such files.
type Source struct{ path string }

// Sources finds the inventories at a path. A directory whose subdirectories hold
// JSON files is several, one for each account and region.
func Sources(path string) ([]Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cloud inventory: %w", err)
	}
	if !info.IsDir() {
		return []Source{{path}}, nil
	}
	var sources []Source
	if files, err := jsonFiles(path); err != nil {
		return nil, err
	} else if len(files) > 0 {
		sources = append(sources, Source{path})
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("cloud inventory: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			inner, err := Sources(filepath.Join(path, entry.Name()))
			if err != nil {
				return nil, err
			}
			sources = append(sources, inner...)
		}
	}
	if len(sources) == 0 {
		return nil, fmt.Errorf("cloud inventory %s: no .json file in it or below it: save answers of aws ec2 describe-... --output json there", path)
	}
	return sources, nil
}

// Name is the path.
func (s Source) Name() string { return s.path }

// Read reads the files as they are now.
func (s Source) Read(context.Context) (*cloud.Inventory, error) {
	files := []string{s.path}
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, fmt.Errorf("cloud inventory: %w", err)
	}
	if info.IsDir() {
		if files, err = jsonFiles(s.path); err != nil {
			return nil, err
		}
	}
	var documents []cloud.Document
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("cloud inventory: %w", err)
		}
		documents = append(documents, cloud.Document{Name: file, Text: text})
	}
	inventory, err := cloud.Parse(cloud.Scope{}, documents...)
	if err != nil {
		return nil, fmt.Errorf("cloud inventory %s: %w", s.path, err)
	}
	return inventory, nil
}

func jsonFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("cloud inventory: %w", err)
	}
	var files []string
	for _, entry := range entries {
		if !entry.IsDir() && strings.HasSuffix(entry.Name(), ".json") {
			files = append(files, filepath.Join(dir, entry.Name()))
		}
	}
	slices.Sort(files)
	return files, nil
}
