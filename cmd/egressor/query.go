package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/internal/textfile"
)

func queryCommand() *cobra.Command {
	var service remote
	var given []string
	cmd := &cobra.Command{
		Use:   "query FILE|-",
		Short: "Ask a running service a GraphQL document and print the answer's data as JSON",
		Example: `  echo '{ meta { version { number bytes cost { display } } } }' | egressor query -
  egressor query costliest.graphql --var first=5 --var entity=w/lab/shop/Deployment/web`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			document, err := documentOf(cmd.InOrStdin(), args[0])
			if err != nil {
				return err
			}
			variables, err := variablesOf(given)
			if err != nil {
				return usage(err)
			}
			connected, err := service.connect()
			if err != nil {
				return usage(err)
			}
			data, err := connected.Query(cmd.Context(), document, variables)
			if err != nil {
				return err
			}
			var indented bytes.Buffer
			if err := json.Indent(&indented, data, "", "  "); err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), indented.String())
			return err
		},
	}
	service.addFlags(cmd.Flags())
	cmd.Flags().StringArrayVar(&given, "var", nil, "a variable as NAME=VALUE; a value that is JSON is taken as JSON, else as text")
	return cmd
}

func documentOf(stdin io.Reader, path string) (string, error) {
	if path == "-" {
		text, err := textfile.All(stdin, "a document")
		return string(text), err
	}
	text, err := textfile.Read(path, "a document")
	return string(text), err
}

func variablesOf(given []string) (map[string]any, error) {
	variables := make(map[string]any, len(given))
	for _, pair := range given {
		name, text, found := strings.Cut(pair, "=")
		if !found || name == "" {
			return nil, fmt.Errorf("--var %q: want NAME=VALUE", pair)
		}
		if json.Valid([]byte(text)) {
			variables[name] = json.RawMessage(text)
		} else {
			variables[name] = text
		}
	}
	return variables, nil
}
