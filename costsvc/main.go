// Command costsvc prices transfers over gRPC.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/costsvc/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/config"
	"github.com/egressor/egressor/internal/report"
)

// Exit codes of every egressor program.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	settings := app.DefaultConfig()
	flags := pflag.NewFlagSet("costsvc", pflag.ContinueOnError)
	settings.AddFlags(flags)
	config.AddFileFlag(flags)
	if err := parse(flags); errors.Is(err, pflag.ErrHelp) {
		return
	} else if err != nil {
		fail(exitUsage, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	reporter := report.New(os.Stderr, slog.LevelInfo)
	service, err := app.New(reporter, settings)
	if err != nil {
		fail(exitUsage, err)
	}
	if err := component.Run(ctx, reporter.Log("costsvc"), service.Components()...); err != nil {
		fail(exitFailed, err)
	}
}

func parse(flags *pflag.FlagSet) error {
	if err := flags.Parse(os.Args[1:]); err != nil {
		return err
	}
	return config.Resolve(flags, "costsvc")
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "costsvc:", err)
	os.Exit(code)
}
