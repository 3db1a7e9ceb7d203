package pricecmd

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// priced is what the worked examples state of one line.
type priced struct {
	Bytes, UnitBytes uint64
	RateNano, Nano   int64
}

// TestWorkedExamples holds the command to worked_examples.csv: examples worked
// out by hand. Lines with a rate must be the same in the same order, to the
// nano-USD. Lines of rate 0 that an example lists must exist with their bytes;
// the program writes more of them than the examples do (the free receiving half
// of a pair, for one).
func TestWorkedExamples(t *testing.T) {
	want := readExamples(t, "testdata/worked_examples.csv")
	got := make(map[string][]ChargeLine)
	for book, file := range map[string]string{"aws": "testdata/worked_examples_aws.ndjson", "gcp": "testdata/worked_examples_gcp.ndjson"} {
		for _, a := range priceFile(t, book, file) {
			example, _, _ := strings.Cut(a.ID, "/")
			got[example] = append(got[example], a.Lines...)
		}
	}
	for example, lines := range want {
		t.Run(example, func(t *testing.T) { compareExample(t, example, lines, got[example]) })
	}
	if len(got) != len(want) {
		t.Errorf("%d examples were priced, %d are worked", len(got), len(want))
	}
}

func compareExample(t *testing.T, example string, want []priced, got []ChargeLine) {
	var wantCharged, gotCharged []priced
	var free []uint64
	for _, line := range got {
		if line.RateNano == 0 && !strings.HasPrefix(line.Note, "free") {
			t.Errorf("a line is unpriced: %s", line.Note)
		}
		if example == "E27" && line.Payer != "source" {
			continue // this example looks at the sender's half alone
		}
		if line.RateNano == 0 {
			free = append(free, line.Bytes)
			continue
		}
		gotCharged = append(gotCharged, priced{line.Bytes, line.UnitBytes, line.RateNano, line.NanoUSD})
	}
	for _, line := range want {
		if line.RateNano != 0 {
			wantCharged = append(wantCharged, line)
		} else if !slices.Contains(free, line.Bytes) {
			t.Errorf("no free line of %d bytes among %v", line.Bytes, free)
		}
	}
	if diff := cmp.Diff(wantCharged, gotCharged); diff != "" {
		t.Errorf("charged lines (-worked +got):\n%s", diff)
	}
}

func readExamples(t *testing.T, path string) map[string][]priced {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	examples := make(map[string][]priced)
	for _, row := range rows[1:] {
		line := priced{uint64(number(row[5])), uint64(number(row[6])), number(row[7]), number(row[9])}
		examples[row[0]] = append(examples[row[0]], line)
	}
	return examples
}

// priceFile runs the command on a file whose lines must all be good.
func priceFile(t *testing.T, book, path string) []Answer {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	if err := Run(t.Context(), in, &out, Options{Book: book}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	var answers []Answer
	decoder := json.NewDecoder(&out)
	decoder.DisallowUnknownFields()
	for decoder.More() {
		var a Answer
		if err := decoder.Decode(&a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	return answers
}
