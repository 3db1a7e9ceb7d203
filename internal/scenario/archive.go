package scenario

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Sections of a scenario file.
const (
	sectionInventory = "inventory.yaml"
	sectionCloud     = "cloud.yaml"
	sectionFlows     = "flows.txt"
	sectionGraph     = "graph.txt"
	sectionBill      = "bill.txt"
	sectionFindings  = "findings.txt"
	sectionInsights  = "insights.txt"
)

var sectionNames = []string{sectionInventory, sectionCloud, sectionFlows, sectionGraph, sectionBill, sectionFindings, sectionInsights}

// archive is a txtar file with the line numbers that error messages need.
type archive struct {
	prose    string
	sections []section
}

type section struct {
	name string
	// line is the number of the section's first line within the file.
	line int
	text string
}

func (a *archive) section(name string) section {
	for _, s := range a.sections {
		if s.name == name {
			return s
		}
	}
	return section{name: name}
}

// has reports whether the file has a section.
func (a *archive) has(name string) bool {
	return slices.ContainsFunc(a.sections, func(s section) bool { return s.name == name })
}

// with returns the archive with one section's text replaced, or added at the
// end.
func (a *archive) with(name, text string) *archive {
	changed := &archive{prose: a.prose}
	found := false
	for _, s := range a.sections {
		if s.name == name {
			s.text, found = text, true
		}
		changed.sections = append(changed.sections, s)
	}
	if !found {
		changed.sections = append(changed.sections, section{name: name, text: text})
	}
	return changed
}

// format writes the archive as a txtar file.
func (a *archive) format() []byte {
	var out bytes.Buffer
	out.WriteString(a.prose)
	for _, s := range a.sections {
		fmt.Fprintf(&out, "-- %s --\n%s", s.name, s.text)
		if s.text != "" && !strings.HasSuffix(s.text, "\n") {
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// splitArchive reads a txtar file. Sections with an unknown or a repeated name
// are refused: a misspelt one would be ignored otherwise.
func splitArchive(file string, data []byte) (*archive, error) {
	a := &archive{}
	target := &a.prose
	text, number, begin, at := string(data), 0, 0, 0
	for line := range strings.Lines(text) {
		number++
		if name, ok := sectionHeader(line); ok {
			*target = text[begin:at]
			begin = at + len(line)
			if err := checkSection(a, name); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, number, err)
			}
			a.sections = append(a.sections, section{name: name, line: number + 1})
			target = &a.sections[len(a.sections)-1].text
		}
		at += len(line)
	}
	*target = text[begin:]
	return a, nil
}

func checkSection(a *archive, name string) error {
	for _, s := range a.sections {
		if s.name == name {
			return fmt.Errorf("section %s is there twice: join the two", name)
		}
	}
	for _, known := range sectionNames {
		if name == known {
			return nil
		}
	}
	return fmt.Errorf("section %q is not known: want one of %s", name, strings.Join(sectionNames, ", "))
}

// sectionHeader returns the name in a line of the form "-- name --".
func sectionHeader(line string) (string, bool) {
	line = strings.TrimRight(line, "\r\n")
	if !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") || len(line) < 7 {
		return "", false
	}
	return strings.TrimSpace(line[3 : len(line)-3]), true
}
