package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/graphsvc/client"
)

// remote is how a command reaches a running service.
type remote struct{ server, tokenFile string }

func (r *remote) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&r.server, "server", "http://127.0.0.1:8080", "URL of the running service")
	flags.StringVar(&r.tokenFile, "token-file", "", "file with an API token, where the service asks for one")
}

// connect returns a client; it does not ask anything yet.
func (r *remote) connect() (*client.Client, error) {
	token := ""
	if r.tokenFile != "" {
		text, err := os.ReadFile(r.tokenFile)
		if err != nil {
			return nil, fmt.Errorf("--token-file: %w", err)
		}
		token = strings.TrimSpace(string(text))
	}
	return client.New(r.server, token)
}

// ask asks a document and reads the answer's data.
func (r *remote) ask(ctx context.Context, document string, variables map[string]any, into any) error {
	connected, err := r.connect()
	if err != nil {
		return usage(err)
	}
	data, err := connected.Query(ctx, document, variables)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	return nil
}
