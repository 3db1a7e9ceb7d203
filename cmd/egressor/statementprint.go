package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/money"
)

// printStatement prints the lines, and what they leave out as a line of its own;
// the total goes to standard error beside the table, as a progress line would.
func printStatement(cmd *cobra.Command, format string, ask query.StatementAsk, s *query.Statement) error {
	var columns []string
	for _, by := range ask.By {
		columns = append(columns, string(by))
	}
	columns = append(columns, "amount", "by the hour", "billed bytes", "unpriced bytes")
	lines := s.Lines
	if rest := len(s.Table.Lines) - len(s.Lines); rest > 0 {
		lines = append(slices.Clone(lines), statement.Line{Group: restGroup(len(ask.By), rest), Sum: s.Rest})
	}
	rows, total, err := statementRows(format, ask.By, lines, s)
	if err != nil {
		return err
	}
	if err := printRows(cmd.OutOrStdout(), format, columns, rows); err != nil {
		return err
	}
	return printStatementTotal(cmd, ask, s, total)
}

func restGroup(dimensions, rest int) []string {
	group := make([]string, max(dimensions, 1))
	group[0] = fmt.Sprintf("(%d more)", rest)
	return group[:dimensions]
}

// statementRows are a line each; a table shows amounts rounded as one column.
func statementRows(format string, by []statement.Dimension, lines []statement.Line, s *query.Statement) (rows []row, total string, err error) {
	amounts, standing := make([]money.Amount, len(lines)), make([]money.Amount, len(lines))
	for i := range lines {
		amounts[i], standing[i] = lines[i].Amount, lines[i].Standing
	}
	shown, total, err := statement.Shown(amounts)
	if err != nil {
		return nil, "", err
	}
	shownStanding, _, err := statement.Shown(standing)
	if err != nil {
		return nil, "", err
	}
	for i := range lines {
		line := &lines[i]
		if format != "table" {
			shown[i], shownStanding[i] = line.Amount.Decimal(), line.Standing.Decimal()
		}
		cells := slices.Concat(line.Group, []string{
			shown[i], shownStanding[i], strconv.FormatUint(line.BilledBytes, 10), strconv.FormatUint(line.UnpricedBytes, 10),
		})
		object := map[string]any{
			"amount": line.Amount.Decimal(), "standing": line.Standing.Decimal(), "currency": s.Currency,
			"billedBytes": line.BilledBytes, "unpricedBytes": line.UnpricedBytes,
		}
		for n, dimension := range by {
			object[string(dimension)] = line.Group[n]
		}
		rows = append(rows, row{cells: cells, object: object})
	}
	return rows, total, nil
}

func printStatementTotal(cmd *cobra.Command, ask query.StatementAsk, s *query.Statement, shown string) error {
	sum := s.Table.Total
	text := fmt.Sprintf("%s to %s as of version %d, by %s, %s prices: %s %s for %d billed bytes, and %s %s by the hour",
		s.Window.From, s.Window.To, s.Version.Number, ask.View, strings.Join(s.Modes, " and "),
		shown, s.Currency, sum.BilledBytes, sum.Standing.Decimal(), s.Currency)
	if sum.UnpricedBytes > 0 {
		text += fmt.Sprintf("; %d bytes have no sourced price, so the true cost is higher", sum.UnpricedBytes)
	}
	for i := range s.Standing {
		if reason := s.Standing[i].Unpriced; reason != "" {
			text += fmt.Sprintf("; the hours of %s have no price: %s", s.Standing[i].Name, reason)
		}
	}
	_, err := fmt.Fprintln(cmd.ErrOrStderr(), text)
	return err
}
