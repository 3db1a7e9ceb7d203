package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// deadlines is a graph store that notes until when it may answer.
type deadlines struct {
	*doubles.Graphs
	bounded, unbounded atomic.Int32
}

func (d *deadlines) Head(ctx context.Context) (model.GraphVersion, bool, error) {
	if _, has := ctx.Deadline(); has {
		d.bounded.Add(1)
	} else {
		d.unbounded.Add(1)
	}
	return d.Graphs.Head(ctx)
}

// TestEveryTransportIsBounded: a query is given up after a time however it was asked.
func TestEveryTransportIsBounded(t *testing.T) {
	s := newService()
	store := &deadlines{Graphs: s.graphs}
	server := api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: store, Series: s.series, Layout: s.layout, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour))}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	const document = `{ meta { lab } }`
	for name, ask := range map[string]func() string{
		"HTTP": func() string { return send(t, server, "", `{"query":"`+document+`"}`).Body.String() },
		"events": func() string {
			web := httptest.NewServer(server.Streams())
			defer web.Close()
			return subscribe(t.Context(), t, web, document)()
		},
		"WebSocket": func() string { return overSocket(t, server.Queries(), document, 1)[0] },
		"in process": func() string {
			answer, err := server.Execute(t.Context(), document, nil)
			return fmt.Sprint(string(answer), err)
		},
	} {
		store.bounded.Store(0)
		if got := ask(); !strings.Contains(got, `"lab":false`) || store.bounded.Load() == 0 || store.unbounded.Load() > 0 {
			t.Errorf("%s: %s, asked %d times with a deadline, %d without", name, got, store.bounded.Load(), store.unbounded.Load())
		}
	}
}

// overSocket asks so many times over one WebSocket, and returns what came back.
func overSocket(t *testing.T, handler http.Handler, document string, times int) []string {
	t.Helper()
	web := httptest.NewServer(handler)
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	conn, response, err := websocket.Dial(ctx, web.URL, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		_ = response.Body.Close()
	}
	defer func() { _ = conn.CloseNow() }()
	say := func(message string) {
		if err := conn.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
	}
	say(`{"type":"connection_init"}`)
	var answers []string
	for n := range times {
		if n == 0 {
			hear(ctx, t, conn, "connection_ack")
		}
		say(fmt.Sprintf(`{"id":"%d","type":"subscribe","payload":{"query":%q}}`, n, document))
		answers = append(answers, hear(ctx, t, conn, "next"))
	}
	return answers
}

func hear(ctx context.Context, t *testing.T, conn *websocket.Conn, kind string) string {
	t.Helper()
	for {
		_, text, err := conn.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var message struct{ Type string }
		if err := json.Unmarshal(text, &message); err != nil {
			t.Fatal(err)
		}
		if message.Type == kind {
			return string(text)
		}
	}
}

// TestASocketIsPaced: what the gate counts by request is counted by question
// over a WebSocket.
func TestASocketIsPaced(t *testing.T) {
	s := newService()
	var asked, recorded atomic.Int32
	server := api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Layout: s.layout, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour))}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
		Pace:  func(context.Context) bool { return asked.Add(1) <= 2 },
		Audit: func(context.Context, api.Operation) func(string) { recorded.Add(1); return func(string) {} },
	})
	for n, got := range overSocket(t, server.Queries(), `{ meta { lab } }`, 4) {
		if refused := strings.Contains(got, "RATE_LIMITED"); refused != (n >= 2) {
			t.Errorf("question %d: %s", n, got)
		}
	}
	if recorded.Load() != 2 {
		t.Errorf("%d are on the record, want the 2 that were answered", recorded.Load())
	}
	if got := send(t, server, "", `{"query":"{ meta { lab } }"}`).Body.String(); !strings.Contains(got, `"lab":false`) {
		t.Errorf("a request, which the gate counts, was counted again: %s", got)
	}
}

// TestWhoLeavesEarlyIsOnTheRecord: nobody keeps a question off the record by not
// waiting for its answer.
func TestWhoLeavesEarlyIsOnTheRecord(t *testing.T) {
	s := newService()
	outcomes := make(chan string, 2)
	server := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{Graphs: s.graphs}), Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
		Audit: func(_ context.Context, o api.Operation) func(string) {
			return func(outcome string) { outcomes <- o.Kind + " " + outcome }
		},
	})
	web := httptest.NewServer(server.Streams())
	defer web.Close()
	ctx, leave := context.WithCancel(t.Context())
	subscribe(ctx, t, web, `subscription { versionCommitted { number } }`) // no version is ever committed
	leave()
	if got := <-outcomes; got != "subscription CANCELLED" {
		t.Errorf("recorded %q", got)
	}
}

// TestStreamsKeepBodiesOutOfTheLog: what is no request is refused before gqlgen
// writes it into the log.
func TestStreamsKeepBodiesOutOfTheLog(t *testing.T) {
	s := newService()
	for body, want := range map[string]int{`{"query": "egr_secret`: 400, `["egr_secret"]`: 400, `{}`: 400} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql/stream", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "text/event-stream")
		response := httptest.NewRecorder()
		s.Streams().ServeHTTP(response, request)
		if response.Code != want || strings.Contains(response.Body.String(), "egr_secret") {
			t.Errorf("%s: %d %s", body, response.Code, response.Body)
		}
	}
}

// TestCypherIsForAnalysts who see everything.
func TestCypherIsForAnalysts(t *testing.T) {
	s, double := newService(), &cypherDouble{}
	server := api.New(api.Dependencies{
		Explorer:  query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Cypher: double, Clock: doubles.Clock(doubles.Epoch)}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	for _, test := range []struct {
		role  access.Role
		scope []access.Scope
		taken bool
	}{
		{access.Viewer, access.Everywhere, false}, {access.Analyst, access.Everywhere, true}, {access.Admin, access.Everywhere, true},
		{access.Analyst, []access.Scope{{Cluster: "lab", Namespace: "shop"}}, false},
	} {
		ctx := access.With(t.Context(), access.Principal{Name: "bob", Role: test.role, Scopes: test.scope})
		_, err := server.Execute(ctx, `{ cypher(query: "MATCH (n) RETURN n") { more } }`, nil)
		if (err == nil) != test.taken {
			t.Errorf("%s of %v: %v", test.role, test.scope, err)
		}
	}
}
