package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricecmd"
	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/scenario"
)

func replayCommand() *cobra.Command {
	var update bool
	settings := app.DefaultConfig()
	settings.Listen = ""
	cmd := &cobra.Command{
		Use:   "replay FILE.txtar...",
		Short: "Replay scenarios: flows in; graph, bill and findings out, compared with what the files expect",
		Long: `A scenario is one text file with an inventory, a cloud topology, flows, and the
graph, bill and findings that are expected. docs/formats/scenario.md says how to
write one. The command prints what came out, and fails with a diff where that is
not what the file expects.`,
		Example: `  egressor replay docs/scenarios/01-cross-zone-http.txtar
  egressor replay --listen 127.0.0.1:8080 docs/scenarios/07-rollout-across-zones.txtar`,
		Args: func(cmd *cobra.Command, args []string) error { return usage(cobra.MinimumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if settings.Listen != "" {
				return serveScenario(cmd, settings, args)
			}
			if settings.AccessFile != "" {
				return usage(errors.New("--access says who may open what --listen serves: give both, or none"))
			}
			var failed error
			for _, path := range args {
				failed = errors.Join(failed, scenario.Replay(cmd.OutOrStdout(), path, update))
			}
			return failed
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "write what came out into the files as what is expected")
	cmd.Flags().StringVar(&settings.AccessFile, "access", "", "with --listen, YAML file of tokens and the OpenID provider; empty means no sign-in, on loopback only")
	cmd.Flags().StringVar(&settings.Listen, "listen", "", "serve the API and the user interface over the one file at this address instead, with no store")
	return cmd
}

func serveScenario(cmd *cobra.Command, settings app.Config, args []string) error {
	if len(args) != 1 {
		return usage(errors.New("--listen takes exactly one scenario"))
	}
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	// Sessions end with the process, as everything that was said meanwhile.
	keys, err := os.MkdirTemp("", "egressor-replay-")
	if err != nil {
		return fmt.Errorf("making a directory for the key of the sessions: %w", err)
	}
	defer os.RemoveAll(keys)
	settings.SessionKeyFile = filepath.Join(keys, "session-key")
	return app.ServeScenario(cmd.Context(), settings, args[0], reporter)
}

func priceCommand() *cobra.Command {
	var options pricecmd.Options
	cmd := &cobra.Command{
		Use:   "price [FILE.ndjson]",
		Short: "Price transfers: one JSON object a line in, charge lines out",
		Long: `Reads transfers as JSON objects, one a line, from the file or from standard input,
and prints the charge lines that each causes, with rule, rate, tier, price row and
exact amount: one JSON object a line in, one a line out, in order. A line that is
no transfer is answered by its error, does not stop the rest, and makes the exit
code 1. docs/formats/pricebook.md says what a transfer looks like.`,
		Example: "  egressor price --book aws transfers.ndjson",
		Args:    func(cmd *cobra.Command, args []string) error { return usage(cobra.MaximumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := pricebooks.Load(cmp.Or(options.Book, pricebooks.Default)); err != nil {
				return usage(err)
			}
			in, err := input(cmd, args)
			if err != nil {
				return err
			}
			defer in.Close()
			return pricecmd.Run(cmd.Context(), in, cmd.OutOrStdout(), options)
		},
	}
	cmd.Flags().StringVar(&options.Book, "book", "", "price book by name or file; default aws")
	outputFlagOf(cmd, &options.Format, "json")
	return cmd
}

// input is the file that args name, or standard input.
func input(cmd *cobra.Command, args []string) (io.ReadCloser, error) {
	if len(args) == 0 || args[0] == "-" {
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	file, err := os.Open(args[0])
	if err != nil {
		return nil, usage(fmt.Errorf("the file cannot be read: %w", err))
	}
	return file, nil
}
