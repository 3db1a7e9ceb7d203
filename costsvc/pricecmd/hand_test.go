package pricecmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTransfersWorkedByHand holds the command to testdata/hand_worked.txt, which
// explains its own form.
func TestTransfersWorkedByHand(t *testing.T) {
	text, err := os.ReadFile("testdata/hand_worked.txt")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		var transfer string
		var want []string
		for line := range strings.SplitSeq(block, "\n") {
			switch {
			case strings.HasPrefix(line, "{"):
				transfer = line
			case strings.HasPrefix(line, "> "):
				want = append(want, line[2:])
			}
		}
		if transfer == "" {
			continue // the explanation at the top
		}
		var out bytes.Buffer
		if err := Run(t.Context(), strings.NewReader(transfer), &out, Options{}); err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
		var got Answer
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		t.Run(got.ID, func(t *testing.T) {
			if diff := cmp.Diff(want, brief(got.Lines)); diff != "" {
				t.Errorf("%s\n(-by hand +got):\n%s", block, diff)
			}
		})
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
		if line.Unpriced != "" {
			texts[i] += " unpriced"
		}
	}
	return texts
}
