// Command egressor-graphsvc receives what agents count, folds and prices it
// every minute, and serves the graph, beside a ClickHouse and a Neo4j server.
package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/daemon"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/report"
)

func main() { os.Exit(daemon.Main(command())) }

func command() *cobra.Command {
	settings := app.DefaultConfig()
	cmd := daemon.Command("graphsvc", "Receives what agents count, folds and prices it every minute, and serves the graph",
		func(ctx context.Context, reporter *report.Reporter) error { return serve(ctx, reporter, settings) })
	settings.AddFlags(cmd.Flags())
	return cmd
}

func serve(ctx context.Context, reporter *report.Reporter, settings app.Config) error {
	if settings.ClickHouse.Address == "" || settings.Neo4jURI == "" {
		return exitcode.BadUsage(errors.New("give --clickhouse-address and --neo4j-uri; `egressor serve` is the one with embedded stores"))
	}
	service, err := app.New(settings, reporter)
	if err != nil {
		return exitcode.BadUsage(err) // nothing is started yet: only settings can be wrong
	}
	return service.Run(ctx)
}
