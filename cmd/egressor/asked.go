package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// asked is a command that asks a running service one document, and prints the
// objects of the answer as rows.
type asked struct {
	use, short, example string
	document            string
	args                cobra.PositionalArgs
	// flags defines the command's own, and variables makes the document's of the
	// arguments, once flags are read.
	flags     func(flags *pflag.FlagSet)
	variables func(args []string) (map[string]any, error)
	// at is where the answer has the object or the list of them: names with points between.
	at string
	// columns are titles, each with where an object has its cell.
	columns [][2]string
}

func (a asked) command() *cobra.Command {
	var service remote
	var format string
	cmd := &cobra.Command{
		Use: a.use, Short: a.short, Example: a.example, Args: func(cmd *cobra.Command, args []string) error { return usage(a.args(cmd, args)) },
		Annotations: map[string]string{defaultLevel: "warn"},
		RunE: func(cmd *cobra.Command, args []string) error {
			var variables map[string]any
			if a.variables != nil {
				var err error
				if variables, err = a.variables(args); err != nil {
					return usage(err)
				}
			}
			connected, err := service.connect()
			if err != nil {
				return usage(err)
			}
			data, err := connected.Query(cmd.Context(), a.document, variables)
			if err != nil {
				return err
			}
			rows, titles, err := a.rows(data)
			if err != nil {
				return err
			}
			return printRows(cmd.OutOrStdout(), format, titles, rows)
		},
	}
	service.addFlags(cmd.Flags())
	if a.flags != nil {
		a.flags(cmd.Flags())
	}
	outputFlag(cmd, &format)
	return cmd
}

func (a asked) rows(data json.RawMessage) (rows []row, titles []string, err error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var answer any
	if err := decoder.Decode(&answer); err != nil {
		return nil, nil, fmt.Errorf("reading the answer: %w", err)
	}
	found := valueAt(answer, a.at)
	list, many := found.([]any)
	if !many {
		list = []any{found}
	}
	for _, column := range a.columns {
		titles = append(titles, column[0])
	}
	for _, object := range list {
		var cells []string
		for _, column := range a.columns {
			cells = append(cells, cellOf(valueAt(object, column[1])))
		}
		rows = append(rows, row{cells, object})
	}
	return rows, titles, nil
}

// valueAt walks into objects by names with points between; "" is the value itself.
func valueAt(value any, path string) any {
	if path == "" {
		return value
	}
	for name := range strings.SplitSeq(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

func cellOf(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case []any:
		texts := make([]string, len(value))
		for i := range value {
			texts[i] = cellOf(value[i])
		}
		return strings.Join(texts, " ")
	default:
		return fmt.Sprint(value)
	}
}

// said are the flags of a change: a note for others, and a key that makes it safe
// to send again.
type said struct{ note, key string }

func (s *said) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&s.note, "note", "", "what others should know")
	flags.StringVar(&s.key, "key", "", "of your choice: sent twice with one key, it is done once")
}

// of are the variables of a change about something.
func (s *said) of(name, value string) map[string]any {
	variables := map[string]any{name: value, "note": s.note}
	if s.key != "" {
		variables["key"] = s.key
	}
	return variables
}
