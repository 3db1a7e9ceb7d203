package api_test

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query/doubles"
)

func TestIncidentsAndRecommendationsAreDecidedAbout(t *testing.T) {
	s := newService()
	const fields = `{ state decisions { action by note until } }`
	for _, step := range []struct{ document, field, state, newest string }{
		{`mutation { x: acknowledgeIncident(id: "i-shop", note: "I look", key: "k") ` + fields + ` }`, "x", "ACKNOWLEDGED", "map[action:ACKNOWLEDGED by:local note:I look until:<nil>]"},
		{`mutation { x: acknowledgeIncident(id: "i-shop", note: "I look", key: "k") ` + fields + ` }`, "x", "ACKNOWLEDGED", "map[action:ACKNOWLEDGED by:local note:I look until:<nil>]"},
		{`mutation { x: resolveIncident(id: "i-shop") ` + fields + ` }`, "x", "RESOLVED", "map[action:RESOLVED by:local note: until:<nil>]"},
		{`mutation { x: reopenIncident(id: "i-shop") ` + fields + ` }`, "x", "OPEN", "map[action:REOPENED by:local note: until:<nil>]"},
		{`{ x: incident(id: "i-shop") ` + fields + ` }`, "x", "OPEN", "map[action:REOPENED by:local note: until:<nil>]"},
		{`mutation { x: acceptRecommendation(id: "r-shop") ` + fields + ` }`, "x", "ACCEPTED", "map[action:ACCEPTED by:local note: until:<nil>]"},
		{`mutation { x: dismissRecommendation(id: "r-shop", reason: "no", until: "2027-01-01T00:00:00Z") ` + fields + ` }`, "x", "DISMISSED", "map[action:DISMISSED by:local note:no until:2027-01-01T00:00:00Z]"},
		{`mutation { x: reopenRecommendation(id: "r-shop") ` + fields + ` }`, "x", "OPEN", "map[action:REOPENED by:local note: until:<nil>]"},
	} {
		got := s.must(t, step.document, nil)
		if state, newest := got.at(step.field, "state"), fmt.Sprint(got.at(step.field, "decisions", 0)); state != step.state || newest != step.newest {
			t.Errorf("%s: %v, %s", step.document, state, newest)
		}
	}
	if len(s.kept.Kept) != 6 {
		t.Errorf("%d records of 6 decisions, one of them sent twice", len(s.kept.Kept))
	}
}

// What was decided about a page is read at once, and only where it is asked for.
func TestDecisionsAreReadOnceAPage(t *testing.T) {
	s := newService()
	s.kept.Kept = []decision.Record{{Kind: decision.Incident, Subject: "i-both", Action: decision.Resolved, At: doubles.Epoch}}
	got := s.must(t, `{ incidents { edges { node { id state decisions { at } } } } }`, nil)
	var states []string
	for _, edge := range got.at("incidents", "edges").([]any) {
		node := edge.(map[string]any)["node"].(map[string]any)
		states = append(states, fmt.Sprint(node["id"], " ", node["state"]))
	}
	if diff := cmp.Diff([]string{"i-vault OPEN", "i-both RESOLVED", "i-cut OPEN", "i-shop OPEN"}, states); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"Decisions": 1}, s.kept.Counts()); diff != "" {
		t.Errorf("asked of the store (-want +got):\n%s", diff)
	}
	s.must(t, `{ incidents { edges { node { id } } } recommendations { id } }`, nil)
	if asked := s.kept.Counts(); len(asked) > 0 {
		t.Errorf("asked for nothing: %v", asked)
	}
}

func TestViews(t *testing.T) {
	s := newService()
	got := s.must(t, `mutation { saveView(name: " mine ", state: "/map?window=1h", shared: true) { id name state shared mine owner savedAt } }`, nil)
	want := map[string]any{"id": got.at("saveView", "id"), "name": "mine", "state": "/map?window=1h", "shared": true, "mine": true, "owner": "local", "savedAt": doubles.Epoch.Add(time.Hour).Format(time.RFC3339)}
	if diff := cmp.Diff(want, got.at("saveView")); diff != "" {
		t.Error(diff)
	}
	if id := s.must(t, `{ views { id } }`, nil).at("views", 0, "id"); id != want["id"] {
		t.Errorf("listed as %v", id)
	}
	for range 2 {
		s.must(t, `mutation($id: ID!) { deleteView(id: $id) }`, map[string]any{"id": want["id"]})
	}
	if left := s.must(t, `{ views { id } }`, nil).at("views").([]any); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// A mutation changes nothing unless it was sent on purpose: by POST, as JSON,
// which no form of another site can send, and not in process, where the chat asks.
func TestMutationsAreSentOnPurpose(t *testing.T) {
	s := newService()
	const document = `mutation { acknowledgeIncident(id: "i-shop") { id } }`
	by := httptest.NewRequestWithContext(t.Context(), "GET", "/graphql?query="+url.QueryEscape(document), nil)
	response := httptest.NewRecorder()
	s.Queries().ServeHTTP(response, by)
	if response.Code != 405 || response.Header().Get("Allow") != "POST" {
		t.Errorf("by GET: %d %s", response.Code, response.Body)
	}
	for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
		request := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(`{"query":"`+strings.ReplaceAll(document, `"`, `\"`)+`"}`))
		request.Header.Set("Content-Type", media)
		request.Header.Set("Accept", "text/event-stream, */*")
		s.Queries().ServeHTTP(httptest.NewRecorder(), request.Clone(t.Context()))
		s.Streams().ServeHTTP(httptest.NewRecorder(), request)
	}
	if _, err := s.Execute(t.Context(), document, nil); err == nil {
		t.Error("executed in process")
	}
	if len(s.kept.Kept) > 0 {
		t.Errorf("%d records", len(s.kept.Kept))
	}
	if got := s.ask(t, "mutation {"+aliased(`deleteView(id: "v")`, 11)+" }", nil); got.code() != "COMPLEXITY_LIMIT_EXCEEDED" {
		t.Errorf("eleven changes in one request: %+v", got.Errors)
	}
}

func aliased(field string, times int) string {
	var text strings.Builder
	for i := range times {
		fmt.Fprintf(&text, " a%d: %s", i, field)
	}
	return text.String()
}
