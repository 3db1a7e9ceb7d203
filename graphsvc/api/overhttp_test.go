package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/internal/model"
)

// send posts a body and returns the response.
func send(t *testing.T, s *api.Server, accept, body string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	if accept != "" {
		request.Header.Set("Accept", accept)
	}
	response := httptest.NewRecorder()
	s.Queries().ServeHTTP(response, request)
	return response
}

// TestMediaTypes: the newer one says by its status whether a request ran.
func TestMediaTypes(t *testing.T) {
	s := newService()
	const newer, older = "application/graphql-response+json", "application/json"
	good, wrong := `{"query":"{ meta { lab } }"}`, `{"query":"{ nosuch }"}`
	for _, row := range []struct {
		accept, body, media string
		status              int
	}{
		{"", good, older, 200},
		{"*/*", good, older, 200},
		{newer, good, newer, 200},
		{newer, wrong, newer, 400},
		{newer, `{"query":"{"}`, newer, 400},
		{newer, `{"query":"query($v: Version) { meta(asOf: {version: $v}) { lab } }","variables":{"v":{}}}`, newer, 400},
		{older, wrong, older, 200},
		{newer + ", " + older + ";q=0.9", good, newer, 200},
		{older + ", " + newer, good, older, 200},
		{newer + ";q=0.1, " + older, good, older, 200},
		{"text/html, */*;q=0.1", good, older, 200},
		{"text/html", good, older, 406},
		{newer + ";q=0", good, older, 406},
	} {
		got := send(t, s.Server, row.accept, row.body)
		if want := row.media + "; charset=utf-8"; got.Code != row.status || got.Header().Get("Content-Type") != want {
			t.Errorf("accept %q, %s: %d %s, want %d %s", row.accept, row.body, got.Code, got.Header().Get("Content-Type"), row.status, want)
		}
		if ran := strings.Contains(got.Body.String(), `"data"`); ran != strings.Contains(row.body, "lab } }\"}") && row.status != 406 {
			t.Errorf("accept %q, %s: data: %v in %s", row.accept, row.body, ran, got.Body)
		}
	}
}

// TestOneVersionPerRequest: fields that are answered after a commit speak of the
// version that the first one found, and the answer says which.
func TestOneVersionPerRequest(t *testing.T) {
	s := newService()
	moving := &movingGraphs{Graphs: s.graphs}
	server := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: moving, Series: s.series, Layout: s.layout, Sources: doubles.Sources{}, Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	})
	got := read(t, send(t, server, "", `{"query":"{ a: meta { version { number } } b: meta { version { number } } c: transfers { version { number } } }"}`).Body)
	for _, field := range []string{"a.version.number", "b.version.number", "c.version.number"} {
		if found := walk(got, field); found != "4" {
			t.Errorf("%s is %v", field, found)
		}
	}
	if said, _ := got.Extensions["egressor"].(map[string]any); fmt.Sprint(said["version"]) != "4" || said["ms"] == nil {
		t.Errorf("the extensions say %v", got.Extensions)
	}
}

// movingGraphs has another newest version each time it is asked.
type movingGraphs struct {
	*doubles.Graphs
	asked int
}

func (g *movingGraphs) Head(context.Context) (model.GraphVersion, bool, error) {
	g.asked++
	return doubles.Version(uint64(3 + g.asked)), true, nil
}

func TestPersistedDocuments(t *testing.T) {
	s := newService()
	const text = `{ meta { lab } }`
	id := api.DocumentID(text)
	trusting := api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{Graphs: s.graphs, Series: s.series, Layout: s.layout, Clock: doubles.Clock(doubles.Epoch)}), Committed: s.hub,
		Investigator: s.chat, Documents: []string{text}, DocumentsOnly: true, Log: slog.New(slog.DiscardHandler),
	})
	hash := strings.TrimPrefix(id, "sha256:")
	apq := func(query string) string {
		return fmt.Sprintf(`{%s"extensions":{"persistedQuery":{"version":1,"sha256Hash":"%s"}}}`, query, hash)
	}
	for _, row := range []struct {
		name   string
		server *api.Server
		body   string
		want   string
	}{
		{"by id", trusting, `{"documentId":"` + id + `"}`, `"lab":false`},
		{"the trusted text itself", trusting, `{"query":"` + text + `"}`, `"lab":false`},
		{"another text", trusting, `{"query":"{ meta { lagSeconds } }"}`, `"FORBIDDEN"`},
		{"an id that is not known", trusting, `{"documentId":"sha256:00"}`, "no persisted document"},
		{"an id with another text", trusting, `{"documentId":"` + id + `","query":"{ limits { depth } }"}`, "no persisted document"},
		{"no documents here", s.Server, `{"documentId":"` + id + `"}`, "no persisted document"},
		{"a hash that is not known", s.Server, apq(""), "PERSISTED_QUERY_NOT_FOUND"},
		{"a hash of another text", s.Server, apq(`"query":"{ limits { depth } }",`), "does not match"},
	} {
		if got := send(t, row.server, "", row.body).Body.String(); !strings.Contains(got, row.want) {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
	// Automatic ones live as long as their handler.
	handler := s.Queries()
	for _, row := range []struct{ body, want string }{{apq(""), "PERSISTED_QUERY_NOT_FOUND"}, {apq(`"query":"` + text + `",`), `"lab":false`}, {apq(""), `"lab":false`}} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(row.body))
		request.Header.Set("Content-Type", "application/json")
		response := httptest.NewRecorder()
		handler.ServeHTTP(response, request)
		if !strings.Contains(response.Body.String(), row.want) {
			t.Errorf("%s: %s, want %s", row.body, response.Body, row.want)
		}
	}
	byGet := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?extensions="+url.QueryEscape(`{"persistedQuery":{"version":1,"sha256Hash":"`+hash+`"}}`), nil)
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, byGet)
	if !strings.Contains(response.Body.String(), `"lab":false`) {
		t.Errorf("by GET: %s", response.Body)
	}
}

// TestBombs: documents that are small and grow when they are worked on.
func TestBombs(t *testing.T) {
	var doubling strings.Builder
	doubling.WriteString("{ ...f0 }")
	for i := range 60 {
		fmt.Fprintf(&doubling, " fragment f%d on Query { ...f%d ...f%d }", i, i+1, i+1)
	}
	doubling.WriteString(" fragment f60 on Query { meta { lab } }")
	deep := strings.Repeat("... on Query { ", 5) + "__schema { types { " + strings.Repeat("fields { type { ", 12) + "name" + strings.Repeat(" } }", 12) + " } }" + strings.Repeat(" }", 5)
	s := newService()
	for name, row := range map[string]struct{ document, want string }{
		"fragments that double":  {doubling.String(), "COMPLEXITY_LIMIT_EXCEEDED"},
		"deep introspection":     {"{ " + deep + " }", "GRAPHQL_VALIDATION_FAILED"},
		"fragments in a circle":  {"{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "GRAPHQL_VALIDATION_FAILED"},
		"aliases":                {"{ " + strings.Repeat("a: __typename ", 301) + "}", "COMPLEXITY_LIMIT_EXCEEDED"},
		"both fields of @oneOf":  {`{ meta(asOf: {version: 1, time: "2026-11-23T10:00:00Z"}) { lab } }`, "GRAPHQL_VALIDATION_FAILED"},
		"null in a field of one": {`{ meta(asOf: {version: null}) { lab } }`, "GRAPHQL_VALIDATION_FAILED"},
	} {
		if got := s.ask(t, row.document, nil); got.code() != row.want {
			t.Errorf("%s: %+v, want %s", name, got.Errors, row.want)
		}
	}
	for _, asOf := range []map[string]any{{"version": 1, "time": "2026-11-23T10:00:00Z"}, {}, {"version": nil}} {
		if got := s.ask(t, `query($asOf: AsOf) { meta(asOf: $asOf) { lab } }`, map[string]any{"asOf": asOf}); len(got.Errors) == 0 {
			t.Errorf("@oneOf by variable %v was answered", asOf)
		}
	}
}

// TestLimitsAreTold: clients can read what they may ask for, and every code.
func TestLimitsAreTold(t *testing.T) {
	got := newService().must(t, `{ limits { depth aliases bodyBytes seconds transfers documentsOnly errorCodes } }`, nil)
	if got.at("limits", "depth") != json.Number("18") || got.at("limits", "documentsOnly") != false {
		t.Errorf("got %v", got.Data)
	}
	told := map[string]bool{}
	for _, code := range got.at("limits", "errorCodes").([]any) {
		told[code.(string)] = true
	}
	for _, code := range []query.Code{
		query.CodeBadInput, query.CodeUnknownID, query.CodeVersionNotYet, query.CodeVersionExpired, query.CodeStoreUnavailable,
		query.CodeCancelled, query.CodeTimeout, query.CodeForbidden, query.CodeInternal,
	} {
		if !told[string(code)] {
			t.Errorf("the code %s is not told", code)
		}
	}
}

// TestWebSocket: graphql-transport-ws from the same origin alone.
func TestWebSocket(t *testing.T) {
	s := newService()
	web := httptest.NewServer(s.Queries())
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for name, options := range map[string]*websocket.DialOptions{
		"another origin": {Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {"https://evil.example"}}},
		"the old one":    {Subprotocols: []string{"graphql-ws"}},
		"no protocol":    {},
	} {
		conn, response, err := websocket.Dial(ctx, web.URL, options)
		if response != nil && response.Body != nil {
			_ = response.Body.Close()
		}
		if err == nil {
			_ = conn.CloseNow()
			t.Errorf("%s: let in", name)
		}
	}
	conn, response, err := websocket.Dial(ctx, web.URL, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		_ = response.Body.Close()
	}
	defer func() { _ = conn.CloseNow() }()
	exchange(ctx, t, conn, map[string]any{"type": "connection_init"}, `map[type:connection_ack]`)
	go func() { s.hub.versions <- doubles.Version(7) }()
	exchange(ctx, t, conn, map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{"query": `subscription { versionCommitted { number } }`}},
		`map[id:1 payload:map[data:map[versionCommitted:map[number:7]]] type:next]`)
}

func exchange(ctx context.Context, t *testing.T, conn *websocket.Conn, message any, want string) {
	t.Helper()
	if err := wsjson.Write(ctx, conn, message); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	for got == nil || got["type"] == "ping" || got["type"] == "ka" {
		got = nil
		if err := wsjson.Read(ctx, conn, &got); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(want, fmt.Sprint(got)); d != "" {
		t.Error(d)
	}
}

// TestAWebSocketCarriesSoMuch: what goes on over one is bounded, whatever its
// client asks for; what is completed makes room.
func TestAWebSocketCarriesSoMuch(t *testing.T) {
	const most = 100
	s := newService()
	web := httptest.NewServer(s.Queries())
	defer web.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	conn, response, err := websocket.Dial(ctx, web.URL, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		_ = response.Body.Close()
	}
	defer func() { _ = conn.CloseNow() }()
	exchange(ctx, t, conn, map[string]any{"type": "connection_init"}, `map[type:connection_ack]`)
	subscribe := func(id string) {
		if err := wsjson.Write(ctx, conn, map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": `subscription { versionCommitted { number } }`}}); err != nil {
			t.Fatal(err)
		}
	}
	for n := range most + 1 {
		subscribe(fmt.Sprint(n))
	}
	refused := hear(ctx, t, conn, "next")
	if !strings.Contains(refused, "RATE_LIMITED") {
		t.Fatalf("one more than %d: %s", most, refused)
	}
	hear(ctx, t, conn, "complete") // of the refused one
	var ended struct{ ID string }
	for n := range most + 1 { // whichever was refused: its completion is not answered
		if err := wsjson.Write(ctx, conn, map[string]any{"id": fmt.Sprint(n), "type": "complete"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal([]byte(hear(ctx, t, conn, "complete")), &ended); err != nil || ended.ID == "" {
		t.Fatalf("a completed subscription: %v %+v", err, ended)
	}
	go func() { // to whoever listens
		for ctx.Err() == nil {
			select {
			case s.hub.versions <- doubles.Version(7):
			case <-ctx.Done():
			}
		}
	}()
	for again := 0; ; again++ { // what was completed a moment ago may still be about to end
		subscribe(fmt.Sprint("again ", again))
		if said := hear(ctx, t, conn, "next"); strings.Contains(said, `"number":7`) {
			return
		}
	}
}
