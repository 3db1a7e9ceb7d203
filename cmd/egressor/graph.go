package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/snapshot"
	"github.com/egressor/egressor/internal/component"
)

func graphCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var window windowFlags
	var format string
	cmd := &cobra.Command{
		Use:   "graph",
		Short: "Write the graph of a window, as of a version, as ndjson, Cypher, GraphML or CSV",
		Long: `Writes every transfer of the window, summed exactly, and its ends; the same question
gives the same bytes. docs/formats/snapshot.md describes the formats. CSV is safe to
open in a spreadsheet: a name that it would run as a formula gets an apostrophe.

Connects to the stores of a running service, or starts the embedded ones.`,
		Example: `  egressor graph --as-of 4711 > graph.ndjson
  egressor graph --from 2026-11-23T10:00:00Z --to 2026-11-23T11:00:00Z --format graphml > graph.graphml`,
		Args:        noArgs,
		Annotations: map[string]string{defaultLevel: "warn"},
		PreRunE: func(*cobra.Command, []string) error {
			switch snapshot.Format(format) {
			case snapshot.NDJSON, snapshot.Cypher, snapshot.GraphML, snapshot.CSV:
				return nil
			default:
				return usage(fmt.Errorf("--format %q: want ndjson, cypher, graphml or csv", format))
			}
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				graph, err := explorer.Snapshot(cmd.Context(), window.ask())
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%d transfers of %s to %s as of version %d\n", len(graph.Edges), graph.From, graph.To, graph.Version)
				return snapshot.Write(cmd.OutOrStdout(), graph, snapshot.Format(format))
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	window.add(cmd)
	cmd.Flags().StringVar(&format, "format", string(snapshot.NDJSON), "ndjson, cypher, graphml or csv")
	cmd.AddCommand(graphImportCommand())
	return cmd
}

func graphImportCommand() *cobra.Command {
	settings := app.DefaultConfig()
	cmd := &cobra.Command{
		Use:   "import [FILE]",
		Short: "Write a snapshot (ndjson) into an empty Neo4j, for reading",
		Long: `Reads a file of "egressor graph --format ndjson", or standard input, checks it whole, and
writes it as version 1 of an empty graph. A graph that has a version is refused.`,
		Example:     "  egressor graph import --neo4j-uri bolt://127.0.0.1:7688 --neo4j-password-file pw graph.ndjson",
		Args:        func(cmd *cobra.Command, args []string) error { return usage(cobra.MaximumNArgs(1)(cmd, args)) },
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := input(cmd, args)
			if err != nil {
				return err
			}
			defer in.Close()
			graph, err := snapshot.Read(in)
			if err != nil {
				return fmt.Errorf("the snapshot cannot be imported: %w", err)
			}
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			store, parts, err := app.GraphOnly(settings, reporter)
			if err != nil {
				return usage(err)
			}
			return component.Once(cmd.Context(), reporter.Log("import"), func() error {
				if err := app.ImportGraph(cmd.Context(), store, graph); err != nil {
					return err
				}
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%d nodes and %d transfers imported\n", len(graph.Nodes()), len(graph.Edges))
				return err
			}, parts...)
		},
	}
	settings.AddFlags(cmd.Flags())
	return cmd
}
