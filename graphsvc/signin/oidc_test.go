package signin_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// idProvider is a small OpenID provider: discovery and keys are the library's
// own test server; the two pages of the code flow are here, and check what the
// specification says that a provider must check (RFC 7636, section 4.6).
type idProvider struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any

	mu     sync.Mutex
	asked  url.Values
	spoilt string // a nonce to answer with instead
}

func newIDProvider(t *testing.T, claims map[string]any) *idProvider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &idProvider{key: key, claims: claims}
	library := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: oidc.RS256}}}
	mux := http.NewServeMux()
	mux.Handle("/", library)
	mux.HandleFunc("/auth", p.page)
	mux.HandleFunc("/token", p.exchange)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	library.SetIssuer(p.URL)
	return p
}

func (p *idProvider) page(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = r.URL.Query()
	http.Redirect(w, r, p.asked.Get("redirect_uri")+"?code=c0de&state="+url.QueryEscape(p.asked.Get("state")), http.StatusFound)
}

func (p *idProvider) exchange(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if r.FormValue("code") != "c0de" || base64.RawURLEncoding.EncodeToString(sum[:]) != p.asked.Get("code_challenge") {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	nonce := p.asked.Get("nonce")
	if p.spoilt != "" {
		nonce = p.spoilt
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.idToken(nonce)})
}

func (p *idProvider) idToken(nonce string) string {
	claims := map[string]any{"iss": p.URL, "aud": "egressor", "sub": "u-17", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "nonce": nonce}
	for name, claim := range p.claims {
		claims[name] = claim
	}
	text, _ := json.Marshal(claims)
	return oidctest.SignIDToken(p.key, "k", oidc.RS256, string(text))
}

func withProvider(t *testing.T, p *idProvider) *site {
	t.Helper()
	// The redirect address must be known before the site is: its port is chosen
	// first, then written into the file.
	s := newSite(t, "oidc: {issuer: '"+p.URL+"', clientID: egressor, redirectURL: 'http://x/auth/callback', grants: [{group: sre, role: admin, scopes: ['*/*']}]}")
	s.clock.now = s.clock.now.Add(3 * time.Second)
	s.write(t, fmt.Sprintf("oidc: {issuer: '%s', clientID: egressor, redirectURL: '%s/auth/callback', grants: [{group: sre, role: admin, scopes: ['*/*']}, {group: shop, role: viewer, scopes: [prod/shop]}]}", p.URL, s.URL))
	return s
}

func browse(t *testing.T, s *site, path string) (int, string, *http.Client) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	status, body := answer(t, browser, request)
	return status, body, browser
}

func TestOpenIDSignIn(t *testing.T) {
	for name, test := range map[string]struct {
		claims map[string]any
		status int
		body   string
	}{
		"by verified mail":  {map[string]any{"email": "ann@example.com", "email_verified": true, "groups": []string{"shop", "sre"}}, 200, "ann@example.com by oidc"},
		"by subject":        {map[string]any{"email": "ann@example.com", "groups": "shop"}, 200, "u-17 by oidc"},
		"in no known group": {map[string]any{"groups": []string{"hr"}}, 403, "in no group"},
		"in no group":       {map[string]any{}, 403, "in no group"},
	} {
		s := withProvider(t, newIDProvider(t, test.claims))
		status, body, _ := browse(t, s, "/auth/login?to=/map")
		if status != test.status || !strings.Contains(body, test.body) {
			t.Errorf("%s: %d %s, want %d %s", name, status, body, test.status, test.body)
		}
	}
}

func TestOpenIDBearer(t *testing.T) {
	p := newIDProvider(t, map[string]any{"groups": []string{"shop"}})
	s := withProvider(t, p)
	if status, body := s.get(t, "/", p.idToken("")); status != 200 || body != "u-17 by oidc" {
		t.Errorf("an ID token as bearer: %d %s", status, body)
	}
	if status, _ := s.get(t, "/admin", p.idToken("")); status != 403 {
		t.Errorf("a viewer as admin: %d", status)
	}
	other := newIDProvider(t, map[string]any{"groups": []string{"sre"}})
	if status, _ := s.get(t, "/", other.idToken("")); status != 401 {
		t.Errorf("a token of another provider: %d", status)
	}
}

func TestForgedSignIns(t *testing.T) {
	p := newIDProvider(t, map[string]any{"groups": []string{"sre"}})
	s := withProvider(t, p)
	if status, _, _ := browse(t, s, "/auth/callback?code=c0de&state=x"); status != 400 {
		t.Errorf("a callback that nobody began: %d", status)
	}
	p.spoilt = "another sign-in's nonce"
	if status, body, _ := browse(t, s, "/auth/login"); status != 401 {
		t.Errorf("an ID token of another sign-in: %d %s", status, body)
	}
	p.spoilt = ""
	for _, to := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "/\t/evil.example", ""} {
		status, body, _ := browse(t, s, "/auth/login?to="+url.QueryEscape(to))
		if status != 200 || !strings.Contains(body, "by oidc") {
			t.Errorf("sent on to %q: %d %s", to, status, body)
		}
	}
}
