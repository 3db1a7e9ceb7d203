package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestHandler(t *testing.T) {
	built := fstest.MapFS{
		"index.html":          {Data: []byte("<!doctype html>the page")},
		"graphiql.html":       {Data: []byte("<!doctype html>GraphiQL")},
		"favicon.svg":         {Data: []byte("<svg/>")},
		"assets/index-a1b.js": {Data: []byte("js")},
		".gitkeep":            {},
	}
	tests := []struct {
		name, method, path string
		files              fstest.MapFS
		status             int
		body, cache        string
	}{
		{"root", "GET", "/", built, 200, "the page", cacheNever},
		{"route", "GET", "/versions", built, 200, "the page", cacheNever},
		{"deep route", "GET", "/map/a/b", built, 200, "the page", cacheNever},
		{"GraphiQL", "GET", "/graphiql", built, 200, "GraphiQL", cacheNever},
		{"not GraphiQL", "GET", "/graphiql/x", built, 200, "the page", cacheNever},
		{"hashed asset", "GET", "/assets/index-a1b.js", built, 200, "js", cacheForEver},
		{"unhashed file", "GET", "/favicon.svg", built, 200, "<svg/>", cacheNever},
		{"missing asset is no page", "GET", "/assets/old-9.js", built, 404, "404", ""},
		{"way up", "GET", "/../../etc/passwd", built, 200, "the page", cacheNever},
		{"post", "POST", "/", built, 405, "GET and HEAD only", ""},
		{"not built", "GET", "/map", fstest.MapFS{".gitkeep": {}}, 503, "run make build", cacheNever},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequest(test.method, "http://localhost/", http.NoBody)
			request.URL.Path = test.path
			recorder := httptest.NewRecorder()
			handler(test.files).ServeHTTP(recorder, request)
			if recorder.Code != test.status {
				t.Errorf("status of %s %s = %d, want %d", test.method, test.path, recorder.Code, test.status)
			}
			if !strings.Contains(recorder.Body.String(), test.body) {
				t.Errorf("body of %s %s = %q, want it to contain %q", test.method, test.path, recorder.Body, test.body)
			}
			if cache := recorder.Header().Get("Cache-Control"); test.cache != "" && cache != test.cache {
				t.Errorf("Cache-Control of %s = %q, want %q", test.path, cache, test.cache)
			}
		})
	}
}

func TestPolicyForbidsInlineScript(t *testing.T) {
	recorder := httptest.NewRecorder()
	Handler().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	policy := recorder.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Errorf("Content-Security-Policy = %q, want scripts from our own origin only and nothing unsafe", policy)
	}
	if policy == "" || strings.ContainsAny(policy, "\r\n") {
		t.Errorf("Content-Security-Policy = %q, want one line", policy)
	}
}

// GraphiQL's page may set styles inline and start workers; no page may run a script
// that is not ours, nor load anything from elsewhere.
func TestPolicyOfGraphiQLWidensStylesAlone(t *testing.T) {
	policies := map[string]map[string]string{}
	for _, path := range []string{"/", "/graphiql"} {
		recorder := httptest.NewRecorder()
		Handler().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		policies[path] = map[string]string{}
		for directive := range strings.SplitSeq(recorder.Header().Get("Content-Security-Policy"), "; ") {
			name, sources, _ := strings.Cut(directive, " ")
			policies[path][name] = sources
		}
	}
	for name, sources := range policies["/graphiql"] {
		switch {
		case strings.Contains(sources, "http"), strings.Contains(sources, "*"), strings.Contains(sources, "eval"):
			t.Errorf("%s %s", name, sources)
		case name == "style-src", name == "worker-src", name == "font-src":
		case sources != policies["/"][name]:
			t.Errorf("%s %q, and %q elsewhere", name, sources, policies["/"][name])
		}
	}
}
