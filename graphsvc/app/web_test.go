package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/egressor/egressor/internal/report"
)

// wired is the whole service, wired and not started.
func wired(t *testing.T) *App {
	t.Helper()
	config := DefaultConfig()
	config.DataDir = filepath.Join(t.TempDir(), "data")
	service, err := New(config, report.Discard())
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// request sends one request to a handler; headers are name and value in turn.
func request(handler http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	sent := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			sent.Host = headers[i+1]
			continue
		}
		sent.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, sent)
	return recorder
}

func TestRoutes(t *testing.T) {
	handler := wired(t).web.routes()
	page := request(handler, "/")
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/healthz":           {200, "ok"},
		"/readyz":            {503, "not connected yet"},
		"/metrics":           {200, "egressor_rollup_lag_seconds"},
		"/assets/none.js":    {404, "not found"},
		"/favicon-none.ico":  {404, "not found"},
		"/versions/3":        {page.Code, page.Body.String()}, // a route of the page
		"/graphql":           {400, "there is no query"},
		"/../../etc/passwd":  {307, ""}, // the mux cleans the path first
		"/graphql/stream/no": {page.Code, page.Body.String()},
	} {
		got := request(handler, path)
		if got.Code != want.status || !strings.Contains(got.Body.String(), want.body) {
			t.Errorf("GET %s: %d %.200q, want %d with %.60q", path, got.Code, got.Body, want.status, want.body)
		}
	}
}

func TestMetricsAreOurs(t *testing.T) {
	body := request(wired(t).web.routes(), "/metrics").Body.String()
	for _, name := range []string{
		"egressor_rollup_failures_total", "egressor_rollup_fold_seconds", "egressor_rollup_wire_bytes_total",
		"egressor_rollup_unknown_bytes_total", "egressor_rollup_sender_silent_bytes_total", "egressor_rollup_sender_silent_border_bytes_total", "egressor_ingest_", "go_goroutines",
	} {
		if !strings.Contains(body, "\n"+name) && !strings.Contains(body, "# HELP "+name) {
			t.Errorf("/metrics does not list %s", name)
		}
	}
}

func TestReadyNamesWhatIsDown(t *testing.T) {
	reporter := report.Discard()
	w := newWeb(DefaultConfig().Listen, doors{}, reporter, http.NotFoundHandler())
	reporter.Health("clickhouse", func(context.Context) error { return nil })
	var down error
	reporter.Health("neo4j", func(context.Context) error { return down })
	for _, want := range []struct {
		err    error
		status int
		neo4j  string
	}{{nil, 200, "ok"}, {errors.New("nothing listens there"), 503, "nothing listens there"}, {nil, 200, "ok"}} {
		down = want.err
		got := request(w.routes(), "/readyz")
		var states map[string]string
		if err := json.Unmarshal(got.Body.Bytes(), &states); err != nil {
			t.Fatal(err)
		}
		if got.Code != want.status || states["neo4j"] != want.neo4j || states["clickhouse"] != "ok" {
			t.Errorf("with neo4j %v: %d %v, want %d and %q", want.err, got.Code, states, want.status, want.neo4j)
		}
	}
}

func TestTheGate(t *testing.T) {
	reached := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	const in, forbidden, misdirected = http.StatusTeapot, http.StatusForbidden, http.StatusMisdirectedRequest
	for name, test := range map[string]struct {
		listen   string
		insecure bool
		headers  []string
		want     int
	}{
		"no browser":                  {"", false, nil, in},
		"our own page":                {"", false, []string{"Origin", "http://127.0.0.1:8080"}, in},
		"our own page, marked":        {"", false, []string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors"}, in},
		"typed into the address bar":  {"", false, []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"}, in},
		"a link followed":             {"", false, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}, in},
		"another site":                {"", false, []string{"Origin", "https://evil.example"}, forbidden},
		"another port":                {"", false, []string{"Origin", "http://127.0.0.1:3000"}, forbidden},
		"a sandboxed frame":           {"", false, []string{"Origin", "null"}, forbidden},
		"another site's picture":      {"", false, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, forbidden},
		"a neighbour's picture":       {"", false, []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors"}, forbidden},
		"by name":                     {"", false, []string{"Host", "localhost:8080"}, in},
		"by name, loudly":             {"", false, []string{"Host", "LOCALHOST"}, in},
		"in IPv6":                     {"", false, []string{"Host", "[::1]:8080"}, in},
		"in IPv6 without port":        {"", false, []string{"Host", "[::1]"}, in},
		"a rebound name":              {"", false, []string{"Host", "evil.example:8080", "Origin", "http://evil.example:8080"}, misdirected},
		"a name that looks like ours": {"", false, []string{"Host", "127.0.0.1.evil.example"}, misdirected},
		"no name":                     {"", false, []string{"Host", ""}, misdirected},
		"the address listened on":     {"127.0.0.2:80", false, []string{"Host", "127.0.0.2"}, in},
		"behind a proxy":              {":8080", true, []string{"Host", "egressor.example", "Origin", "https://egressor.example"}, in},
		"another site behind a proxy": {":8080", true, []string{"Host", "egressor.example", "Origin", "https://evil.example"}, forbidden},
	} {
		listen := cmp.Or(test.listen, "127.0.0.1:8080")
		if got := request(gateOf(listen, test.insecure).guard(reached), "/graphql", test.headers...); got.Code != test.want {
			t.Errorf("%s: %d %q, want %d", name, got.Code, got.Body, test.want)
		}
	}
}

func TestTheServerListensAndStops(t *testing.T) {
	w := newWeb("127.0.0.1:0", doors{}, report.Discard(), http.NotFoundHandler())
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get("http://" + w.address + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if _ = answer.Body.Close(); err != nil || string(body) != "ok\n" {
		t.Fatalf("answered %q (%v)", body, err)
	}
	if err := w.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := net.Dial("tcp", w.address); err == nil {
		t.Error("it still listens")
	}
	select {
	case err := <-w.Dead():
		t.Errorf("an orderly stop was reported as a death: %v", err)
	default:
	}
}

func TestABusyPortIsNamed(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	listen := taken.Addr().String()
	err = newWeb(listen, doors{}, report.Discard(), http.NotFoundHandler()).Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), listen) || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("error %v, want one that names %s and --listen", err, listen)
	}
}

// A client that promises a body and never sends it is let go; one that reads
// events for longer than a body may take is not.
func TestABodyThatDoesNotCome(t *testing.T) {
	const soon, late = 500 * time.Millisecond, time.Minute
	served := func(within time.Duration) string {
		server := httptest.NewServer(timelyBody(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			select {
			case <-r.Context().Done():
			case <-time.After(2 * soon):
				_, _ = w.Write(body)
			}
		}), within))
		t.Cleanup(server.Close)
		return server.Listener.Addr().String()
	}
	within := map[time.Duration]string{soon: served(soon), late: served(late)}
	for name, test := range map[string]struct {
		within     time.Duration
		sent, want string
	}{
		"whole":    {soon, "Content-Length: 2\r\n\r\nhi", "hi"},
		"none":     {soon, "\r\n", ""},
		"half":     {soon, "Content-Length: 2\r\n\r\nh", "did not come in time"},
		"too long": {late, "Content-Length: 2097152\r\n\r\n" + strings.Repeat("x", 2<<20), "at most 1 MiB"},
	} {
		connection, err := net.Dial("tcp", within[test.within])
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = connection.Write([]byte("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + test.sent))
		}()
		answer, err := io.ReadAll(connection)
		if _ = connection.Close(); !strings.Contains(string(answer), test.want) || !strings.HasPrefix(string(answer), "HTTP/1.1 ") {
			t.Errorf("%s: answered %.200q (%v), want %q", name, answer, err, test.want)
		}
	}
}

// A client that does not read its answer is cut off; one that listens to events
// is not.
func TestAnAnswerThatIsNotRead(t *testing.T) {
	const within = 50 * time.Millisecond
	ended := make(chan error, 1)
	much := make([]byte, 64<<20) // more than all buffers on the way hold
	server := httptest.NewServer(timelyAnswer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/graphql/stream" {
			<-time.After(4 * within)
			_, err := w.Write([]byte("event"))
			ended <- err
			return
		}
		_, err := w.Write(much)
		ended <- err
	}), within))
	t.Cleanup(server.Close)
	for _, path := range []string{"/graphql", "/graphql/stream"} {
		connection, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := connection.Write([]byte("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; (err == nil) != (path == "/graphql/stream") {
			t.Errorf("%s: %v", path, err)
		}
		_ = connection.Close()
	}
}
