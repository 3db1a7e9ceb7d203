package scenario

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/egressor/egressor/costsvc/pricebooks"
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
	book, err := pricebooks.Load(sc.Book)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
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

// with is the file with the outcome in its expected sections.
func (sc *Scenario) with(outcome *Outcome) *archive {
	return sc.archive.
		with(sectionGraph, outcome.Graph).
		with(sectionBill, outcome.Bill).
		with(sectionFindings, outcome.Findings)
}

func (o *Outcome) write(w io.Writer) error {
	_, err := fmt.Fprintf(w, "graph\n%s\nbill\n%s\nfindings\n%s", o.Graph, o.Bill, o.Findings)
	return err
}
