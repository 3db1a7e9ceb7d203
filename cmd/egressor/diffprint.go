package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/diff"
	"github.com/egressor/egressor/graphsvc/query"
)

func printDiff(cmd *cobra.Command, format string, found *query.Diff) error {
	rows := make([]row, len(found.Rows))
	for i := range found.Rows {
		rows[i] = diffRow(found, &found.Rows[i])
	}
	columns := []string{"change", "group", "bytes before", "bytes after", "bytes change", "cost before", "cost after", "cost change"}
	if err := printRows(cmd.OutOrStdout(), format, columns, rows); err != nil {
		return err
	}
	out, table := cmd.ErrOrStderr(), found.Table
	for _, side := range []struct {
		name string
		query.DiffSide
	}{{"before", found.Before}, {"after", found.After}} {
		fmt.Fprintf(out, "%s: %s to %s as of version %d\n", side.name, side.Window.From, side.Window.To, side.Version.Number)
	}
	fmt.Fprintf(out, "%d new, %d gone, %d changed, %d the same; %+d bytes, %s %s; %d rows not listed: %+d bytes, %s %s\n",
		table.New.Rows, table.Gone.Rows, table.Changed.Rows, table.Same.Rows, table.Total.Bytes, table.Total.Cost.Decimal(), found.Currency,
		found.Rest.Rows, found.Rest.Bytes, found.Rest.Cost.Decimal(), found.Currency)
	if found.Before.Window.To-found.Before.Window.From != found.After.Window.To-found.After.Window.From {
		fmt.Fprintln(out, "the two windows are not equally long: their totals are of different times")
	}
	return nil
}

func diffRow(found *query.Diff, r *diff.Row) row {
	names := found.Table.By.Names(r.Group)
	label := strings.Join(names, " -> ")
	object := map[string]any{
		"change": r.Kind, "group": names, "before": sumObject(r.Before), "after": sumObject(r.After),
		"wireBytesChange": r.Bytes, "costChange": r.Cost.Decimal(), "currency": found.Currency,
	}
	if r.Edge != nil {
		object["transfer"], object["source"], object["destination"] = r.Edge.ID.String(), r.Edge.Key.Source.ID(), r.Edge.Key.Destination.ID()
		label = fmt.Sprintf("%s %s -> %s :%d %s", r.Edge.ID, r.Edge.Key.Source.ID(), r.Edge.Key.Destination.ID(), r.Edge.Key.ServerPort, r.Edge.Key.Path)
	}
	return row{
		cells: []string{
			string(r.Kind), label,
			strconv.FormatUint(r.Before.Bytes, 10), strconv.FormatUint(r.After.Bytes, 10), strconv.FormatInt(r.Bytes, 10),
			r.Before.Cost.Decimal(), r.After.Cost.Decimal(), r.Cost.Decimal(),
		},
		object: object,
	}
}

func sumObject(s diff.Sum) map[string]any {
	return map[string]any{"transfers": s.Transfers, "wireBytes": s.Bytes, "cost": s.Cost.Decimal()}
}
