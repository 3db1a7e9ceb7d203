package main

import (
	"fmt"

	"github.com/spf13/cobra"

	agent "github.com/egressor/egressor/agent/app"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/lab"
)

// agentCommand is the agent within this binary: the demo starts one per node.
// egressor-agent is the daemon of a cluster.
func agentCommand() *cobra.Command {
	settings := agent.DefaultConfig()
	cmd := &cobra.Command{
		Use:    "agent",
		Short:  "Run an agent, as egressor-agent does",
		Hidden: true,
		Args:   noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			if err := settings.Validate(); err != nil {
				return usage(err)
			}
			counting, err := agent.Open(reporter, settings)
			if err != nil {
				return err
			}
			return component.Run(cmd.Context(), reporter.Log("agent"), component.Named{Name: "agent", Component: counting})
		},
	}
	settings.AddFlags(cmd.Flags())
	return cmd
}

func labCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Run the lab alone: three nodes in three zones on this machine, with workloads that really talk",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			reporter, err := reporterOf(cmd)
			if err != nil {
				return err
			}
			return runLab(cmd, reporter)
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "cleanup",
		Short: "Remove what killed labs left behind",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			prefixes, err := lab.Abandoned()
			if err != nil {
				return err
			}
			return cleanUp(cmd, prefixes)
		},
	}, &cobra.Command{
		Use:   "abandoned",
		Short: "List the labs that were killed and left something behind",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			prefixes, err := lab.Abandoned()
			for _, prefix := range prefixes {
				fmt.Fprintln(cmd.OutOrStdout(), prefix)
			}
			return err
		},
	})
	return cmd
}
