package mcpserver_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"github.com/egressor/egressor/graphsvc/mcpserver"
	"github.com/egressor/egressor/internal/testkit"
)

// typeScriptClient is the protocol's TypeScript SDK, which npm ci installs.
const typeScriptClient = "../../ui/node_modules/@modelcontextprotocol/sdk/package.json"

// inputs are what the tools with required inputs are called with.
const inputs = `{"search": {"text": "checkout"}, "explain_cost": {"id": "t00000000000f0412"}, "evidence": {"id": "t00000000000f0412"},
 "find_paths": {"source": "a", "destination": "b"}, "depends_on": {"node": "a"}, "explain_incident": {"id": "i"}, "explain_saving": {"id": "r"},
 "query": {"statement": "MATCH (n) RETURN n"}, "calculate": {"expression": "f1 * 2"},
 "explain_change": {"beforeFrom": "2026-11-23T10:00:00Z", "beforeTo": "2026-11-23T10:10:00Z", "afterFrom": "2026-11-23T10:10:00Z", "afterTo": "2026-11-23T10:20:00Z"}}`

// TestAClientOfAnotherMake: the TypeScript SDK's client lists and calls all tools
// over HTTP.
func TestAClientOfAnotherMake(t *testing.T) {
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(typeScriptClient)
	}
	testkit.Require(t, "node", err)
	a := &asked{}
	server, operations := newServer(t, a)
	web := httptest.NewServer(mcpserver.Handler(server))
	t.Cleanup(web.Close)
	client := exec.CommandContext(t.Context(), node, "test/mcp/client.mjs", web.URL)
	client.Dir, client.Stdin = "../../ui", bytes.NewReader([]byte(inputs))
	var failed bytes.Buffer
	client.Stderr = &failed
	said, err := client.Output()
	if err != nil {
		t.Fatalf("the client failed: %v\n%s", err, failed.String())
	}
	var got struct {
		Server  struct{ Name string }
		Tools   []struct{ Name string }
		Results map[string]struct {
			IsError bool
			Content []struct{ Type, Text string }
		}
	}
	if err := json.Unmarshal(said, &got); err != nil {
		t.Fatal(err)
	}
	if got.Server.Name != "egressor" || len(got.Tools) != len(operations) {
		t.Errorf("%q has %d tools, want egressor with %d", got.Server.Name, len(got.Tools), len(operations))
	}
	for _, operation := range operations {
		result := got.Results[operation.Name]
		if result.IsError || len(result.Content) != 1 || result.Content[0].Text == "" {
			t.Errorf("%s: %+v", operation.Name, result)
		}
	}
}
