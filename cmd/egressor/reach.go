package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/reach"
	"github.com/egressor/egressor/internal/exitcode"
)

// windowFlags are --from, --to, --as-of and --filter.
type windowFlags struct {
	from, to timeFlag
	asOf     uint64
	filter   string
}

func (w *windowFlags) add(cmd *cobra.Command) {
	cmd.Flags().Var(&w.from, "from", "first minute; default an hour before --to")
	cmd.Flags().Var(&w.to, "to", "end of the window; default the end of the newest folded minute")
	cmd.Flags().Uint64Var(&w.asOf, "as-of", 0, "as known in this version; default the newest")
	addFilterFlag(cmd, &w.filter)
}

// addFilterFlag defines --filter: see docs/filter.md.
func addFilterFlag(cmd *cobra.Command, into *string) {
	cmd.Flags().StringVar(into, "filter", "", "keep the transfers that this means, for example 'namespace=shop path=nat bytes>1GB' (docs/filter.md)")
}

func (w *windowFlags) ask() query.Ask {
	return query.Ask{From: w.from.Time, To: w.to.Time, AsOfVersion: w.asOf, Filter: w.filter}
}

func pathsCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var window windowFlags
	var calls bool
	var format string
	ask := query.PathsAsk{}
	cmd := &cobra.Command{
		Use:   "paths FROM TO",
		Short: "The ways from one node to another: hops, bytes, zone crossings and cost",
		Long: `Ways are listed shortest first, then those with the most bytes: the bytes of the hop
that carries the fewest. Exit code 4 when there are more ways than were listed.`,
		Example:     "  egressor paths w/lab/shop/Deployment/web e/s3/us-east-1/s3",
		Args:        func(cmd *cobra.Command, args []string) error { return usage(cobra.ExactArgs(2)(cmd, args)) },
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			ask.Ask, ask.From, ask.To, ask.Sense = window.ask(), args[0], args[1], reach.Data
			if calls {
				ask.Sense = reach.Calls
			}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				found, err := explorer.Paths(cmd.Context(), ask)
				if err != nil {
					return err
				}
				return printPaths(cmd, format, found)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	window.add(cmd)
	cmd.Flags().IntVar(&ask.Hops, "hops", 4, "ways of at most this many hops, 1 to 6")
	cmd.Flags().IntVar(&ask.Limit, "limit", 20, "at most this many ways, 1 to 100")
	cmd.Flags().BoolVar(&calls, "calls", false, "follow who opened the connections, not the bytes")
	outputFlag(cmd, &format)
	return cmd
}

func printPaths(cmd *cobra.Command, format string, found query.OfWindow[reach.Paths]) error {
	rows := make([]row, len(found.Answer.Found))
	for i, path := range found.Answer.Found {
		nodes := []string{path.Hops[0].From.ID()}
		for _, hop := range path.Hops {
			nodes = append(nodes, hop.To.ID())
		}
		rows[i] = row{
			cells: []string{
				strconv.Itoa(len(path.Hops)), strings.Join(nodes, " > "), strconv.FormatUint(path.Bytes, 10),
				strconv.Itoa(path.ZoneCrossings), path.Cost.Decimal(),
			},
			object: map[string]any{
				"nodes": nodes, "wireBytes": path.Bytes, "zoneCrossings": path.ZoneCrossings,
				"cost": path.Cost.Decimal(), "currency": found.Currency, "version": found.Version.Number,
			},
		}
	}
	if err := printRows(cmd.OutOrStdout(), format, []string{"hops", "way", "bytes", "zone crossings", "cost"}, rows); err != nil {
		return err
	}
	if !found.Answer.Whole {
		return exitcode.With(exitcode.Partial, fmt.Errorf("there are more ways than these %d: ask for fewer --hops or a higher --limit", len(rows)))
	}
	return nil
}

func dependentsCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var window windowFlags
	var format string
	ask := query.RingsAsk{}
	cmd := &cobra.Command{
		Use:   "dependents [NODE | --via GATEWAY]",
		Short: "Who is hit when a node or a gateway is gone or slow: its callers, their callers, and so on",
		Long: `Lists those that open connections to the node, or through the gateway, nearest first,
then costliest. Where nobody knows who opened the connections both ends are listed, and
their dependence is unknown. Exit code 4 when --limit left some out.`,
		Example: `  egressor dependents e/s3/us-east-1/s3
  egressor dependents --via nat-0a1b2c`,
		Args:        func(cmd *cobra.Command, args []string) error { return usage(cobra.MaximumNArgs(1)(cmd, args)) },
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			ask.Ask = window.ask()
			if len(args) == 1 {
				ask.Node = args[0]
			}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				found, err := explorer.BlastRadius(cmd.Context(), ask)
				if err != nil {
					return err
				}
				return printRings(cmd, format, found)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	window.add(cmd)
	cmd.Flags().StringVar(&ask.Via, "via", "", "a gateway or endpoint by name, in the place of a node")
	cmd.Flags().IntVar(&ask.Hops, "hops", 3, "at most this many calls away, 1 to 6")
	cmd.Flags().IntVar(&ask.Limit, "limit", 200, "at most this many nodes, 1 to 2000")
	outputFlag(cmd, &format)
	return cmd
}

func printRings(cmd *cobra.Command, format string, found query.OfWindow[reach.Rings]) error {
	rows := make([]row, len(found.Answer.Reached))
	for i := range found.Answer.Reached {
		r := &found.Answer.Reached[i]
		through := ""
		if r.Hops > 0 {
			through = r.Through.ID()
		}
		rows[i] = row{
			cells: []string{strconv.Itoa(r.Hops), r.ID, through, string(r.Dependence), strconv.FormatUint(r.Bytes, 10), r.Cost.Decimal()},
			object: map[string]any{
				"hops": r.Hops, "node": r.ID, "through": through, "dependence": string(r.Dependence), "wireBytes": r.Bytes, "cost": r.Cost.Decimal(),
				"currency": found.Currency, "version": found.Version.Number,
			},
		}
	}
	if err := printRows(cmd.OutOrStdout(), format, []string{"hops", "node", "through", "dependence", "bytes", "cost"}, rows); err != nil {
		return err
	}
	if left := found.Answer.Left; left > 0 {
		return exitcode.With(exitcode.Partial, fmt.Errorf("%d more nodes were left out by --limit", left))
	}
	return nil
}
