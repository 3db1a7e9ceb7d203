package pricecmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
)

// worked is one block of testdata/hand_worked.txt, which explains its own form.
type worked struct {
	comment, switches, transfer, see string
	lines                            []string
}

func readWorked(t *testing.T) []worked {
	t.Helper()
	text, err := os.ReadFile("testdata/hand_worked.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []worked
	for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		var w worked
		for line := range strings.SplitSeq(block, "\n") {
			switch {
			case strings.HasPrefix(line, "# "):
				w.comment += line[2:] + " "
			case strings.HasPrefix(line, "switches: "):
				w.switches = strings.TrimPrefix(line, "switches: ")
			case strings.HasPrefix(line, "see: "):
				w.see = strings.TrimPrefix(line, "see: ")
			case strings.HasPrefix(line, "> "):
				w.lines = append(w.lines, line[2:])
			default:
				w.transfer = line
			}
		}
		all = append(all, w)
	}
	return all[1:] // the first is the explanation
}

// book is the block's, under its switches. Books are loaded once for all blocks.
func (w *worked) book(t *testing.T, loaded map[string]*pricing.Book) *pricing.Book {
	t.Helper()
	var transfer struct{ Provider string }
	if err := json.Unmarshal([]byte(w.transfer), &transfer); err != nil {
		t.Fatalf("%s: %v", w.comment, err)
	}
	book := loaded[transfer.Provider]
	if book == nil {
		var err error
		if book, err = pricebooks.Load(transfer.Provider); err != nil {
			t.Fatal(err)
		}
		loaded[transfer.Provider] = book
	}
	var switches pricing.Switches
	if id, value, ok := strings.Cut(w.switches, "="); ok {
		if err := switches.Set(id, value); err != nil {
			t.Fatal(err)
		}
	}
	return book.WithSwitches(switches)
}

func (w *worked) price(t *testing.T, loaded map[string]*pricing.Book) Answer {
	t.Helper()
	var out bytes.Buffer
	show, err := newPrinter(&out, "json")
	if err != nil {
		t.Fatal(err)
	}
	if bad, err := priceAll(t.Context(), w.book(t, loaded), strings.NewReader(w.transfer), show); err != nil || bad > 0 {
		t.Fatalf("%v: %s", err, out.String())
	}
	var got Answer
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestTransfersWorkedByHand holds the command to testdata/hand_worked.txt.
func TestTransfersWorkedByHand(t *testing.T) {
	loaded := make(map[string]*pricing.Book)
	for _, w := range readWorked(t) {
		if w.see != "" {
			continue
		}
		got := w.price(t, loaded)
		t.Run(got.ID, func(t *testing.T) {
			if diff := cmp.Diff(w.lines, brief(got.Lines)); diff != "" {
				t.Errorf("%s\n%s\n(-by hand +got):\n%s", w.comment, w.transfer, diff)
			}
			unpriced := slices.ContainsFunc(w.lines, func(line string) bool { return strings.HasSuffix(line, " unpriced") })
			if unpriced != (got.UnpricedBytes > 0) {
				t.Errorf("%s: %d bytes are unpriced", w.comment, got.UnpricedBytes)
			}
		})
	}
}

// rowIDs are all rows of the decision tables and all disputed points.
func rowIDs() []string {
	var ids []string
	for _, table := range []struct {
		letter string
		rows   int
	}{{"A", 27}, {"G", 12}, {"Z", 10}, {"D", 12}} {
		for n := range table.rows {
			ids = append(ids, fmt.Sprint(table.letter, n+1))
		}
	}
	return ids
}

var rowID = regexp.MustCompile(`\b[AGZD][0-9]{1,2}\b`)

// TestEveryRowAndSwitchHasACase counts a row as shown where a worked transfer has
// a line made by it, and otherwise (rows that make no line, gaps, switches) where
// a block's comment begins with it.
func TestEveryRowAndSwitchHasACase(t *testing.T) {
	shown := make(map[string]bool)
	for _, w := range readWorked(t) {
		heading, _, _ := strings.Cut(w.comment, ":")
		for _, id := range rowID.FindAllString(heading, -1) {
			shown[id] = true
		}
		if w.see != "" {
			checkReference(t, w.see)
			continue
		}
		for _, line := range w.lines {
			shown[strings.Fields(line)[0]] = true
		}
		if strings.HasPrefix(heading, "D") && w.switches != "" && !strings.HasPrefix(w.switches, strings.Fields(heading)[0]+"=") {
			t.Errorf("%s sets %s", w.comment, w.switches)
		}
	}
	for book, file := range map[string]string{"aws": "testdata/worked_examples_aws.ndjson", "gcp": "testdata/worked_examples_gcp.ndjson"} {
		for _, a := range priceFile(t, book, file) {
			for _, line := range a.Lines {
				shown[line.Rule] = true
			}
		}
	}
	for _, id := range rowIDs() {
		if !shown[id] {
			t.Errorf("row %s has no case", id)
		}
	}
}

// checkReference: "FILE TEST" must exist.
func checkReference(t *testing.T, see string) {
	t.Helper()
	file, test, _ := strings.Cut(see, " ")
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "func "+test+"(") {
		t.Errorf("%s: there is no such test: %v", see, err)
	}
}

// TestASwitchedCaseDiffersFromTheDefault, or the case would show nothing.
func TestASwitchedCaseDiffersFromTheDefault(t *testing.T) {
	loaded := make(map[string]*pricing.Book)
	for _, w := range readWorked(t) {
		if w.switches == "" {
			continue
		}
		usual := w
		usual.switches = ""
		if cmp.Equal(brief(w.price(t, loaded).Lines), brief(usual.price(t, loaded).Lines)) {
			t.Errorf("%s: the default prices it the same", w.comment)
		}
	}
}

func brief(lines []ChargeLine) []string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		code := line.Code
		if code == "" {
			code = "-"
		}
		texts[i] = fmt.Sprintf("%s %s %s %d %d %d", line.Rule, line.Payer, code, line.Bytes, line.RateNano, line.NanoUSD)
		if line.RateNano == 0 && !strings.HasPrefix(line.Note, "free") {
			texts[i] += " unpriced"
		}
	}
	return texts
}
