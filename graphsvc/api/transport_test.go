package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	s := newService()
	aliases := func(n int, field string) string {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "a%d: %s ", i, field)
		}
		return "{ " + text.String() + "}"
	}
	for _, row := range []struct{ name, document, want string }{
		{"as much as is allowed", aliases(300, `meta { lab }`), ""},
		{"too many fields", "{ meta { " + strings.Repeat("lab ", 1100) + "} }", "COMPLEXITY_LIMIT_EXCEEDED"},
		{"as many windows as are allowed", aliases(19, `graph { rest { bytes } }`), ""},
		{"too many windows", aliases(20, `graph { rest { bytes } }`), "COMPLEXITY_LIMIT_EXCEEDED"},
		{"too many tokens", "{ meta { lab } " + strings.Repeat("# x\n __typename ", 2000) + "}", "GRAPHQL_PARSE_FAILED"},
		{"no syntax", "{ meta", "GRAPHQL_PARSE_FAILED"},
		{"no such field", "{ secrets }", "GRAPHQL_VALIDATION_FAILED"},
		{"two of @oneOf", `{ meta(asOf: {version: 1, time: "2026-11-23T10:00:00Z"}) { lab } }`, "GRAPHQL_VALIDATION_FAILED"},
		{"a mutation", "mutation { drop }", "GRAPHQL_VALIDATION_FAILED"},
	} {
		got := s.ask(t, row.document, nil)
		if got.code() != row.want {
			t.Errorf("%s: got %+v, want %q", row.name, got.Errors, row.want)
		}
		if row.want == "" {
			continue
		}
		if hint, _ := got.Errors[0].Extensions["hint"].(string); hint == "" {
			t.Errorf("%s: no hint: %+v", row.name, got.Errors)
		}
		if _, err := s.Execute(t.Context(), row.document, nil); err == nil || !strings.Contains(err.Error(), got.Errors[0].Message) || !strings.HasSuffix(err.Error(), ")") {
			t.Errorf("%s in process: got %v, want %q and a hint", row.name, err, got.Errors[0].Message)
		}
	}
}

func TestExecute(t *testing.T) {
	s := newService()
	got, err := s.Execute(t.Context(), `query($first: Int) { transfers(first: $first) { totalCount edges { node { sourceName } } } }`, map[string]any{"first": json.Number("1")})
	if want := `{"transfers":{"totalCount":20,"edges":[{"node":{"sourceName":"web"}}]}}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
	if _, err := s.Execute(t.Context(), `subscription { versionCommitted { number } }`, nil); err == nil {
		t.Error("a subscription was executed")
	}
	if _, err := s.Execute(t.Context(), `{ meta(asOf: {version: 9}) { lab } }`, nil); err == nil || err.Error() != "version 9 does not exist yet (the newest version is 4)" {
		t.Errorf("got %v, want the message and the hint", err)
	}
	if got, err := s.Execute(t.Context(), `{ __schema { types { name } } }`, nil); err == nil {
		t.Errorf("a tool may read the schema: %s", got)
	}
}

func TestTransports(t *testing.T) {
	s := newService()
	const query = `{"query":"{ meta { lab } }"}`
	form, boundary := multipartOf(t)
	for _, row := range []struct {
		name, method, target, contentType, body string
		want                                    int
	}{
		{"POST of JSON", "POST", "/graphql", "application/json", query, 200},
		{"GET", "GET", "/graphql?query=" + url.QueryEscape("{ meta { lab } }"), "", "", 200},
		{"GET of a subscription", "GET", "/graphql?query=" + url.QueryEscape(`subscription { versionCommitted { number } }`), "", "", 405},
		{"multipart, which any site's form can send", "POST", "/graphql", boundary, form, 415},
		{"a form", "POST", "/graphql", "application/x-www-form-urlencoded", "query={meta{lab}}", 415},
		{"text, which needs no preflight", "POST", "/graphql", "text/plain", query, 415},
		{"PUT", "PUT", "/graphql", "application/json", query, 405},
		{"no JSON", "POST", "/graphql", "application/json", "{", 400},
		{"a body beyond the limit", "POST", "/graphql", "application/json", `{"query":"{ meta { lab } } #` + strings.Repeat("x", 1<<20) + `"}`, 413},
		{"two values", "POST", "/graphql", "application/json", query + query, 400},
		{"another charset", "POST", "/graphql", "application/json; charset=latin1", query, 415},
		{"a mutation by GET", "GET", "/graphql?query=" + url.QueryEscape("mutation { drop }"), "", "", 200},
		{"variables that are no object", "GET", "/graphql?query=" + url.QueryEscape("{ meta { lab } }") + "&variables=3", "", "", 400},
	} {
		request := httptest.NewRequestWithContext(t.Context(), row.method, row.target, strings.NewReader(row.body))
		if row.contentType != "" {
			request.Header.Set("Content-Type", row.contentType)
		}
		response := httptest.NewRecorder()
		s.Queries().ServeHTTP(response, request)
		if row.want != 0 && response.Code != row.want {
			t.Errorf("%s: %d %s, want %d", row.name, response.Code, response.Body, row.want)
		}
		if answered := strings.Contains(response.Body.String(), `"lab":false`); answered != (row.want == 200 && !strings.Contains(row.name, "mutation")) {
			t.Errorf("%s: answered: %v: %.200s", row.name, answered, response.Body)
		}
	}
}

func multipartOf(t *testing.T) (body, contentType string) {
	t.Helper()
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	if err := writer.WriteField("operations", `{"query":"{ meta { lab } }"}`); err != nil {
		t.Fatal(err)
	}
	if err := writer.WriteField("map", "{}"); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return form.String(), writer.FormDataContentType()
}

// TestStreamsTakeJSONOnly: by POST, asking for events.
func TestStreamsTakeJSONOnly(t *testing.T) {
	s := newService()
	for _, header := range []http.Header{
		{"Accept": {"text/event-stream"}, "Content-Type": {"text/plain"}},
		{"Content-Type": {"application/json"}},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql/stream", strings.NewReader(`{"query":"{ meta { lab } }"}`))
		request.Header = header
		response := httptest.NewRecorder()
		s.Streams().ServeHTTP(response, request)
		if response.Code != http.StatusBadRequest {
			t.Errorf("%v: %d %s", header, response.Code, response.Body)
		}
	}
}
