package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"
)

// Programs are the names that a section of the shared file may have.
var Programs = []string{"agent", "graphsvc", "costsvc", "egressor"}

// maxFileBytes bounds the file, so that a wrong path to a large file fails at
// once.
const maxFileBytes = 1 << 20

// setting is one leaf of the file: a flag's name and its text or texts.
type setting struct {
	name   string
	line   int
	texts  []string
	isList bool
}

func fromFile(flags *pflag.FlagSet, program, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("settings file: %w", err)
	}
	defer func() { _ = file.Close() }()
	settings, err := parse(io.LimitReader(file, maxFileBytes+1), program)
	if err != nil {
		return fmt.Errorf("settings file %s: %w", path, err)
	}
	for _, s := range settings {
		if err := apply(flags, s); err != nil {
			return fmt.Errorf("settings file %s:%d: %w", path, s.line, err)
		}
	}
	return nil
}

// parse returns the file's settings for program in file order, the program's
// own section first: it is the more particular one.
func parse(r io.Reader, program string) ([]setting, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(text) > maxFileBytes {
		return nil, fmt.Errorf("larger than %d bytes: is it a settings file?", maxFileBytes)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: want \"flag-name: value\" lines", root.Line)
	}
	var own, shared []setting
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		switch isSection := slices.Contains(Programs, key.Value) && value.Kind == yaml.MappingNode; {
		case isSection && key.Value != program:
		case isSection:
			own, err = flatten(own, "", value)
		default:
			shared, err = flattenKey(shared, "", key, value)
		}
		if err != nil {
			return nil, err
		}
	}
	return append(own, shared...), nil
}

func flatten(into []setting, prefix string, mapping *yaml.Node) ([]setting, error) {
	var err error
	for i := 0; i+1 < len(mapping.Content) && err == nil; i += 2 {
		into, err = flattenKey(into, prefix, mapping.Content[i], mapping.Content[i+1])
	}
	return into, err
}

func flattenKey(into []setting, prefix string, key, value *yaml.Node) ([]setting, error) {
	name := prefix + key.Value
	switch value.Kind {
	case yaml.MappingNode:
		return flatten(into, name+"-", value)
	case yaml.ScalarNode:
		return append(into, setting{name: name, line: key.Line, texts: []string{value.Value}}), nil
	case yaml.SequenceNode:
		list := setting{name: name, line: key.Line, isList: true}
		for _, item := range value.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("line %d: %s: want a list of plain values", item.Line, name)
			}
			list.texts = append(list.texts, item.Value)
		}
		return append(into, list), nil
	default:
		// An alias could refer to itself; settings have no need of them.
		return nil, fmt.Errorf("line %d: %s: YAML aliases are not taken, write the value out", value.Line, name)
	}
}

// apply sets one flag, unless something before the file has set it already.
func apply(flags *pflag.FlagSet, s setting) error {
	flag := flags.Lookup(s.name)
	if flag == nil || s.name == FileFlag {
		return fmt.Errorf("unknown setting %q: settings are named as the flags of --help are", s.name)
	}
	if flag.Changed {
		return nil
	}
	if !s.isList {
		if err := flags.Set(s.name, s.texts[0]); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		return nil
	}
	slice, ok := flag.Value.(pflag.SliceValue)
	if !ok {
		return errors.New(s.name + ": takes one value, not a list: " + strings.Join(s.texts, ", "))
	}
	if err := slice.Replace(s.texts); err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	flag.Changed = true
	return nil
}
