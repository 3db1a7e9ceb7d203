package app

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/egressor/egressor/graphsvc/signin"
	"github.com/egressor/egressor/internal/report"
)

const hearVersions = `{"query":"subscription { versionCommitted { number } }"}`

// admitting is a service's web server that lets one token in, and a way to change
// what its access file says of it.
func admitting(t *testing.T, token string) (server *httptest.Server, rules func(tokens string)) {
	t.Helper()
	dir := t.TempDir()
	file, written := filepath.Join(dir, "access.yaml"), time.Now().Add(-time.Hour)
	rules = func(tokens string) {
		written = written.Add(time.Minute)
		if err := os.WriteFile(file, []byte("tokens:\n"+tokens), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, written, written); err != nil {
			t.Fatal(err)
		}
	}
	rules(viewer(token, "['*/*']"))
	config := DefaultConfig()
	config.DataDir, config.AccessFile = filepath.Join(dir, "data"), file
	service, err := New(config, report.Discard())
	if err != nil {
		t.Fatal(err)
	}
	server = httptest.NewServer(service.web.routes())
	t.Cleanup(server.Close)
	return server, rules
}

func viewer(token, scopes string) string {
	return fmt.Sprintf("  - {name: ann, hash: '%s', role: viewer, scopes: %s}\n", signin.HashToken(token), scopes)
}

// turnings are what an access file can do to somebody who listens.
func turnings(token string) map[string]string {
	return map[string]string{
		"UNAUTHENTICATED": viewer(signin.NewToken(), "['*/*']"), // the token was taken out
		"FORBIDDEN":       viewer(token, "[lab/shop]"),
	}
}

// TestAStreamTellsThatItsSignInEnded: the last event before the end of a stream of
// events is the reason.
func TestAStreamTellsThatItsSignInEnded(t *testing.T) {
	token := signin.NewToken()
	for code, rule := range turnings(token) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			server, rules := admitting(t, token)
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/graphql/stream", strings.NewReader(hearVersions))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+token)
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Accept", "text/event-stream")
			response, err := server.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			var told []string
			for lines := bufio.NewScanner(response.Body); lines.Scan(); {
				if line := lines.Text(); line == ":" { // it is open
					rules(rule)
				} else if strings.HasPrefix(line, "event: ") || strings.HasPrefix(line, "data: {") {
					told = append(told, line)
				}
			}
			if len(told) != 3 || told[0] != "event: next" || !strings.Contains(told[1], `"code":"`+code+`"`) || told[2] != "event: complete" {
				t.Errorf("told %q, want an error with %s, then the end", told, code)
			}
		})
	}
}

// TestASocketClosesWithWhatEndedItsSignIn by the codes of graphql-transport-ws.
func TestASocketClosesWithWhatEndedItsSignIn(t *testing.T) {
	token := signin.NewToken()
	want := map[string]websocket.StatusCode{"UNAUTHENTICATED": 4401, "FORBIDDEN": 4403}
	for code, rule := range turnings(token) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			server, rules := admitting(t, token)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			conn, response, err := websocket.Dial(ctx, server.URL+"/graphql", &websocket.DialOptions{
				Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Authorization": {"Bearer " + token}},
			})
			if err != nil {
				t.Fatal(err)
			}
			if response.Body != nil {
				_ = response.Body.Close()
			}
			defer func() { _ = conn.CloseNow() }()
			for _, message := range []string{`{"type":"connection_init"}`, `{"id":"1","type":"subscribe","payload":` + hearVersions + `}`} {
				if err := conn.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
					t.Fatal(err)
				}
			}
			for {
				_, text, err := conn.Read(ctx)
				if err != nil {
					if got := websocket.CloseStatus(err); got != want[code] {
						t.Errorf("closed with %d (%v), want %d", got, err, want[code])
					}
					return
				}
				switch message := string(text); {
				case strings.Contains(message, "connection_ack"):
					rules(rule)
				case strings.Contains(message, `"complete"`):
					t.Error("it is told that all was told")
				}
			}
		})
	}
}
