package exitcode_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/egressor/egressor/internal/exitcode"
)

func TestOf(t *testing.T) {
	partial := exitcode.With(exitcode.Partial, io.EOF)
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, exitcode.OK},
		{io.EOF, exitcode.Failed},
		{exitcode.BadUsage(io.EOF), exitcode.Usage},
		{partial, exitcode.Partial},
		{fmt.Errorf("pricing: %w", partial), exitcode.Partial},
		{errors.Join(io.EOF, partial), exitcode.Partial},
		{exitcode.With(exitcode.Over, nil), exitcode.OK},
		{exitcode.BadUsage(nil), exitcode.OK},
	} {
		if got := exitcode.Of(c.err); got != c.want {
			t.Errorf("%v exits with %d, want %d", c.err, got, c.want)
		}
	}
}

func TestCodesHideNothing(t *testing.T) {
	err := exitcode.BadUsage(io.EOF)
	if !errors.Is(err, io.EOF) || err.Error() != "EOF (see --help)" {
		t.Errorf("%v", err)
	}
	if again := exitcode.BadUsage(fmt.Errorf("reading: %w", err)); again.Error() != "reading: EOF (see --help)" {
		t.Errorf("the help is pointed to twice: %v", again)
	}
}
