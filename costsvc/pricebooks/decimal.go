package pricebooks

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// decimal reads a decimal number as a whole count of 10^-places, exactly.
func decimal(text string, places int) (int64, error) {
	whole, fraction, point := strings.Cut(text, ".")
	if len(fraction) > places || point && fraction == "" || whole == "" || strings.ContainsAny(text, "+ _") {
		return 0, fmt.Errorf("number %q: want digits with at most %d decimal places", text, places)
	}
	return strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
}

// fileLines are the lines of a YAML mapping's keys and of the items below them.
type fileLines struct {
	keys  map[string]int
	items map[string][]int
}

// linesOf finds out where keys and items of a YAML file are.
func linesOf(text []byte) (fileLines, error) {
	var document yaml.Node
	lines := fileLines{make(map[string]int), make(map[string][]int)}
	if err := yaml.Unmarshal(text, &document); err != nil {
		return lines, err
	}
	if len(document.Content) == 0 {
		return lines, nil
	}
	content := document.Content[0].Content
	for i := 0; i+1 < len(content); i += 2 {
		key := content[i].Value
		lines.keys[key] = content[i].Line
		for _, item := range content[i+1].Content {
			lines.items[key] = append(lines.items[key], item.Line)
		}
	}
	return lines, nil
}

// of is the line of a key, 1 where it is missing.
func (l fileLines) of(key string) int { return max(l.keys[key], 1) }

func (l fileLines) item(key string, index int) int {
	if items := l.items[key]; index < len(items) {
		return items[index]
	}
	return l.of(key)
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// yamlError puts the line that the YAML library names at the front.
func yamlError(name string, err error) error {
	var wrong *yaml.TypeError
	text := err.Error()
	if errors.As(err, &wrong) {
		text = wrong.Errors[0]
	}
	line := "1"
	if found := yamlLine.FindStringSubmatch(text); found != nil {
		line = found[1]
		text = strings.TrimPrefix(text, found[0]+": ")
	}
	return fmt.Errorf("%s:%s: %s", name, line, text)
}
