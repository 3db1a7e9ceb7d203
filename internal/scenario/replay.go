package scenario

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/diff"
)

// ErrDiffers says that a scenario led to something else than its file expects.
var ErrDiffers = errors.New("the outcome differs from what the file expects")

// Replay runs the scenario file at path with the price book it names and writes its graph, bill and findings
// to w. Where they differ from the file's, it writes a unified diff of the file
// instead (- expected, + got) and returns an error that wraps ErrDiffers, unless
// update is set: then it rewrites the file's expected sections.
func Replay(w io.Writer, path string, update bool) error {
	sc, err := Load(path)
	if err != nil {
		return err
	}
	book, err := sc.LoadBook()
	if err != nil {
		return err
	}
	outcome, err := sc.Run(book)
	if err != nil {
		return err
	}
	want, got := sc.archive.format(), sc.with(outcome).format()
	switch difference := diff.Diff(path+" (expected)", want, path+" (got)", got); {
	case len(difference) == 0:
		return outcome.write(w)
	case update:
		if err := os.WriteFile(path, got, 0o644); err != nil {
			return fmt.Errorf("scenario: %w", err)
		}
		return outcome.write(w)
	default:
		if _, err := w.Write(difference); err != nil {
			return err
		}
		return fmt.Errorf("%s: %w (accept it with --update if it is right)", path, ErrDiffers)
	}
}

// with is the file with the outcome in its expected sections. A story of hours
// that is told for its insights may leave the others out.
func (sc *Scenario) with(outcome *Outcome) *archive {
	a := sc.archive
	for _, part := range []struct{ name, text string }{{sectionGraph, outcome.Graph}, {sectionBill, outcome.Bill}, {sectionFindings, outcome.Findings}} {
		if a.has(part.name) || !a.has(sectionInsights) {
			a = a.with(part.name, part.text)
		}
	}
	if a.has(sectionInsights) {
		a = a.with(sectionInsights, outcome.Insights)
	}
	return a
}

func (o *Outcome) write(w io.Writer) error {
	if o.Insights != "" {
		_, err := fmt.Fprintf(w, "insights\n%s", o.Insights)
		return err
	}
	_, err := fmt.Fprintf(w, "graph\n%s\nbill\n%s\nfindings\n%s", o.Graph, o.Bill, o.Findings)
	return err
}
