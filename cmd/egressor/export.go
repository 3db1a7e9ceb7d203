package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/billcmd"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/internal/exitcode"
)

func exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write what Egressor knows in a form that other tools read",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(exportFocus())
	return cmd
}

func exportFocus() *cobra.Command {
	var options billcmd.FocusOptions
	cmd := &cobra.Command{
		Use:   "focus --transfers FILE.ndjson",
		Short: "Write charge lines as FOCUS 1.2 (CSV): estimates in the form of a bill",
		Long: `Prices the counted transfers with the month's meters and writes the charge lines as
rows of the FinOps Open Cost and Usage Specification 1.2, CSV, one a day (or an
hour), account, region, meter and price. Lines without a sourced price are in no
row: FOCUS cannot say that a cost is not known. Their bytes are told on standard
error, and the exit code is then 4. docs/formats/bill.md describes the columns.`,
		Example: "  egressor export focus --transfers november.ndjson --book aws+acme.yaml > focus.csv",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if options.Transfers == "" {
				return usage(errors.New("--transfers must be given"))
			}
			rows, unpriced, err := billcmd.ExportFocus(cmd.Context(), options, cmd.OutOrStdout())
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%d rows\n", rows)
			if unpriced.Rows > 0 {
				return exitcode.With(exitcode.Partial, fmt.Errorf("%d charge lines over %d bytes have no sourced price and are in no row; egressor price says why", unpriced.Rows, unpriced.Bytes))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&options.Transfers, "transfers", "", "what was counted: transfers as for egressor price, each with its time")
	cmd.Flags().StringVar(&options.Book, "book", pricebooks.Default, "price book by name or file, BOOK+OVERLAY with terms")
	cmd.Flags().BoolVar(&options.Hourly, "hourly", false, "one row an hour instead of a day")
	return cmd
}
