package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
)

// statementFlags are what statement was asked for.
type statementFlags struct {
	from, to    timeFlag
	monthToDate bool
	asOf        uint64
	by, where   []string
	view        string
	filter      string
	limit       int
	format      string
}

func statementCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var f statementFlags
	cmd := &cobra.Command{
		Use:   "statement",
		Short: "What it costs, as lines of a bill: by workload, team, charge code and so on",
		Long: `Adds up the charges of a window (default: the newest hour), as the cloud bills them
(--view payer) or by who opened the connections (--view causer). Every grouping and
both views add up to the same total. Shown amounts add up to the shown total; json
and csv have the exact ones.

What costs by the hour (NAT gateways, interface endpoints and so on) is shared among
its users by their bytes, in a column of its own: it ends when the thing is deleted,
not when bytes move away. With --by the lines can be ` + statementDimensionNames() + `.`,
		Example: `  egressor statement --month-to-date --by team
  egressor statement --by workload,charge-code --view causer -o csv
  egressor statement --from 2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z --by hour --where namespace=shop`,
		Args:        noArgs,
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE:        func(cmd *cobra.Command, _ []string) error { return runStatement(cmd, settings, f) },
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().Var(&f.from, "from", "first minute; default an hour before --to")
	cmd.Flags().Var(&f.to, "to", "end of the window; default the end of the newest folded minute")
	cmd.Flags().BoolVar(&f.monthToDate, "month-to-date", false, "from the start of the calendar month (UTC) that --to is in")
	cmd.Flags().Uint64Var(&f.asOf, "as-of", 0, "as known in this version; default the newest")
	cmd.Flags().StringSliceVar(&f.by, "by", []string{string(statement.Workload)}, "group by these")
	cmd.Flags().StringSliceVar(&f.where, "where", nil, "keep the charges with this value, as DIMENSION=VALUE")
	addFilterFlag(cmd, &f.filter)
	cmd.Flags().StringVar(&f.view, "view", string(statement.ByPayer), "payer or causer")
	cmd.Flags().IntVar(&f.limit, "limit", 100, "list at most this many lines; the others are summed")
	outputFlag(cmd, &f.format)
	return cmd
}

func statementDimensionNames() string {
	names := make([]string, len(statement.Dimensions))
	for i, d := range statement.Dimensions {
		names[i] = string(d)
	}
	return strings.Join(names, ", ")
}

func runStatement(cmd *cobra.Command, settings app.Config, f statementFlags) error {
	ask, err := f.ask()
	if err != nil {
		return usage(err)
	}
	return withStores(cmd, settings, func(stores *app.Stores) error {
		prices, err := stores.Prices(settings)
		if err != nil {
			return usage(err)
		}
		explorer := stores.PricedExplorer(prices)
		if f.monthToDate {
			window, err := explorer.Window(cmd.Context(), ask.Ask)
			if err != nil {
				return inWords(err)
			}
			last := (window.To - 1).Start()
			ask.From, ask.To = time.Date(last.Year(), last.Month(), 1, 0, 0, 0, 0, time.UTC), window.To.Start()
		}
		found, err := explorer.Statement(cmd.Context(), ask)
		if err != nil {
			return inWords(err)
		}
		return printStatement(cmd, f.format, ask, found)
	})
}

func (f *statementFlags) ask() (ask query.StatementAsk, err error) {
	ask.Ask = query.Ask{From: f.from.Time, To: f.to.Time, AsOfVersion: f.asOf, Filter: f.filter}
	ask.Limit = f.limit
	if f.monthToDate && !f.from.IsZero() {
		return ask, fmt.Errorf("give either --from or --month-to-date")
	}
	if ask.View, err = statement.ParseView(f.view); err != nil {
		return ask, fmt.Errorf("--view: %w", err)
	}
	for _, name := range f.by {
		dimension, err := statement.ParseDimension(name)
		if err != nil {
			return ask, fmt.Errorf("--by: %w", err)
		}
		ask.By = append(ask.By, dimension)
	}
	for _, text := range f.where {
		name, value, ok := strings.Cut(text, "=")
		dimension, err := statement.ParseDimension(name)
		if err != nil || !ok {
			return ask, fmt.Errorf("--where %q: want DIMENSION=VALUE with one of %s", text, statementDimensionNames())
		}
		ask.Where = append(ask.Where, statement.Filter{By: dimension, Value: value})
	}
	return ask, nil
}
