package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/savedcypher"
	"github.com/egressor/egressor/internal/exitcode"
	"github.com/egressor/egressor/internal/textfile"
)

func cypherCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var saved, format string
	var params []string
	var list bool
	limit := 200
	cmd := &cobra.Command{
		Use:   "cypher [FILE|-]",
		Short: "Ask the graph in Cypher, for reading alone",
		Long: `Runs one statement that reads, within bounds: what may do more, or take too much, is
refused with the place and what to do. --list names the queries that are shipped.
Exit code 4 when --limit left rows out.`,
		Example: `  egressor cypher --list
  egressor cypher --saved users-of-a-nat --param via=nat-1
  echo 'MATCH (w:Workload) RETURN w.name LIMIT 5' | egressor cypher -`,
		Args:        func(cmd *cobra.Command, args []string) error { return usage(cobra.MaximumNArgs(1)(cmd, args)) },
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return listCypher(cmd, format)
			}
			statement, values, err := statementOf(cmd, args, saved)
			if err != nil {
				return usage(err)
			}
			if err := readParams(values, params, saved); err != nil {
				return usage(err)
			}
			return withExplorer(cmd, settings, func(explorer *query.Explorer) error {
				table, err := explorer.Cypher(cmd.Context(), statement, values, nil, limit)
				if err != nil {
					return err
				}
				return printCypher(cmd, format, table)
			})
		},
	}
	settings.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&saved, "saved", "", "run a shipped query by name")
	cmd.Flags().StringArrayVar(&params, "param", nil, "NAME=VALUE of a $parameter; whole numbers are numbers")
	cmd.Flags().BoolVar(&list, "list", false, "list the shipped queries")
	cmd.Flags().IntVar(&limit, "limit", limit, "at most this many rows, 1 to 1000")
	outputFlag(cmd, &format)
	return cmd
}

func listCypher(cmd *cobra.Command, format string) error {
	queries, err := savedcypher.All()
	if err != nil {
		return err
	}
	rows := make([]row, len(queries))
	for i, q := range queries {
		var parameters []string
		for _, p := range q.Parameters {
			parameters = append(parameters, fmt.Sprintf("%s=%v", p.Name, p.Default))
		}
		rows[i] = row{
			cells:  []string{q.Name, q.Title, strings.Join(parameters, " ")},
			object: map[string]any{"name": q.Name, "title": q.Title, "parameters": q.Parameters, "statement": q.Statement},
		}
	}
	return printRows(cmd.OutOrStdout(), format, []string{"name", "answers", "parameters"}, rows)
}

// statementOf is what to run, with the defaults of its parameters.
func statementOf(cmd *cobra.Command, args []string, saved string) (statement string, values map[string]any, err error) {
	values = map[string]any{}
	if (saved == "") == (len(args) == 0) {
		return "", nil, errors.New("give a file, - for standard input, or --saved NAME")
	}
	if saved == "" {
		in, err := input(cmd, args)
		if err != nil {
			return "", nil, err
		}
		defer in.Close()
		text, err := textfile.All(in, "a statement")
		return string(text), values, err
	}
	queries, err := savedcypher.All()
	if err != nil {
		return "", nil, err
	}
	for _, q := range queries {
		if q.Name == saved {
			for _, p := range q.Parameters {
				values[p.Name] = p.Default
			}
			return q.Statement, values, nil
		}
	}
	return "", nil, fmt.Errorf("no shipped query is called %q: --list names them", saved)
}

// readParams adds to the values what was given. A shipped query takes its own
// parameters alone: one that is misspelt would be answered by the default.
func readParams(into map[string]any, params []string, saved string) error {
	for _, text := range params {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return fmt.Errorf("--param %q: want NAME=VALUE", text)
		}
		if _, has := into[name]; saved != "" && !has {
			return fmt.Errorf("--param %q: the query %s has no parameter %s: --list shows those that it has", text, saved, name)
		}
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			into[name] = n
		} else {
			into[name] = value
		}
	}
	return nil
}

func printCypher(cmd *cobra.Command, format string, table query.CypherTable) error {
	rows := make([]row, len(table.Rows))
	for i, values := range table.Rows {
		object := make(map[string]any, len(values))
		cells := make([]string, len(values))
		for n, value := range values {
			object[table.Columns[n]] = value
			text, isText := value.(string)
			if !isText {
				written, err := json.Marshal(value)
				if err != nil {
					return err
				}
				text = string(written)
			}
			cells[n] = text
		}
		rows[i] = row{cells, object}
	}
	if err := printRows(cmd.OutOrStdout(), format, table.Columns, rows); err != nil {
		return err
	}
	if table.More {
		return exitcode.With(exitcode.Partial, fmt.Errorf("there are more rows than these %d: raise --limit or narrow the question", len(rows)))
	}
	return nil
}
