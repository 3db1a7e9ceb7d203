package filter

import "strings"

// Error says what of a text is no filter, where, and what to write instead.
type Error struct {
	// Offset and Length are the part that it is about, in bytes; at the end of the
	// text Length is 0.
	Offset, Length int
	Message        string
	Hint           string
}

// Error is the message with its place, counted in letters from 1.
func (e *Error) Error() string { return e.Message }

// suggestion is "did you mean A or B?", or the fallback where nothing is like it.
func suggestion(word string, known []string, fallback string) string {
	var alike []string
	best := 3 // letters
	for _, one := range known {
		switch d := distance(strings.ToLower(word), strings.ToLower(one)); {
		case d > len(one)/2:
		case d < best:
			best, alike = d, []string{one}
		case d == best && best < 3:
			alike = append(alike, one)
		}
	}
	if len(alike) == 0 {
		return fallback
	}
	return "did you mean " + strings.Join(alike, " or ") + "?"
}

// distance is how many letters are to be changed, added, left out or swapped
// with the next to make one word of another.
func distance(a, b string) int {
	previous, current := make([]int, len(b)+1), make([]int, len(b)+1)
	var before []int
	for j := range current {
		current[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, previous, current = previous, current, make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
	}
	return current[len(b)]
}

// names are those of all fields.
func names() []string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.Name
	}
	return all
}
