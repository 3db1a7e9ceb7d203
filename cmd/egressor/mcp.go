package main

import (
	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/graphsvc/mcpserver"
	"github.com/egressor/egressor/internal/version"
)

func mcpCommand() *cobra.Command {
	var service remote
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve the investigator's tools to an MCP client over standard input and output",
		Long: `Speaks the Model Context Protocol over standard input and output and answers from a
running service, whose /mcp speaks the same protocol over HTTP. Every tool is a stored
GraphQL query: none writes.`,
		Example: `  egressor mcp
  egressor mcp --server https://egressor.example --token-file ~/.egressor-token`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			connected, err := service.connect()
			if err != nil {
				return usage(err)
			}
			operations, err := chat.LoadOperations(api.Schema())
			if err != nil {
				return err
			}
			tools := chat.NewDesk(chat.NewToolbox(operations, connected.Query), nil)
			return mcpserver.Serve(cmd.Context(), mcpserver.New(version.Version, operations, tools))
		},
	}
	service.addFlags(cmd.Flags())
	return cmd
}
