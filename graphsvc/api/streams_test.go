package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

// subscribe opens a stream of events over a real connection. The returned
// function reads the next event; "complete" and "" end the stream.
func subscribe(ctx context.Context, t *testing.T, server *httptest.Server, document string) func() string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%d %s", response.StatusCode, kind)
	}
	lines := bufio.NewScanner(response.Body)
	return func() string {
		for lines.Scan() {
			if data, found := strings.CutPrefix(lines.Text(), "data: "); found && data != "" {
				return data
			}
			if lines.Text() == "event: complete" {
				return "complete"
			}
		}
		return ""
	}
}

func TestVersionsAreStreamed(t *testing.T) {
	s := newService()
	server := httptest.NewServer(s.Streams())
	defer server.Close()
	next := subscribe(t.Context(), t, server, `subscription { versionCommitted { number cost { display } } }`)
	for number := uint64(5); number < 8; number++ {
		s.hub.versions <- doubles.Version(number)
		if got, want := next(), fmt.Sprintf(`{"data":{"versionCommitted":{"number":%d,"cost":{"display":"$%d.00"}}}}`, number, number); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	close(s.hub.versions)
	if got := next(); got != "complete" {
		t.Errorf("the stream ends in %q", got)
	}
}

func TestAnswersAreStreamed(t *testing.T) {
	s := newService()
	s.chat.events = []api.ChatEvent{
		{ToolCall: &api.ToolCall{ID: "1", Name: "overview", Input: "{}"}},
		{ToolCall: &api.ToolCall{ID: "1", Name: "overview", Input: "{}", Result: `{"a":1}`}},
		{Text: "It is <b>so</b>."},
		{Figure: &api.ChatFigure{Text: "5 GiB", Reference: "f3", Unit: "bytes", Version: 4, From: "2026-11-23T10:04:00Z", To: "2026-11-23T11:04:00Z", By: "reference"}},
		{Cause: &api.ChatCause{Text: "rollout", Reference: "c1"}},
		{Unproven: &api.ChatUnproven{Text: "6 GiB", Why: "w"}},
		{Done: &api.ChatDone{Conversation: "c", Version: 4, ChatUsage: api.ChatUsage{InputTokens: 7, OutputTokens: 8}}},
		{Done: &api.ChatDone{Conversation: "c", Unproven: []string{"5 GiB"}}},
		{Failed: &api.ChatFailed{Code: "REFUSED", Message: "m", Hint: "h"}},
	}
	server := httptest.NewServer(s.Streams())
	defer server.Close()
	next := subscribe(t.Context(), t, server, `subscription { ask(question: "why?") { __typename
		... on ChatText { text } ... on ChatFigure { text reference unit version window { from } by } ... on ChatCause { text reference } ... on ChatUnproven { text why } ... on ChatToolCall { name result error } ... on ChatDone { version unproven inputTokens } ... on ChatFailed { code hint } } }`)
	for _, want := range []string{
		`{"__typename":"ChatToolCall","name":"overview","result":null,"error":null}`,
		`{"__typename":"ChatToolCall","name":"overview","result":"{\"a\":1}","error":null}`,
		`{"__typename":"ChatText","text":"It is \u003cb\u003eso\u003c/b\u003e."}`,
		`{"__typename":"ChatFigure","text":"5 GiB","reference":"f3","unit":"bytes","version":4,"window":{"from":"2026-11-23T10:04:00Z"},"by":"reference"}`,
		`{"__typename":"ChatCause","text":"rollout","reference":"c1"}`,
		`{"__typename":"ChatUnproven","text":"6 GiB","why":"w"}`,
		`{"__typename":"ChatDone","version":4,"unproven":[],"inputTokens":7}`,
		`{"__typename":"ChatDone","version":null,"unproven":["5 GiB"],"inputTokens":0}`,
		`{"__typename":"ChatFailed","code":"REFUSED","hint":"h"}`,
	} {
		got := struct{ Data struct{ Ask json.RawMessage } }{}
		if err := json.Unmarshal([]byte(next()), &got); err != nil || !equalJSON(t, want, string(got.Data.Ask)) {
			t.Errorf("got %s (%v), want %s", got.Data.Ask, err, want)
		}
	}
	if got := next(); got != "complete" {
		t.Errorf("the stream ends in %q", got)
	}
}

func equalJSON(t *testing.T, one, other string) bool {
	t.Helper()
	var a, b any
	if json.Unmarshal([]byte(one), &a) != nil || json.Unmarshal([]byte(other), &b) != nil {
		return false
	}
	return fmt.Sprint(a) == fmt.Sprint(b)
}

// TestGoneAskersEndTheirStreams: nothing runs on for a client that went away.
func TestGoneAskersEndTheirStreams(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s := newService()
	s.chat.events, s.chat.endless = []api.ChatEvent{{Text: "well"}}, true
	server := httptest.NewServer(s.Streams())
	ctx, cancel := context.WithCancel(t.Context())
	answer := subscribe(ctx, t, server, `subscription { ask(question: "why?") { ... on ChatText { text } ... on ChatFigure { text reference unit version window { from } by } ... on ChatCause { text reference } ... on ChatUnproven { text why } } }`)
	if got := answer(); !strings.Contains(got, "well") {
		t.Fatalf("got %q", got)
	}
	versions := subscribe(ctx, t, server, `subscription { versionCommitted { number } }`)
	s.hub.versions <- doubles.Version(5)
	if got := versions(); !strings.Contains(got, "5") {
		t.Fatalf("got %q", got)
	}
	cancel()
	<-s.chat.gone
	server.Close() // waits for both requests
	goleak.VerifyNone(t, before)
}

func TestQuestionsAreChecked(t *testing.T) {
	s := newService()
	server := httptest.NewServer(s.Streams())
	defer server.Close()
	for name, question := range map[string]string{"none": "", "blank": `  \n`, "too long": strings.Repeat("é", 4001)} {
		next := subscribe(t.Context(), t, server, `subscription { ask(question: "`+question+`") { __typename } }`)
		if got := next(); !strings.Contains(got, "BAD_INPUT") {
			t.Errorf("%s: got %.300s", name, got)
		}
	}
	next := subscribe(t.Context(), t, server, `subscription { ask(question: "`+strings.Repeat("é", 4000)+`") { __typename } }`)
	if got := next(); got != "complete" {
		t.Errorf("the longest question: %s", got)
	}
}
