// Package mcpserver offers the investigator's stored operations to any client of
// the Model Context Protocol: the same tools, the same limits, the rights of who
// asks. It offers nothing that writes.
package mcpserver

import (
	"context"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/egressor/egressor/graphsvc/chat"
)

// instructions tell a client's model what the tools are for.
const instructions = "Egressor knows who moved how many bytes to whom in a Kubernetes cluster, by which way and at what cost. " +
	"Start with overview. Every figure in an answer must come from a tool's result, with its window and version. " +
	"#f3 behind a figure is its reference: calculate computes with references, exactly; #c1 is a cause that the engine found."

// Runner runs a tool by name with its input as JSON; *chat.Desk is one.
type Runner interface {
	Run(ctx context.Context, name, input string) (string, error)
}

// New returns a server of the operations.
func New(version string, operations []chat.Operation, runner Runner) *mcp.Server {
	server := mcp.NewServer(&mcp.Implementation{Name: "egressor", Title: "Egressor", Version: version}, &mcp.ServerOptions{Instructions: instructions})
	for _, operation := range operations {
		server.AddTool(toolOf(operation), handlerOf(operation.Name, runner))
	}
	return server
}

// Handler serves the protocol over streamable HTTP. It keeps no sessions, so any
// replica answers any request; who asks is known from the request's context.
func Handler(server *mcp.Server) http.Handler {
	return mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true})
}

// Serve speaks the protocol over standard input and output until ctx ends or
// the client goes.
func Serve(ctx context.Context, server *mcp.Server) error {
	return server.Run(ctx, &mcp.StdioTransport{})
}

func toolOf(operation chat.Operation) *mcp.Tool {
	closed := false
	schema := map[string]any{"type": "object", "properties": operation.Input.Properties, "additionalProperties": false}
	if len(operation.Input.Required) > 0 {
		schema["required"] = operation.Input.Required
	}
	return &mcp.Tool{
		Name: operation.Name, Description: operation.Description, InputSchema: schema,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
}

// handlerOf hands the tool's failures to the model as results: it can mend its
// question, the protocol cannot.
func handlerOf(name string, runner Runner) mcp.ToolHandler {
	return func(ctx context.Context, request *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		text, err := runner.Run(ctx, name, string(request.Params.Arguments))
		if err != nil {
			text = err.Error()
		}
		return &mcp.CallToolResult{IsError: err != nil, Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil
	}
}
