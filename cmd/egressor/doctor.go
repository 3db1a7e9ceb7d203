package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os/exec"
	"slices"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/agent/probe"
	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/kube"
	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/neo4j"
)

func doctorCommand() *cobra.Command {
	settings := app.DefaultConfig()
	var format string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say which parts work on this machine, and what to do about those that do not",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var rows []row
			failed := 0
			for _, check := range append(checks(cmd.Context(), settings), clusterChecks(cmd.Context(), settings)...) {
				verdict := "ok"
				if err := check.run(); err != nil {
					verdict = err.Error()
					failed++
				}
				rows = append(rows, row{
					cells:  []string{check.name, verdict, check.needed},
					object: map[string]any{"part": check.name, "ok": verdict == "ok", "verdict": verdict, "neededFor": check.needed},
				})
			}
			if err := printRows(cmd.OutOrStdout(), format, []string{"part", "verdict", "needed for"}, rows); err != nil {
				return err
			}
			if failed > 0 {
				return fmt.Errorf("%d parts do not work here", failed)
			}
			return nil
		},
	}
	settings.AddFlags(cmd.Flags())
	outputFlag(cmd, &format)
	return cmd
}

// check is one part of the machine.
type check struct {
	name, needed string
	run          func() error
}

func checks(ctx context.Context, settings app.Config) []check {
	list := []check{
		{"eBPF", "agents", probeWorks},
		{"ClickHouse engine", "the embedded store of raw flows", func() error {
			_, err := embedded.FindLibrary("")
			return err
		}},
		{"Neo4j", "the embedded graph", func() error {
			if neo4j.FindDeps() == "" {
				return errors.New("its jars are not found: run make deps, or give --neo4j-uri")
			}
			return nil
		}},
		{"java", "the embedded graph", func() error {
			if _, err := exec.LookPath("java"); err != nil {
				return errors.New("no java on the PATH: install a JRE 17, or give --neo4j-uri")
			}
			return nil
		}},
		{"lab", "egressor demo", lab.Preflight},
		{"port of the API", "egressor serve", func() error { return free(settings.Listen, "listen") }},
		{"port of the ingest", "agents", func() error { return free(settings.IngestListen, "ingest-listen") }},
		{"address ranges", "names of what is outside", func() error {
			_, err := app.RangesTable(settings.Outside.Ranges, settings.DataDir)
			return err
		}},
	}
	if len(settings.Outside.Cloud) > 0 {
		list = append(list, check{"cloud inventory", "paths and their prices", func() error {
			return app.CheckClouds(ctx, settings)
		}})
	}
	return list
}

// clusterChecks asks the Kubernetes clusters of the settings; none are named by
// default.
func clusterChecks(ctx context.Context, settings app.Config) []check {
	const needed = "the names of pods, workloads and rollouts"
	if !settings.Kube.Watches() {
		return nil
	}
	verdicts, err := kube.Check(ctx, settings.Kube)
	if err != nil {
		return []check{{"Kubernetes", needed, func() error { return err }}}
	}
	var all []check
	for _, name := range slices.Sorted(maps.Keys(verdicts)) {
		all = append(all, check{"Kubernetes " + name, needed, func() error { return verdicts[name] }})
	}
	return all
}

// free reports whether nobody listens on an address.
func free(address, flag string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("%w: stop what uses it (a running egressor?), or choose another with --%s", err, flag)
	}
	return listener.Close()
}

// probeWorks loads the capture and unloads it.
func probeWorks() error {
	capture, err := probe.Open(probe.Config{})
	if err != nil {
		return err
	}
	return capture.Close()
}
