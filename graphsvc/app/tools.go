package app

import (
	"net/http"

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
	return mcpserver.Handler(mcpserver.New(version.Version, operations, chat.NewToolbox(operations, server.Execute))), nil
}
