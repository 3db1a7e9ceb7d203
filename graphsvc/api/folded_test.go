package api_test

import (
	"encoding/json"
	"testing"

	"github.com/egressor/egressor/graphsvc/query"
)

// TestAnAnswerTellsWhatWasFolded: a window of which nothing is known adds up to 0 like one
// in which nothing moved; how many of its minutes were folded tells them apart.
func TestAnAnswerTellsWhatWasFolded(t *testing.T) {
	for _, folded := range []int{0, 3} {
		s := newService()
		s.series.Minutes = make([]query.MinuteTotal, folded)
		for _, field := range []string{"graph", "transfers(first: 1)", "statement(groupBy: [PATH])"} {
			got := s.must(t, "{ answer: "+field+" { window { minutes foldedMinutes } } }", nil)
			if minutes, known := got.at("answer", "window", "minutes"), got.at("answer", "window", "foldedMinutes"); minutes != json.Number("60") || known != json.Number(string(rune('0'+folded))) {
				t.Errorf("%s: %v of %v minutes are said to be folded, want %d of 60", field, known, minutes, folded)
			}
		}
	}
}
