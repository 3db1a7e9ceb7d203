package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/costsvc/bookcmd"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
)

func pricebookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pricebook",
		Short: "Show, compare, check and refresh price books",
		Long: `A price book is named by the name of an embedded one (` + strings.Join(pricebooks.Names(), ", ") + `) or by its
file; BOOK+FILE is a book under an overlay. docs/formats/pricebook.md describes it.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(pricebookShow(), pricebookDiff(), pricebookValidate(), pricebookRefresh())
	return cmd
}

// priceRow is a row of a book as an object.
type priceRow struct {
	ID     string `json:"id"`
	Fee    string `json:"fee"`
	Region string `json:"region"`
	To     string `json:"to,omitempty"`
	Price  string `json:"price"`
	Source string `json:"source"`
	AsOf   string `json:"as_of"`
	Note   string `json:"note,omitempty"`
}

func pricebookShow() *cobra.Command {
	var format, fee, region string
	cmd := &cobra.Command{
		Use:     "show [BOOK]",
		Short:   "Print the prices of a book, with their sources and dates",
		Example: "  egressor pricebook show aws --region us-east-1",
		Args:    func(cmd *cobra.Command, args []string) error { return usage(cobra.MaximumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			name := pricebooks.Default
			if len(args) > 0 {
				name = args[0]
			}
			book, err := pricebooks.Load(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s %s, %s, %s, digest %s\n", book.Name, book.Version, book.Provider, book.Currency, book.Digest)
			columns := []string{"id", "price", "source", "as_of", "note"}
			return printRows(cmd.OutOrStdout(), format, columns, priceRows(book, fee, region))
		},
	}
	cmd.Flags().StringVar(&fee, "fee", "", "only this fee, such as internet or nat")
	cmd.Flags().StringVar(&region, "region", "", "only this region, or group of regions")
	outputFlag(cmd, &format)
	return cmd
}

func priceRows(book *pricing.Book, fee, region string) []row {
	var rows []row
	for i := range book.Rows {
		price := &book.Rows[i]
		if fee != "" && fee != price.Fee.String() || region != "" && region != price.Region {
			continue
		}
		text := pricebooks.PriceText(price)
		rows = append(rows, row{
			[]string{price.ID, text, price.Source, price.AsOf, price.Note},
			priceRow{price.ID, price.Fee.String(), price.Region, price.To, text, price.Source, price.AsOf, price.Note},
		})
	}
	return rows
}

// changeRow is a changed price as an object.
type changeRow struct {
	Row    string `json:"row"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

func printChanges(cmd *cobra.Command, format string, changes []pricebooks.Change) error {
	rows := make([]row, len(changes))
	for i, change := range changes {
		rows[i] = row{[]string{change.Row, orDash(change.Before), orDash(change.After)}, changeRow(change)}
	}
	return printRows(cmd.OutOrStdout(), format, []string{"row", "before", "after"}, rows)
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func pricebookDiff() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "diff BOOK BOOK",
		Short:   "Print the prices that differ between two books",
		Example: "  egressor pricebook diff aws aws+acme.yaml",
		Args:    func(cmd *cobra.Command, args []string) error { return usage(cobra.ExactArgs(2)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			before, err := pricebooks.Load(args[0])
			if err != nil {
				return err
			}
			after, err := pricebooks.Load(args[1])
			if err != nil {
				return err
			}
			changes, err := pricebooks.Diff(before, after)
			if err != nil {
				return err
			}
			return printChanges(cmd, format, changes)
		},
	}
	outputFlag(cmd, &format)
	return cmd
}

func pricebookValidate() *cobra.Command {
	return &cobra.Command{
		Use:   "validate BOOK...",
		Short: "Check books and overlays; every fault is named by file, line and row",
		Args:  func(cmd *cobra.Command, args []string) error { return usage(cobra.MinimumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			var failed error
			for _, name := range args {
				book, err := pricebooks.Load(name)
				if err != nil {
					failed = errors.Join(failed, err)
					continue
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s: ok, %d prices of %s %s in %s\n", name, len(book.Rows), book.Name, book.Version, book.Currency)
			}
			return failed
		},
	}
}

func pricebookRefresh() *cobra.Command {
	var options bookcmd.Options
	var format string
	cmd := &cobra.Command{
		Use:   "refresh FEED...",
		Short: "Bring a book up to date from its provider's price feeds, and print what changes",
		Long: `A feed, by its URL or as a saved file, packed with gzip or not, is for aws an
index.json of the price lists AWSDataTransfer, AmazonEC2 (NAT gateways) or AmazonVPC
(endpoints, transit gateways, addresses), of one region or of all; for azure answers
of the retail price API; for gcp answers of the billing catalogue's API. Nothing is
fetched unless a URL is named. Prices that no feed has stay as they are, with their source. --out
writes the book, as a whole or not at all.`,
		Example: `  egressor pricebook refresh --book azure retail-bandwidth.json retail-nat.json
  egressor pricebook refresh --out aws.ndjson \
    https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSDataTransfer/current/index.json`,
		Args: func(cmd *cobra.Command, args []string) error { return usage(cobra.MinimumNArgs(1)(cmd, args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			options.Feeds, options.Client = args, http.DefaultClient
			changes, err := bookcmd.Refresh(cmd.Context(), options)
			if err != nil {
				return err
			}
			if options.Out != "" {
				fmt.Fprintln(cmd.ErrOrStderr(), "written to", options.Out)
			}
			return printChanges(cmd, format, changes)
		},
	}
	cmd.Flags().StringVar(&options.Book, "book", pricebooks.Default, "the book to refresh, by name or file")
	cmd.Flags().StringVar(&options.Out, "out", "", "file to write; without it nothing is written")
	outputFlag(cmd, &format)
	return cmd
}
