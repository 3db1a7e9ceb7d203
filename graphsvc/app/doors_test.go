package app

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/signin"
	"github.com/egressor/egressor/internal/report"
)

// TestNothingWithoutSignIn: with an access file every way to data is closed to
// who is not in it, on any address; what holds no data is open.
func TestNothingWithoutSignIn(t *testing.T) {
	viewer, scoped, agent := signin.NewToken(), signin.NewToken(), signin.NewToken()
	dir := t.TempDir()
	file := filepath.Join(dir, "access.yaml")
	text := "tokens:\n" +
		"  - {name: ann, hash: '" + signin.HashToken(viewer) + "', role: viewer, scopes: ['*/*']}\n" +
		"  - {name: bob, hash: '" + signin.HashToken(scoped) + "', role: viewer, scopes: [prod/shop]}\n" +
		"  - {name: node, hash: '" + signin.HashToken(agent) + "', role: agent}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	config := DefaultConfig()
	config.DataDir, config.AccessFile, config.Listen = filepath.Join(dir, "data"), file, "0.0.0.0:8080"
	service, err := New(config, report.Discard())
	if err != nil {
		t.Fatal(err)
	}
	handler := service.web.routes()
	for token, told := range map[string]bool{"": false, scoped: false, agent: false, viewer: true} {
		headers := []string{"Host", "egressor.example"}
		if token != "" {
			headers = append(headers, "Authorization", "Bearer "+token)
		}
		body := request(handler, "/readyz", headers...).Body.String()
		if strings.Contains(body, "not connected yet") != told || strings.Contains(body, `"not ok"`) == told {
			t.Errorf("GET /readyz with %.8s: %s", token, body)
		}
	}
	for _, test := range []struct {
		path, token string
		status      int
	}{
		{"/graphql?query={__typename}", "", http.StatusUnauthorized},
		{"/graphql?query={__typename}", viewer, http.StatusOK},
		{"/graphql?query={__typename}", scoped, http.StatusOK},
		{"/metrics", scoped, http.StatusForbidden},
		{"/graphql?query={__typename}", agent, http.StatusForbidden},
		{"/graphql/stream", "", http.StatusUnauthorized},
		{"/metrics", "", http.StatusUnauthorized},
		{"/metrics", viewer, http.StatusOK},
		{"/healthz", "", http.StatusOK},
		{"/readyz", "", http.StatusServiceUnavailable},
		{"/auth/me", "", http.StatusOK},
		{"/", "", request(handler, "/").Code},
	} {
		headers := []string{"Host", "egressor.example"}
		if test.token != "" {
			headers = append(headers, "Authorization", "Bearer "+test.token)
		}
		if got := request(handler, test.path, headers...); got.Code != test.status {
			t.Errorf("GET %s with %.8s: %d %s, want %d", test.path, test.token, got.Code, strings.TrimSpace(got.Body.String()), test.status)
		}
	}
}
