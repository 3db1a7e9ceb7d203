package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
)

func repriceCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var from, to timeFlag
	cmd := &cobra.Command{
		Use:   "reprice",
		Short: "Price minutes again by the price book, overlay and mode in force, as new versions",
		Long: `Makes a version of kind reprice of every minute asked for (default: the calendar
month, UTC, to date) that is priced by another book, overlay or mode than the settings
say. Bytes stay as they are, and what was true as of an older version stays true.

The running service does it, with its own settings, which must be the ones given here;
where none runs, it is done here. A service does it by itself for the current month when
its settings change, unless it is told to --keep-prices.`,
		Example: "  egressor reprice --from 2026-10-01T00:00:00Z --to 2026-11-01T00:00:00Z --price-overlay acme.yaml --pricing-mode marginal",
		Args:    noArgs,

		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			now := time.Now()
			first, last := pricing.MonthOf(model.MinuteOf(now))
			if !from.IsZero() {
				first = model.MinuteOf(from.Time)
			}
			if !to.IsZero() {
				last = model.MinuteOf(to.Time)
			}
			if first >= last {
				return usage(fmt.Errorf("--from %s does not lie before --to %s", first, last))
			}
			return runReprice(cmd, settings, first, last)
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().Var(&from, "from", "first minute; default the start of the calendar month, UTC")
	cmd.Flags().Var(&to, "to", "end of the minutes; default the end of that month")
	return cmd
}

func runReprice(cmd *cobra.Command, settings app.Config, first, last model.Minute) error {
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	stores, err := storesOf(settings, reporter)
	if err != nil {
		return err
	}
	prices, err := stores.Prices(settings)
	if err != nil {
		return usage(err)
	}
	return component.Once(cmd.Context(), reporter.Log("reprice"), func() error {
		return stores.Reprice(cmd.Context(), settings, prices, first, last, reporter, func(left int) {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d minutes to reprice\n", left)
		})
	}, stores.Parts...)
}
