package api_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/api"
)

const startIt = `mutation { startInvestigation(question: "why?", key: "k") { id state } }`

func TestAnInvestigationIsOnTheRecord(t *testing.T) {
	s := newService()
	s.chat.events = []api.ChatEvent{
		{ToolCall: &api.ToolCall{ID: "1", Name: "costliest"}}, {ToolCall: &api.ToolCall{ID: "1", Name: "costliest", Result: "{}"}},
		{Text: "It is "}, {Text: "checkout."}, {Done: &api.ChatDone{Version: 4, Unproven: []string{"42"}}},
	}
	id := s.must(t, startIt, nil).at("startInvestigation", "id")
	if again := s.must(t, startIt, nil).at("startInvestigation", "id"); again != id {
		t.Errorf("sent again, it is %v and not %v", again, id)
	}
	last := eventsOf(t, s, `subscription { investigationProgress(id: "`+id.(string)+`") { state answer } }`)
	if want := `{"state":"DONE","answer":"It is checkout."}`; !strings.Contains(last, want) {
		t.Errorf("the last event is %s, want %s", last, want)
	}
	got := s.must(t, `query($id: ID!) { investigation(id: $id) { question incident state by engine answer steps version unproven failure } }`, map[string]any{"id": id})
	want := map[string]any{
		"question": "why?", "incident": nil, "state": "DONE", "by": "local", "engine": "rules", "answer": "It is checkout.", "steps": []any{"costliest"},
		"version": json.Number("4"), "unproven": []any{"42"}, "failure": "",
	}
	if diff := cmp.Diff(want, got.at("investigation")); diff != "" {
		t.Error(diff)
	}
	kept := s.must(t, `query($id: ID!) { investigation(id: $id) { markdown inputTokens evidence { tool input result } } }`, map[string]any{"id": id})
	if text, _ := kept.at("investigation", "markdown").(string); !strings.Contains(text, "# "+want["question"].(string)) || !strings.Contains(text, "Answered by") {
		t.Errorf("as a document it is %q", text)
	}
	if listed := s.must(t, `{ investigations { edges { node { id } } pageInfo { hasNextPage } } }`, nil); listed.at("investigations", "edges", 0, "node", "id") != id {
		t.Errorf("listed: %v", listed.Data)
	}
	if len(s.kept.Kept) != 2 {
		t.Errorf("%d records: its beginning and its end are two", len(s.kept.Kept))
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

// eventsOf subscribes and returns the text of the last event.
func eventsOf(t *testing.T, s *service, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithTimeout(t.Context(), 20*time.Second)
	defer leave()
	request := httptest.NewRequestWithContext(ctx, "POST", "/graphql/stream", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	response := httptest.NewRecorder()
	s.Streams().ServeHTTP(response, request)
	var last string
	for line := range strings.SplitSeq(response.Body.String(), "\n") {
		if data, ok := strings.CutPrefix(line, "data: "); ok && strings.Contains(data, "{") {
			last = data
		}
	}
	return last
}

// A service that stops ends what goes on, and says so on the record.
func TestInvestigationsEndWithTheService(t *testing.T) {
	s := newService()
	s.chat.endless = true
	id := s.must(t, startIt, nil).at("startInvestigation", "id")
	if state := s.must(t, `query($id: ID!) { investigation(id: $id) { state } }`, map[string]any{"id": id}).at("investigation", "state"); state != "RUNNING" {
		t.Errorf("it is %v", state)
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := s.must(t, `query($id: ID!) { investigation(id: $id) { state failure } }`, map[string]any{"id": id})
	if diff := cmp.Diff(map[string]any{"state": "FAILED", "failure": "the service stopped"}, got.at("investigation")); diff != "" {
		t.Error(diff)
	}
}
