// Command egressor-graphsvc receives what agents count, folds and prices it
// every minute, and serves the graph, beside a ClickHouse and a Neo4j server.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/config"
	"github.com/egressor/egressor/internal/report"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "egressor-graphsvc:", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	settings := app.DefaultConfig()
	verbose := false
	cmd := &cobra.Command{
		Use:   "egressor-graphsvc",
		Short: "Receives what agents count, folds and prices it every minute, and serves the graph",
		Args:  cobra.NoArgs, SilenceUsage: true, SilenceErrors: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := config.Resolve(cmd.Flags(), "graphsvc"); err != nil {
				return err
			}
			if settings.ClickHouse.Address == "" || settings.Neo4jURI == "" {
				return errors.New("give --clickhouse-address and --neo4j-uri; `egressor serve` is the one with embedded stores")
			}
			level := slog.LevelInfo
			if verbose {
				level = slog.LevelDebug
			}
			service, err := app.New(settings, report.New(os.Stderr, level))
			if err != nil {
				return err
			}
			return service.Run(cmd.Context())
		},
	}
	config.AddFileFlag(cmd.Flags())
	settings.AddFlags(cmd.Flags())
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log details")
	return cmd
}
