// Command egressor-agent counts the bytes of one node's pods and sends them to
// graphsvc.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/agent/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/config"
	"github.com/egressor/egressor/internal/report"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "egressor-agent:", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	settings := app.DefaultConfig()
	verbose := false
	cmd := &cobra.Command{
		Use:   "egressor-agent",
		Short: "Counts the bytes of this node's pods and sends them to graphsvc",
		Args:  cobra.NoArgs, SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := config.Resolve(cmd.Flags(), "agent"); err != nil {
				return err
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			r := report.New(os.Stderr, level)
			agent, err := app.Open(r, settings)
			if err != nil {
				return err
			}
			return component.Run(cmd.Context(), r.Log("agent"), component.Named{Name: "agent", Component: agent})
		},
	}
	config.AddFileFlag(cmd.Flags())
	settings.AddFlags(cmd.Flags())
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log details")
	return cmd
}
