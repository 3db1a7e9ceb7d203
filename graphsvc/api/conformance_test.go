package api_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/testkit"
)

// TestGraphQLOverHTTP runs the public audit suite (npm graphql-http): no error
// and no warning.
func TestGraphQLOverHTTP(t *testing.T) {
	_, missing := os.Stat("../../ui/node_modules/graphql-http")
	if missing == nil {
		_, missing = exec.LookPath("node")
	}
	testkit.Require(t, "node", missing)
	web := httptest.NewServer(newService().Queries())
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	audit := exec.CommandContext(ctx, "node", "test/graphql-over-http.mjs", web.URL+"/graphql")
	audit.Dir = "../../ui"
	told, err := audit.CombinedOutput()
	t.Logf("%s", told)
	if err != nil {
		t.Errorf("the audit suite objects: %v", err)
	}
}
