// Command egressor is the operator's one command: it runs the demo and the
// service, and asks, replays, prices and verifies from the command line.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/lab"
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
	if err != nil {
		fmt.Fprintln(os.Stderr, "egressor:", err)
	}
	return exitcode.Of(err)
}

func usage(err error) error { return exitcode.BadUsage(err) }
