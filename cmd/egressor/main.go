// Command egressor is the operator's one command: it runs the demo and the
// service, and asks, replays, prices and verifies from the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/egressor/egressor/internal/lab"
)

// Exit codes, as documented in `egressor --help`.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitOver    = 3 // over a threshold that was asked for
	exitPartial = 4 // the answer is right but not whole
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == lab.Subcommand {
		os.Exit(lab.Main(os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string) int {
	root := newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	fmt.Fprintln(os.Stderr, "egressor:", err)
	var coded *codedError
	if errors.As(err, &coded) {
		return coded.code
	}
	return exitFailed
}

// codedError is an error with an exit code of its own.
type codedError struct {
	code int
	err  error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &codedError{exitUsage, fmt.Errorf("%w (see --help)", err)}
}
