package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/component"
)

func importCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var asOf string
	var flows flowsImport
	cmd := &cobra.Command{
		Use:   "import [--inventory F] [--endpoints F] [--cloud F] [--format F FILE...]",
		Short: "Record what files say of nodes, pods, endpoints and cloud networks, and raw flows that others captured",
		Long: `Records facts in the store, beside a running service or without one. --cloud takes
what aws ec2 describe-... --output json printed, a file or a directory for each
account and region. With --as-of a change is dated to a moment other than now: what
is stated as before stays, what changed or went ended then.

With --format raw flows of files go through the ingest of a running service at
--ingest-listen, with the facts of --inventory and --endpoints on the first batch; the
same files are taken once. A file that cannot be read whole is not sent at all. Times
are the files' own: minutes are folded as they were, if facts say who held the
addresses then.`,
		Example: `  aws ec2 describe-subnets --output json > cloud/subnets.json
  aws ec2 describe-route-tables --output json > cloud/route-tables.json
  egressor import --cloud cloud --as-of 2026-11-23T10:07:00Z
  egressor import --format vpc-flow-logs --cluster prod --inventory pods.yaml flow-logs/*.log.gz`,
		Args: func(_ *cobra.Command, args []string) error { return usage(flows.check(args)) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if flows.format != "" {
				if len(settings.Outside.Cloud) > 0 {
					return usage(errors.New("--cloud is recorded by an import of its own, before that of flows"))
				}
				return flows.run(cmd, settings, args)
			}
			if settings.Inventory == "" && settings.Endpoints == "" && len(settings.Outside.Cloud) == 0 {
				return usage(errors.New("name what to import: --inventory, --endpoints or --cloud"))
			}
			var at time.Time
			if asOf != "" {
				var err error
				if at, err = time.Parse(time.RFC3339, asOf); err != nil {
					return usage(fmt.Errorf("--as-of %q: want a time like 2026-11-23T10:07:00Z", asOf))
				}
			}
			return importFacts(cmd, settings, at)
		},
	}
	settings.AddFlags(cmd.Flags())
	flows.addFlags(cmd)
	cmd.Flags().StringVar(&asOf, "as-of", "", "moment from which the cloud inventory holds; default now")
	return cmd
}

func importFacts(cmd *cobra.Command, settings app.Config, at time.Time) error {
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	if err := app.CheckFacts(settings); err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	if settings, err = settings.Attached(); err != nil {
		return err
	}
	if err := settings.Check(); err != nil {
		return usage(err)
	}
	stores, err := app.NewStores(settings, reporter)
	if err != nil {
		return usage(err)
	}
	return component.Once(cmd.Context(), reporter.Log("import"), func() error {
		return app.ImportFacts(cmd.Context(), settings, stores, at, func(format string, args ...any) {
			_, _ = fmt.Fprintf(os.Stderr, format+"\n", args...)
		})
	}, stores.Parts...)
}
