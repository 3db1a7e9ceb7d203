package pricecmd

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/egressor/egressor/costsvc/pricebooks"
)

// FuzzRun: any input is answered, a line for each line that is not blank, each of
// them JSON with either lines or an error; and what was read is read by Read too,
// or refused there with the line's number.
func FuzzRun(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(good + "\n\n{\"bytes\":-1}\nnot JSON"))
	worked, err := os.ReadFile("testdata/worked_examples_aws.ndjson")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.SplitSeq(string(worked), "\n") {
		f.Add([]byte(line))
	}
	book, err := pricebooks.Load("aws")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		want := 0
		for line := range bytes.SplitSeq(in, []byte("\n")) {
			if len(bytes.TrimSpace(line)) > 0 {
				want++
			}
		}
		var out bytes.Buffer
		show, err := newPrinter(&out, "json")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := priceAll(t.Context(), book, bytes.NewReader(in), show); err != nil {
			t.Fatal(err)
		}
		got := 0
		for line := range strings.Lines(out.String()) {
			got++
			var answer struct {
				Lines []ChargeLine `json:"lines"`
				Error string       `json:"error"`
			}
			if err := json.Unmarshal([]byte(line), &answer); err != nil || (answer.Lines == nil) == (answer.Error == "") {
				t.Fatalf("answer %s: %v", line, err)
			}
		}
		if got != want {
			t.Fatalf("%d lines in, %d answers", want, got)
		}
		if _, err := Read(t.Context(), bytes.NewReader(in), book); err != nil && !strings.Contains(err.Error(), "line ") {
			t.Fatalf("error %v names no line", err)
		}
	})
}
