package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/model"
)

func explainCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "explain", Short: "Why a figure is what it is, down to raw rows"}
	cmd.AddCommand(explainFlowCommand())
	return cmd
}

func explainFlowCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var from, to timeFlag
	var asOf uint64
	var minutes int
	var format string
	cmd := &cobra.Command{
		Use:   "flow TRANSFER",
		Short: "Which reports, facts and rules led to a transfer, minute by minute",
		Long: `For the newest minutes of the window in which the transfer carried anything: both ends'
reports of each pair of addresses, which was taken and by which rule, how each end was
named, which route decided the way, and the facts that all of it rests on, each with
who said it, when it held and since when it was known. It is computed anew, by the
code that attributed the minute, from the batches and the facts that its version knew.`,
		Example: `  egressor explain flow t52ef23886edfc08d
  egressor explain flow t52ef23886edfc08d --minutes 5 --as-of 4711 -o json`,
		Args:        oneArg,
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseUint(strings.TrimPrefix(args[0], "t"), 16, 64)
			if err != nil || model.EdgeID(id).String() != args[0] {
				return usage(fmt.Errorf("%q is no transfer: want t and 16 hexadecimal digits, as graph and the explorer show them", args[0]))
			}
			ask := query.Ask{From: from.Time, To: to.Time, AsOfVersion: asOf}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				explained, err := explorer.Explain(cmd.Context(), model.EdgeID(id), ask, minutes)
				if err != nil {
					return err
				}
				if explained == nil {
					return fmt.Errorf("transfer %s carried nothing in the window: give --from and --to, or --as-of of a version that has it", args[0])
				}
				return printExplanation(cmd.OutOrStdout(), format, explained)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().Var(&from, "from", "first minute; default an hour before --to")
	cmd.Flags().Var(&to, "to", "end of the window; default the end of the newest folded minute")
	cmd.Flags().Uint64Var(&asOf, "as-of", 0, "as known in this version; default the newest")
	cmd.Flags().IntVar(&minutes, "minutes", 1, "explain at most this many minutes, the newest first")
	outputFlag(cmd, &format)
	return cmd
}
