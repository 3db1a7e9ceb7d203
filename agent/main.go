// Command egressor-agent counts the bytes of one node's pods and sends them to
// graphsvc.
package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/agent/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/daemon"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/report"
)

func main() { os.Exit(daemon.Main(command())) }

func command() *cobra.Command {
	settings := app.DefaultConfig()
	cmd := daemon.Command("agent", "Counts the bytes of this node's pods and sends them to graphsvc",
		func(ctx context.Context, reporter *report.Reporter) error { return count(ctx, reporter, settings) })
	settings.AddFlags(cmd.Flags())
	return cmd
}

func count(ctx context.Context, reporter *report.Reporter, settings app.Config) error {
	if err := settings.Validate(); err != nil {
		return exitcode.BadUsage(err)
	}
	agent, err := app.Open(reporter, settings)
	if err != nil {
		return err
	}
	return component.Run(ctx, reporter.Log("agent"), component.Named{Name: "agent", Component: agent})
}
