package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/internal/lab"
	"github.com/egressor/egressor/internal/report"
)

// runLab runs a lab until the command's context ends.
func runLab(cmd *cobra.Command, reporter *report.Reporter) error {
	if err := lab.Preflight(); err != nil {
		return err
	}
	binary, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program's own file: %w", err)
	}
	dir, err := os.MkdirTemp("", "egressor-lab-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	running, err := lab.New(lab.Config{Binary: binary, Dir: dir, Log: reporter.Log("lab")})
	if err != nil {
		return err
	}
	defer stopOnPanic(running)
	if err := running.Start(cmd.Context()); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "The lab runs. Its inventory is in %s. Ctrl-C ends it.\n", dir)
	for _, node := range running.Nodes() {
		fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\t--cgroup-root %s --node-netns %s\n", node.Name, node.Zone, node.CgroupRoot, node.NetnsPath)
	}
	<-cmd.Context().Done()
	return running.Stop()
}

// stopOnPanic takes the lab down when a panic passes by.
func stopOnPanic(running *lab.Lab) {
	if reason := recover(); reason != nil {
		_ = running.Stop() // the panic is what to report
		panic(reason)
	}
}

func cleanUp(cmd *cobra.Command, prefixes []string) error {
	var failed error
	for _, prefix := range prefixes {
		if err := lab.Cleanup(prefix); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		fmt.Fprintln(cmd.OutOrStdout(), "removed lab", prefix)
	}
	return failed
}
