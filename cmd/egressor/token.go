package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/signin"
	"github.com/egressor/egressor/internal/clock"
)

func tokenCommand() *cobra.Command {
	var role string
	var scopes, reports []string
	var life time.Duration
	cmd := &cobra.Command{
		Use:   "token NAME",
		Short: "Make an API token: prints the secret once, and the entry for the access file",
		Long: `Makes an API token of 256 random bits. The secret goes to standard output, the entry
for the file of --access to standard error; only the secret's hash stands in it.`,
		Example: `  egressor token ci --role viewer --scope prod/shop > ci.token 2>> access-entry.yaml
  egressor token node-agents --role agent --reports 'prod/*' > agents.token`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, secret, err := newTokenEntry(args[0], role, scopes, reports, life)
			if err != nil {
				return usage(err)
			}
			if _, err := fmt.Fprintln(cmd.OutOrStdout(), secret); err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.ErrOrStderr(), entry)
			return err
		},
	}
	cmd.Flags().StringVar(&role, "role", string(access.Viewer), "agent, viewer, analyst or admin")
	cmd.Flags().StringSliceVar(&scopes, "scope", nil, "CLUSTER/NAMESPACE that it may see, either of which may be *; may be given again")
	cmd.Flags().StringSliceVar(&reports, "reports", nil, "CLUSTER/NODE that an agent may report for, either of which may be *; may be given again; left out: any")
	cmd.Flags().DurationVar(&life, "expires-in", 0, "how long it works, for example 2160h (default for ever)")
	return cmd
}

func newTokenEntry(name, role string, scopes, reports []string, life time.Duration) (entry, secret string, err error) {
	if life < 0 {
		return "", "", fmt.Errorf("--expires-in %s: want 0 or more", life)
	}
	secret = signin.NewToken()
	var text strings.Builder
	fmt.Fprintf(&text, "tokens:\n  - name: %q\n    hash: %s\n    role: %s\n", name, signin.HashToken(secret), role)
	if len(scopes) > 0 {
		fmt.Fprintf(&text, "    scopes: [%s]\n", quoted(scopes))
	}
	if len(reports) > 0 {
		fmt.Fprintf(&text, "    reports: [%s]\n", quoted(reports))
	}
	if life > 0 {
		fmt.Fprintf(&text, "    expires: %s\n", clock.System{}.Now().Add(life).Format(time.RFC3339))
	}
	return text.String(), secret, signin.CheckRules([]byte(text.String()))
}

func quoted(texts []string) string {
	result := make([]string, len(texts))
	for i, text := range texts {
		result[i] = fmt.Sprintf("%q", text)
	}
	return strings.Join(result, ", ")
}
