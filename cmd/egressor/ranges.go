package main

import (
	"fmt"
	"net/netip"
	"os"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/graphsvc/ranges"
)

func rangesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ranges",
		Short: "Published address ranges of clouds and CDNs: which there are, whose an address is, and newer ones",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(rangesShowCommand(), rangesUpdateCommand())
	return cmd
}

func rangesShowCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var format string
	cmd := &cobra.Command{
		Use:   "show [ADDR...]",
		Short: "Say whose addresses are; without any, where the ranges come from and of which day they are",
		Example: `  egressor ranges show 52.216.0.9 2606:4700::1
  egressor ranges show -o json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			addrs, err := parseAddrs(args)
			if err != nil {
				return usage(err)
			}
			table, err := app.RangesTable(settings.Outside.Ranges, settings.DataDir)
			if err != nil {
				return err
			}
			if table == nil {
				return usage(fmt.Errorf("--ranges %s names no ranges to show", settings.Outside.Ranges))
			}
			columns, rows := originRows(table)
			if len(addrs) > 0 {
				columns, rows = matchRows(table, addrs)
			}
			return printRows(cmd.OutOrStdout(), format, columns, rows)
		},
	}
	outputFlag(cmd, &format)
	cmd.Flags().StringVar(&settings.Outside.Ranges, "ranges", settings.Outside.Ranges, "embedded (newer ones of egressor ranges update first) or a file")
	cmd.Flags().StringVar(&settings.DataDir, "data", settings.DataDir, "directory with what egressor ranges update wrote")
	return cmd
}

func parseAddrs(args []string) ([]netip.Addr, error) {
	var addrs []netip.Addr
	for _, arg := range args {
		addr, err := netip.ParseAddr(arg)
		if err != nil {
			return nil, fmt.Errorf("%q is no IP address", arg)
		}
		addrs = append(addrs, addr)
	}
	return addrs, nil
}

func matchRows(table *ranges.Table, addrs []netip.Addr) (columns []string, rows []row) {
	for _, addr := range addrs {
		object := map[string]any{"address": addr, "found": false}
		cells := []string{addr.String(), "-", "-", "-", "-", "-"}
		if match, ok := table.Find(addr); ok {
			origin, _ := table.Origin(match.Provider)
			cells = []string{addr.String(), match.Provider, match.Service, orDash(match.Region), match.Prefix.String(), orDash(origin.Date)}
			object = map[string]any{
				"address": addr, "found": true, "provider": match.Provider, "service": match.Service,
				"region": match.Region, "prefix": match.Prefix, "date": origin.Date, "source": origin.Source,
			}
		}
		rows = append(rows, row{cells: cells, object: object})
	}
	return []string{"address", "provider", "service", "region", "prefix", "date"}, rows
}

func originRows(table *ranges.Table) (columns []string, rows []row) {
	counts := map[string]int{}
	for r := range table.Ranges() {
		counts[r.Label.Provider]++
	}
	for _, origin := range table.Origins() {
		rows = append(rows, row{
			cells:  []string{origin.Provider, fmt.Sprint(counts[origin.Provider]), orDash(origin.Date), origin.Source},
			object: map[string]any{"provider": origin.Provider, "ranges": counts[origin.Provider], "date": origin.Date, "source": origin.Source},
		})
	}
	return []string{"provider", "ranges", "date", "source"}, rows
}

func rangesUpdateCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var provider string
	cmd := &cobra.Command{
		Use:   "update FILE|URL...",
		Short: "Read what providers publish, and keep it for the service to prefer to the ranges of the build",
		Long: `Reads the files that providers publish, as they come: AWS's ip-ranges.json, Google's
cloud.json and goog.json, Azure's service tags, Cloudflare's and Fastly's lists; with
--provider any list of CIDRs, one a line. Each replaces the ranges of its provider in
DATA/ranges.txt.gz; a running service takes them at its next start.`,
		Example: `  egressor ranges update https://ip-ranges.amazonaws.com/ip-ranges.json
  egressor ranges update ServiceTags_Public.json --data /var/lib/egressor
  egressor ranges update --provider akamai akamai.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(fmt.Errorf("name a file or URL to read"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := app.UpdateRanges(cmd.Context(), settings.DataDir, provider, args)
			for _, feed := range result.Feeds {
				fmt.Fprintf(os.Stderr, "%s: %d ranges of %s, of %s\n", feed.Source, feed.Ranges, feed.Provider, feed.Date)
				for _, skipped := range feed.Skipped {
					fmt.Fprintf(os.Stderr, "%s: left out: %v\n", feed.Source, skipped)
				}
			}
			if err != nil {
				return err
			}
			for _, conflict := range result.Conflicts {
				fmt.Fprintf(os.Stderr, "%s is published by %s and by %s: taken for %s\n", conflict.Prefix, conflict.Kept.Provider, conflict.Dropped.Provider, conflict.Kept.Provider)
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), result.File)
			return err
		},
	}
	cmd.Flags().StringVar(&provider, "provider", "", "whose a plain list of ranges is")
	cmd.Flags().StringVar(&settings.DataDir, "data", settings.DataDir, "directory to keep the ranges in")
	return cmd
}
