// Command egressor-costsvc prices transfers over gRPC.
package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/daemon"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/report"
)

func main() { os.Exit(daemon.Main(command())) }

func command() *cobra.Command {
	settings := app.DefaultConfig()
	cmd := daemon.Command("costsvc", "Prices transfers over gRPC",
		func(ctx context.Context, reporter *report.Reporter) error { return serve(ctx, reporter, settings) })
	settings.AddFlags(cmd.Flags())
	return cmd
}

func serve(ctx context.Context, reporter *report.Reporter, settings app.Config) error {
	service, err := app.New(reporter, settings)
	if err != nil {
		return exitcode.BadUsage(err) // nothing is started yet: only settings can be wrong
	}
	return component.Run(ctx, reporter.Log("costsvc"), service.Components()...)
}
