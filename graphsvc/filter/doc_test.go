package filter_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/filter"
)

// TestTheFilterPage reads every filter of docs/filter.md, and every text there
// that is none: with the message and the hint that the page promises.
func TestTheFilterPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/filter.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, block := range regexp.MustCompile("(?s)```(filter|wrong)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		for _, line := range strings.Split(strings.TrimSpace(block[2]), "\n") {
			text, promised, _ := strings.Cut(line, " #")
			text, promised = strings.TrimSpace(text), strings.TrimSpace(promised)
			parsed, err := filter.Parse(text)
			seen[block[1]]++
			if block[1] == "filter" {
				if again, failed := filter.Parse(parsed.String()); err != nil || failed != nil || again.String() != parsed.String() {
					t.Errorf("%s: %v; read again: %v", text, err, failed)
				}
				continue
			}
			var wrong *filter.Error
			if !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Message+": "+wrong.Hint, promised) {
				t.Errorf("%s: %v, and the page says %s", text, err, promised)
			}
		}
	}
	if seen["filter"] < 20 || seen["wrong"] < 5 {
		t.Errorf("the page has %v", seen)
	}
	for _, f := range filter.Fields() {
		if !strings.Contains(string(page), "`"+f.Name+"`") && !strings.Contains(string(page), "`"+f.Name+".KEY`") {
			t.Errorf("the page does not name the field %s", f.Name)
		}
	}
}
