package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/internal/config"
	"github.com/egressor/egressor/internal/report"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "egressor",
		Short: "Detects, explains and reduces unnecessary or expensive data transfer in Kubernetes and cloud systems",
		Long: `Egressor counts who moved how many bytes to whom, prices every transfer and keeps
the whole as a versioned graph.

Settings come from flags, then from EGRESSOR_* variables, then from the YAML file
that --config names. Data goes to standard output, progress and errors to standard
error.

Exit codes: 0 ok, 1 failed, 2 bad usage, 3 over a threshold that was asked for,
4 partial data.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return usage(config.Resolve(cmd.Flags(), cmd.Name()))
		},
	}
	config.AddFileFlag(root.PersistentFlags())
	root.PersistentFlags().String("log-level", "info", "debug, info, warn or error")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		demoCommand(),
		serveCommand(),
		migrateCommand(),
		doctorCommand(),
		versionCommand(),
		replayCommand(),
		priceCommand(),
		verifyCommand(),
		versionsCommand(), pinCommand(),
		labCommand(),
		agentCommand(),
		clickHouseCommand(),
		reconcileCommand(),
		exportCommand(),
		rangesCommand(),
		importCommand(),
		pricebookCommand(), statementCommand(), repriceCommand(),
		tokenCommand(),
		diffCommand(),
		explainCommand(),
		graphCommand(),
		cypherCommand(),
		recommendCommand(),
		investigateCommand(),
		reportCommand(),
		incidentsCommand(), viewsCommand(), investigationsCommand(), endpointsCommand(), overlaysCommand(),
		pathsCommand(),
		dependentsCommand(),
		queryCommand(), flowsCommand(),
		mcpCommand(),
	)
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// defaultLevel is the annotation of a command whose log level is not info
// unless told otherwise: it prints progress of its own.
const defaultLevel = "default-log-level"

// reporterOf returns a reporter that logs to standard error at --log-level.
func reporterOf(cmd *cobra.Command) (*report.Reporter, error) {
	text, err := cmd.Flags().GetString("log-level")
	if err != nil {
		return nil, err
	}
	if quieter, ok := cmd.Annotations[defaultLevel]; ok && !cmd.Flags().Changed("log-level") {
		text = quieter
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(text)); err != nil {
		return nil, usage(fmt.Errorf("--log-level %q: want debug, info, warn or error", text))
	}
	return report.New(os.Stderr, level), nil
}

func noArgs(cmd *cobra.Command, args []string) error { return usage(cobra.NoArgs(cmd, args)) }

func oneArg(cmd *cobra.Command, args []string) error { return usage(cobra.ExactArgs(1)(cmd, args)) }

// knownCommand is for the root, which gets what names no command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("unknown command %q", args[0])
	cmd.SuggestionsMinimumDistance = 2 // letters; cobra's own choice
	if like := cmd.SuggestionsFor(args[0]); len(like) > 0 {
		err = fmt.Errorf("%w, did you mean %s?", err, strings.Join(like, " or "))
	}
	return usage(err)
}
