package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/version"
	"github.com/egressor/egressor/migrations"
)

func serveCommand() *cobra.Command {
	settings := app.DefaultConfig()
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the service: ingest, fold, API and user interface, with embedded stores unless told otherwise",
		Example: `  egressor serve --data /var/lib/egressor --inventory inventory.yaml --endpoints endpoints.yaml
  egressor serve --clickhouse-address ch.example:9440 --clickhouse-tls --neo4j-uri neo4j+s://graph.example:7687`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			service, err := app.New(settings, reporter)
			if err != nil {
				return usage(err)
			}
			return service.Run(cmd.Context())
		},
	}
	settings.AddFlags(cmd.Flags())
	return cmd
}

func migrateCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var cluster string
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schemas of both stores up to date, and say what was done",
		Long: `Brings the schemas of both stores up to date.

With --print-cluster nothing is touched: the ClickHouse schema is printed as the nodes
of a cluster of that name run it, ON CLUSTER and with tables that replicate, for
clickhouse-client --multiquery. A service then finds its schema up to date.`,
		Example: "  egressor migrate --print-cluster main | clickhouse-client --multiquery",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cluster != "" {
				return printClusterSchema(cmd.OutOrStdout(), settings.ClickHouse.Database, cluster)
			}
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			stores, err := app.NewStores(settings, reporter)
			if err != nil {
				return usage(err)
			}
			return component.Once(cmd.Context(), reporter.Log("migrate"), func() error {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), "both stores are up to date")
				return err
			}, stores.Parts...)
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&cluster, "print-cluster", "", "print ClickHouse's schema for the cluster of this name instead")
	return cmd
}

func printClusterSchema(out io.Writer, database, cluster string) error {
	text, err := migrations.ClusterSchema(database, cluster)
	if err != nil {
		return usage(err)
	}
	_, err = io.WriteString(out, text)
	return err
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of this build",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), version.Version)
			return err
		},
	}
}

// clickHouseCommand is what the service starts as a child.
func clickHouseCommand() *cobra.Command {
	var settings embedded.Config
	cmd := &cobra.Command{
		Use:    "clickhouse-embedded",
		Short:  "Run the embedded ClickHouse engine behind its HTTP interface",
		Hidden: true,
		Args:   noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			settings.Log = reporter.Log("clickhouse-embedded")
			return embedded.Serve(cmd.Context(), settings)
		},
	}
	cmd.Flags().StringVar(&settings.DataDir, "data", "data/clickhouse", "directory of the engine's data")
	cmd.Flags().StringVar(&settings.Listen, "listen", "127.0.0.1:8123", "address of the HTTP interface")
	cmd.Flags().StringVar(&settings.LibraryPath, "library", "", "libchdb.so; empty looks where make deps puts it")
	return cmd
}
