package app

import (
	"context"
	"net/http"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/graphsvc/mcpserver"
	"github.com/egressor/egressor/internal/version"
)

// newTools serves the investigator's tools to MCP clients over HTTP.
func newTools(server *api.Server) (http.Handler, error) {
	operations, err := chat.LoadOperations(server.Schema())
	if err != nil {
		return nil, err
	}
	desk := chat.NewDesk(chat.NewToolbox(operations, server.Execute), func(ctx context.Context) string { return askerOf(access.From(ctx)) })
	return mcpserver.Handler(mcpserver.New(version.Version, operations, desk)), nil
}
