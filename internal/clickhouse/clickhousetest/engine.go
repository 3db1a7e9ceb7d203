package clickhousetest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/egressor/egressor/internal/clickhouse/embedded"
)

const (
	// engineVariable makes a copy of the test binary an engine. It names the
	// engine's library.
	engineVariable = "EGRESSOR_TEST_CLICKHOUSE_ENGINE"
	// temporaryVariable makes it use a temporary directory and end with its
	// standard input.
	temporaryVariable = "EGRESSOR_TEST_CLICKHOUSE_TEMPORARY"
)

// The test binary itself is the engine's program, so that a test needs nothing
// to be built beforehand. init runs before any test could.
func init() {
	library := os.Getenv(engineVariable)
	if library == "" {
		return
	}
	if err := serve(library); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(library string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	config := embedded.Config{LibraryPath: library, Log: slog.New(slog.DiscardHandler)}
	if os.Getenv(temporaryVariable) == "" {
		config.DataDir = argument("--data")
		return embedded.Serve(ctx, config)
	}
	dir, err := os.MkdirTemp("", "egressor-clickhouse-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	config.DataDir = dir
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	return embedded.Serve(ctx, config)
}

func argument(name string) string {
	for i, argument := range os.Args[:len(os.Args)-1] {
		if argument == name {
			return os.Args[i+1]
		}
	}
	return ""
}
