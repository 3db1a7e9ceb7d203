package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/money"
)

// diffFlags are what diff was asked for.
type diffFlags struct {
	from, to timeFlag
	against  time.Duration
	by       string
	byBytes  bool
	limit    int
	over     string
	filter   string
	format   string
}

func diffCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff [VERSION VERSION]",
		Short: "What changed between two versions or two times: bytes and cost, new, gone and changed",
		Long: `With two versions: the minutes that the first one folded against those of the second.
With --from and --to too: that one window, as known in either version.

With --against alone: the window (default: the newest hour) against the same window
that much earlier.

Rows are ranked by the size of the change; whatever they are grouped by, they add up
to the same totals, which are printed to standard error.`,
		Example: `  egressor diff 4711 4712
  egressor diff --against 24h --by pair
  egressor diff --from 2026-11-23T10:00:00Z --to 2026-11-23T11:00:00Z --against 168h --by zone-pair
  egressor diff --against 1h --over 0.50`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 0 && len(args) != 2 {
				return usage(fmt.Errorf("%d versions: want two, or none and --against", len(args)))
			}
			return nil
		},
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE:        func(cmd *cobra.Command, args []string) error { return runDiff(cmd, settings, f, args) },
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().Var(&f.from, "from", "first minute; default an hour before --to")
	cmd.Flags().Var(&f.to, "to", "end of the window; default the end of the newest folded minute")
	cmd.Flags().DurationVar(&f.against, "against", 0, "compare with the same window this much earlier, for example 24h")
	cmd.Flags().StringVar(&f.by, "by", "transfer", "group by "+dimensionNames())
	cmd.Flags().BoolVar(&f.byBytes, "by-bytes", false, "rank by bytes, not by cost")
	cmd.Flags().IntVar(&f.limit, "limit", 50, "list at most this many rows; the others are summed")
	cmd.Flags().StringVar(&f.over, "over", "", "exit with 3 when the cost rose by more than this amount, for example 0.50")
	addFilterFlag(cmd, &f.filter)
	outputFlag(cmd, &f.format)
	return cmd
}

func dimensionNames() string {
	names := make([]string, len(diff.Dimensions))
	for i, d := range diff.Dimensions {
		names[i] = string(d)
	}
	return strings.Join(names, ", ")
}

func runDiff(cmd *cobra.Command, settings app.Config, f diffFlags, args []string) error {
	ask, versions, err := f.ask(args)
	if err != nil {
		return usage(err)
	}
	threshold := money.Amount{}
	if f.over != "" {
		if threshold, err = money.ParseDecimal(f.over); err != nil {
			return usage(fmt.Errorf("--over: %w", err))
		}
	}
	return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
		if err := f.window(cmd.Context(), explorer, &ask, versions); err != nil {
			return err
		}
		found, err := explorer.Diff(cmd.Context(), ask)
		if err != nil {
			return err
		}
		if err := printDiff(cmd, f.format, found); err != nil {
			return err
		}
		if f.over != "" && found.Table.Total.Cost.Cmp(threshold) > 0 {
			return exitcode.With(exitcode.Over, fmt.Errorf("the cost rose by %s %s, more than %s", found.Table.Total.Cost.Decimal(), found.Currency, f.over))
		}
		return nil
	})
}

// ask reads the flags and the two versions, if there are any.
func (f *diffFlags) ask(args []string) (ask query.DiffAsk, versions []uint64, err error) {
	ask.Limit = f.limit
	if f.byBytes {
		ask.Order = diff.ByBytes
	}
	if ask.By, err = diff.ParseDimension(f.by); err != nil {
		return ask, nil, fmt.Errorf("--by: %w", err)
	}
	if (len(args) == 0) == (f.against <= 0) {
		return ask, nil, errors.New("give either two versions or --against")
	}
	for _, arg := range args {
		number, err := strconv.ParseUint(strings.TrimPrefix(arg, "v"), 10, 63)
		if err != nil || number == 0 {
			return ask, nil, fmt.Errorf("%q is not a version: want a whole number from 1", arg)
		}
		versions = append(versions, number)
	}
	ask.After = query.Ask{From: f.from.Time, To: f.to.Time, Filter: f.filter}
	ask.Before = ask.After
	return ask, versions, nil
}

// window fixes what the flags leave open: the versions' own minutes, or the
// window that --against is counted back from.
func (f *diffFlags) window(ctx context.Context, explorer *query.Explorer, ask *query.DiffAsk, versions []uint64) error {
	if len(versions) == 0 {
		window, err := explorer.Window(ctx, ask.After)
		if err != nil {
			return err
		}
		ask.After.From, ask.After.To = window.From.Start(), window.To.Start()
		ask.Before = query.Ask{From: ask.After.From.Add(-f.against), To: ask.After.To.Add(-f.against), Filter: f.filter}
		return nil
	}
	for i, side := range []*query.Ask{&ask.Before, &ask.After} {
		side.AsOfVersion = versions[i]
		if !f.from.IsZero() || !f.to.IsZero() {
			continue
		}
		meta, err := explorer.Meta(ctx, query.Ask{AsOfVersion: versions[i]})
		if err != nil {
			return err
		}
		side.From, side.To = meta.Version.From.Start(), meta.Version.To.Start()
	}
	return nil
}
