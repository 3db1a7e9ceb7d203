package signin_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/signin"
)

// clockAt is a clock that the test moves.
type clockAt struct{ now time.Time }

func (c *clockAt) Now() time.Time                       { return c.now }
func (c *clockAt) After(time.Duration) <-chan time.Time { return nil }

// site is a service behind a gate, with a page that says who asks.
type site struct {
	*httptest.Server
	clock *clockAt
	file  string
}

func newSite(t *testing.T, rules string) *site {
	t.Helper()
	dir := t.TempDir()
	s := &site{clock: &clockAt{now: time.Now().UTC()}, file: filepath.Join(dir, "access.yaml")}
	s.write(t, rules)
	gate, err := signin.New(signin.Dependencies{
		AccessFile: s.file, SessionKey: filepath.Join(dir, "key"), Clock: s.clock,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Registry: prometheus.NewRegistry(),
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/auth/", gate.Routes())
	mux.Handle("/admin", gate.Guard(access.Admin, http.HandlerFunc(whoAsks)))
	mux.Handle("/", gate.Guard(access.Viewer, http.HandlerFunc(whoAsks)))
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func whoAsks(w http.ResponseWriter, r *http.Request) {
	who := access.From(r.Context())
	_, _ = io.WriteString(w, who.Name+" by "+who.Method)
}

// write replaces the access file, with a modification time of its own.
func (s *site) write(t *testing.T, rules string) {
	t.Helper()
	if err := os.WriteFile(s.file, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(s.file, s.clock.now, s.clock.now); err != nil {
		t.Fatal(err)
	}
}

// get asks with a bearer token, "" for none, and answers status and body.
func (s *site) get(t *testing.T, path, token string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return answer(t, s.Client(), request)
}

func answer(t *testing.T, client *http.Client, request *http.Request) (int, string) {
	t.Helper()
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func tokenRule(name, token, role, more string) string {
	return "  - {name: " + name + ", hash: '" + signin.HashToken(token) + "', role: " + role + more + "}\n"
}

func TestTokens(t *testing.T) {
	viewer, admin, agent, old := signin.NewToken(), signin.NewToken(), signin.NewToken(), signin.NewToken()
	s := newSite(t, "tokens:\n"+tokenRule("ci", viewer, "viewer", ", scopes: [prod/shop]")+tokenRule("ops", admin, "admin", ", scopes: ['*/*']")+
		tokenRule("node", agent, "agent", "")+tokenRule("old", old, "viewer", ", scopes: ['*/*'], expires: 2020-01-01T00:00:00Z"))
	for _, test := range []struct {
		path, token string
		status      int
		body        string
	}{
		{"/", viewer, 200, "ci by token"}, {"/admin", viewer, 403, "ci is viewer and this needs admin"}, {"/admin", admin, 200, "ops by token"},
		{"/", agent, 403, "FORBIDDEN"}, {"/", old, 401, "UNAUTHENTICATED"}, {"/", "", 401, "sign in first"},
		{"/", "egr_guessed", 401, "UNAUTHENTICATED"}, {"/", "a.b.c", 401, "UNAUTHENTICATED"}, {"/", viewer + "x", 401, "UNAUTHENTICATED"},
	} {
		if status, body := s.get(t, test.path, test.token); status != test.status || !strings.Contains(body, test.body) {
			t.Errorf("%s with %.12s: %d %s, want %d %s", test.path, test.token, status, body, test.status, test.body)
		}
	}
}

func TestTakenOutTokenIsRefusedWithinSeconds(t *testing.T) {
	token, other := signin.NewToken(), signin.NewToken()
	with := "tokens:\n" + tokenRule("ann", token, "viewer", ", scopes: ['*/*']") + tokenRule("bob", other, "viewer", ", scopes: ['*/*']")
	s := newSite(t, with)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	response, err := browser.PostForm(s.URL+"/auth/token", url.Values{"token": {token}})
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("signing in: %v %v", response, err)
	}
	_ = response.Body.Close()
	visit := func() int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		status, _ := answer(t, browser, request)
		return status
	}
	if visit() != http.StatusOK {
		t.Fatal("the session does not let its owner in")
	}
	s.clock.now = s.clock.now.Add(3 * time.Second)
	s.write(t, "tokens: [broken")
	if visit() != http.StatusOK {
		t.Error("a broken access file locked everybody out")
	}
	s.clock.now = s.clock.now.Add(3 * time.Second)
	s.write(t, "tokens:\n"+tokenRule("bob", other, "viewer", ", scopes: ['*/*']"))
	if got := visit(); got != http.StatusUnauthorized {
		t.Errorf("a session outlived its token: %d", got)
	}
}

func TestSessionsAreSealed(t *testing.T) {
	token := signin.NewToken()
	s := newSite(t, "tokens:\n"+tokenRule("ann", token, "viewer", ", scopes: ['*/*']"))
	response, err := s.Client().PostForm(s.URL+"/auth/token", url.Values{"token": {token}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	cookie := response.Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("the cookie is open to scripts or other sites: %+v", cookie)
	}
	if strings.Contains(cookie.Value, token) {
		t.Error("the cookie holds the token")
	}
	body, tag, _ := strings.Cut(cookie.Value, ".")
	for name, value := range map[string]string{
		"untouched": cookie.Value, "other content": "e30." + tag, "no tag": body, "half a tag": body + "." + tag[:10], "empty": "",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.AddCookie(&http.Cookie{Name: cookie.Name, Value: value})
		status, _ := answer(t, s.Client(), request)
		if (status == http.StatusOK) != (name == "untouched") {
			t.Errorf("a cookie with %s: %d", name, status)
		}
	}
	s.clock.now = s.clock.now.Add(9 * time.Hour)
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/", http.NoBody)
	request.AddCookie(cookie)
	if status, _ := answer(t, s.Client(), request); status != http.StatusUnauthorized {
		t.Errorf("a session of yesterday: %d", status)
	}
}

func TestStrangersAreSlowedDown(t *testing.T) {
	s := newSite(t, "tokens:\n"+tokenRule("ann", signin.NewToken(), "viewer", ", scopes: ['*/*']"))
	refused := map[int]int{}
	for range 40 {
		status, _ := s.get(t, "/", signin.NewToken())
		refused[status]++
	}
	if refused[401] != 30 || refused[429] != 10 {
		t.Errorf("of 40 guesses at once: %v, want 30 refused and 10 slowed down", refused)
	}
	s.clock.now = s.clock.now.Add(time.Minute)
	if status, _ := s.get(t, "/", ""); status != http.StatusUnauthorized {
		t.Errorf("a minute later: %d", status)
	}
}

func TestWhoami(t *testing.T) {
	token := signin.NewToken()
	s := newSite(t, "tokens:\n"+tokenRule("ann", token, "viewer", ", scopes: [prod/shop]"))
	for given, want := range map[string]signin.Whoami{
		"":    {SignIn: "required", Methods: []string{"token"}},
		token: {SignIn: "required", Methods: []string{"token"}, Name: "ann", Role: access.Viewer, Scopes: []string{"prod/shop"}},
	} {
		_, body := s.get(t, "/auth/me", given)
		var got signin.Whoami
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.Name != want.Name || got.Role != want.Role || strings.Join(got.Scopes, ",") != strings.Join(want.Scopes, ",") || got.SignIn != want.SignIn {
			t.Errorf("with %.8s: %s, want %+v", given, body, want)
		}
	}
}
