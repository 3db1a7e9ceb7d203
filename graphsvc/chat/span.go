package chat

import (
	"fmt"
	"strings"
	"time"
)

// span is a time of which the part from the onset on is held against as long before.
type span struct{ from, onset, to moment }

type moment struct{ time.Time }

func (m moment) text() string { return m.UTC().Format(time.RFC3339) }

// input is the comparison of the two parts, of the transfers that a filter means.
func (s span) input(filter string) map[string]any {
	const rows = 5
	return map[string]any{
		"beforeFrom": s.from.text(), "beforeTo": s.onset.text(), "afterFrom": s.onset.text(), "afterTo": s.to.text(), "filter": filter, "limit": rows,
	}
}

// between is the time that an incident is looked at: between the first two moments that
// a question names, else since its onset until it was sure or was over.
func (i *incident) between(words string) (span, error) {
	begin, end := i.Since, i.Detected
	if i.Until != "" {
		end = i.Until
	}
	if named := moments.FindAllString(words, -1); len(named) > 1 {
		begin, end = strings.ToUpper(named[0]), strings.ToUpper(named[1])
	}
	onset, err := time.Parse(time.RFC3339, begin)
	if err != nil {
		return span{}, fmt.Errorf("the onset of incident %s: %w", i.ID, err)
	}
	to, err := time.Parse(time.RFC3339, end)
	if err != nil {
		return span{}, fmt.Errorf("until when incident %s is looked at: %w", i.ID, err)
	}
	to = later(to, onset.Add(time.Minute))
	return span{moment{onset.Add(-to.Sub(onset))}, moment{onset}, moment{to}}, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
