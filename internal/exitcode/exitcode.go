// Package exitcode holds what the exit codes of every egressor program mean, and
// carries them in errors from where the meaning is known to main.
package exitcode

import (
	"errors"
	"fmt"
)

// The codes, as every program's --help documents them.
const (
	OK      = 0
	Failed  = 1
	Usage   = 2 // an unknown flag, a bad value: asking again in the same way is no use
	Over    = 3 // over a threshold that was asked for
	Partial = 4 // the answer is right but not whole
)

type codedError struct {
	error
	code int
}

func (e *codedError) Unwrap() error { return e.error }

// With gives an error a code; nil stays nil.
func With(code int, err error) error {
	if err == nil {
		return nil
	}
	return &codedError{err, code}
}

// BadUsage marks an error as the caller's and points to the help, once; nil stays
// nil.
func BadUsage(err error) error {
	if err == nil || Of(err) == Usage {
		return err
	}
	return With(Usage, fmt.Errorf("%w (see --help)", err))
}

// Of returns the code to exit with: OK for nil, Failed for an error without one.
func Of(err error) int {
	var coded *codedError
	switch {
	case err == nil:
		return OK
	case errors.As(err, &coded):
		return coded.code
	default:
		return Failed
	}
}
