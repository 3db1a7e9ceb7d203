package scenario_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/money"
	"github.com/egressor/egressor/internal/scenario"
)

var decimalNumber = regexp.MustCompile(`\d+\.\d+`)

// TestTheStoryStatesTheTotal: the arithmetic in the prose was done by hand, so
// each minute's total must stand in it, exactly or rounded to 8 decimals or more.
func TestTheStoryStatesTheTotal(t *testing.T) {
	for _, path := range files(t) {
		if hours(t, path) {
			continue
		}
		sc, err := scenario.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		book, err := sc.LoadBook()
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := sc.Run(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range outcome.Minutes {
			if total := m.Statement.Total; !total.IsZero() && !states(sc.Prose, total) {
				t.Errorf("%s: %s costs %s, which the story does not state", filepath.Base(path), m.Version.From, total)
			}
		}
	}
}

func states(prose string, total money.Amount) bool {
	for _, number := range decimalNumber.FindAllString(prose, -1) {
		stated, err := money.ParseDecimal(number)
		if err == nil && stated == total {
			return true
		}
		decimals := len(number) - strings.Index(number, ".") - 1
		if rounded, err := total.Format(decimals); err == nil && decimals >= 8 && rounded == number {
			return true
		}
	}
	return false
}

// TestTheIndexIsComplete: docs/scenarios/README.md lists every scenario by file
// and title.
func TestTheIndexIsComplete(t *testing.T) {
	index, err := os.ReadFile("../../docs/scenarios/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files(t) {
		sc, err := scenario.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if line := "[" + sc.Title + "](" + filepath.Base(path) + ")"; !strings.Contains(string(index), line) {
			t.Errorf("docs/scenarios/README.md lacks %s", line)
		}
	}
}
