package mcpserver_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/chat"
	"github.com/egressor/egressor/graphsvc/mcpserver"
)

// asked records what an executor is asked and by whom.
type asked struct {
	variables map[string]any
	who       access.Principal
	failing   error
}

func (a *asked) execute(ctx context.Context, _ string, variables map[string]any) (json.RawMessage, error) {
	a.variables, a.who = variables, access.From(ctx)
	return json.RawMessage(`{"transfers":{"totalCount":3}}`), a.failing
}

func newServer(t *testing.T, a *asked) (*mcp.Server, []chat.Operation) {
	t.Helper()
	operations, err := chat.LoadOperations(api.Schema())
	if err != nil {
		t.Fatal(err)
	}
	return mcpserver.New("v0", operations, chat.NewDesk(chat.NewToolbox(operations, a.execute), nil)), operations
}

// connect is the SDK's own client on a transport.
func connect(t *testing.T, transport mcp.Transport) *mcp.ClientSession {
	t.Helper()
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v0"}, nil).Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

func textOf(t *testing.T, result *mcp.CallToolResult) string {
	t.Helper()
	if len(result.Content) != 1 {
		t.Fatalf("%d parts", len(result.Content))
	}
	return result.Content[0].(*mcp.TextContent).Text
}

func TestEveryOperationIsATool(t *testing.T) {
	a := &asked{}
	server, operations := newServer(t, a)
	here, there := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session := connect(t, here)
	listed, err := session.ListTools(t.Context(), nil)
	if err != nil || len(listed.Tools) != len(operations) {
		t.Fatalf("%d tools of %d operations: %v", len(listed.Tools), len(operations), err)
	}
	for _, tool := range listed.Tools {
		if !tool.Annotations.ReadOnlyHint || tool.Description == "" {
			t.Errorf("tool %s: %+v", tool.Name, tool)
		}
	}
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "top_transfers", Arguments: map[string]any{"first": 5}})
	if err != nil || result.IsError || !strings.Contains(textOf(t, result), `"totalCount":"3 #f1"`) || a.variables["first"] != json.Number("5") {
		t.Errorf("%v %+v, asked with %v", err, result, a.variables)
	}
}

func TestFailuresAreResultsForTheModel(t *testing.T) {
	a := &asked{failing: errors.New("the graph store does not answer (run egressor doctor)")}
	server, _ := newServer(t, a)
	here, there := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session := connect(t, here)
	for name, arguments := range map[string]map[string]any{"overview": {}, "top_transfers": {"nosuch": 1}} {
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
		if err != nil || !result.IsError || textOf(t, result) == "" {
			t.Errorf("%s: %v %+v", name, err, result)
		}
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "drop_everything"}); err == nil {
		t.Error("a tool that does not exist was called")
	}
}

func TestOverHTTPWithTheAskersRights(t *testing.T) {
	a := &asked{}
	server, _ := newServer(t, a)
	handler := mcpserver.Handler(server)
	ann := access.Principal{Name: "ann", Method: "token", Role: access.Viewer}
	web := httptest.NewServer(handlerAs(ann, handler))
	t.Cleanup(web.Close)
	session := connect(t, &mcp.StreamableClientTransport{Endpoint: web.URL, DisableStandaloneSSE: true})
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "overview", Arguments: map[string]any{}})
	if err != nil || result.IsError {
		t.Fatalf("%v %+v", err, result)
	}
	if a.who.Name != "ann" {
		t.Errorf("asked as %+v", a.who)
	}
}
