package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/snapshot"
)

// outputFlag defines -o and its short form --json.
func outputFlag(cmd *cobra.Command, format *string) { outputFlagOf(cmd, format, "table") }

// outputFlagOf is outputFlag with a format of the command's own where none is named.
func outputFlagOf(cmd *cobra.Command, format *string, usual string) {
	cmd.Flags().StringVarP(format, "output", "o", usual, "table, json (one object a line) or csv")
	asJSON := cmd.Flags().Bool("json", false, "short for -o json")
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if *asJSON {
			*format = "json"
		}
		switch *format {
		case "table", "json", "csv":
			return nil
		default:
			return usage(fmt.Errorf("--output %q: want table, json or csv", *format))
		}
	}
}

// row is one line of output: a table's cells, and the object that JSON shows.
type row struct {
	cells  []string
	object any
}

// printRows writes rows in a format that outputFlag allowed.
func printRows(out io.Writer, format string, columns []string, rows []row) error {
	switch format {
	case "json":
		encoder := json.NewEncoder(out)
		for _, r := range rows {
			if err := encoder.Encode(r.object); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		writer := csv.NewWriter(out)
		_ = writer.Write(columns) // Flush reports
		for _, r := range rows {
			cells := make([]string, len(r.cells))
			for i, cell := range r.cells {
				cells[i] = snapshot.Cell(cell)
			}
			_ = writer.Write(cells)
		}
		writer.Flush()
		return writer.Error()
	default:
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(table, strings.ToUpper(strings.Join(columns, "\t")))
		for _, r := range rows {
			_, _ = fmt.Fprintln(table, strings.Join(r.cells, "\t"))
		}
		return table.Flush()
	}
}
