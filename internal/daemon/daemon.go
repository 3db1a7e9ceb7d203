// Package daemon is the command line that the daemons of a cluster share:
// settings from flags, environment and file, a log on standard error, an end at
// SIGINT and SIGTERM, and an exit code that tells bad settings from failure.
package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/internal/config"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/report"
)

// Command returns a daemon's command, named egressor-PROGRAM. The caller adds
// the flags of its settings; run finds them filled and serves until its context
// ends. What run finds wrong with the settings it returns as exitcode.BadUsage.
func Command(program, short string, run func(context.Context, *report.Reporter) error) *cobra.Command {
	verbose := false
	cmd := &cobra.Command{
		Use:   "egressor-" + program,
		Short: short,
		Long:  short + ".\n\nExit codes: 0 ok, 1 failed, 2 bad usage.",
		Args: func(cmd *cobra.Command, args []string) error {
			return exitcode.BadUsage(cobra.NoArgs(cmd, args))
		},
		SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := config.Resolve(cmd.Flags(), program); err != nil {
				return exitcode.BadUsage(err)
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			return run(cmd.Context(), report.New(cmd.ErrOrStderr(), level))
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return exitcode.BadUsage(err) })
	config.AddFileFlag(cmd.Flags())
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log details")
	return cmd
}

// Main runs the command with this process's arguments and signals, says on
// standard error why it failed, and returns the code to exit with.
func Main(cmd *cobra.Command) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := cmd.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", cmd.Name(), err)
	}
	return exitcode.Of(err)
}
