package signin

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/egressor/egressor/graphsvc/access"
)

// Whoami is the answer of /auth/me: what a browser needs to show who is signed
// in, or how to.
type Whoami struct {
	// SignIn is "off" on loopback without an access file, else "required".
	SignIn string      `json:"signIn"`
	Name   string      `json:"name,omitempty"`
	Role   access.Role `json:"role,omitempty"`
	Scopes []string    `json:"scopes,omitempty"`
	// Methods are the ways to sign in: "token", and "oidc" where configured.
	Methods []string `json:"methods,omitempty"`
}

// Routes serves /auth/: who is signed in, signing in and out.
func (g *Gate) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /auth/me", g.me)
	mux.HandleFunc("GET /auth/login", g.login)
	mux.HandleFunc("GET "+callbackPath, g.callback)
	mux.HandleFunc("POST /auth/token", g.token)
	mux.HandleFunc("POST /auth/logout", g.logout)
	return mux
}

// Off serves /auth/me where sign-in is off.
func Off() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		local := access.Local()
		writeJSON(w, http.StatusOK, Whoami{SignIn: "off", Name: local.Name, Role: local.Role, Scopes: []string{access.Everywhere[0].String()}})
	})
}

func (g *Gate) me(w http.ResponseWriter, r *http.Request) {
	answer := Whoami{SignIn: "required", Methods: []string{"token"}}
	if g.file.current().OIDC != nil {
		answer.Methods = append(answer.Methods, "oidc")
	}
	if who, ok := g.who(r); ok {
		answer.Name, answer.Role = who.Name, who.Role
		for _, scope := range who.Scopes {
			answer.Scopes = append(answer.Scopes, scope.String())
		}
	}
	writeJSON(w, http.StatusOK, answer)
}

// token begins a session with a token that was typed in.
func (g *Gate) token(w http.ResponseWriter, r *http.Request) {
	if !g.paces.stranger(r, g.trusted) {
		g.refuse(w, "pace", http.StatusTooManyRequests, "RATE_LIMITED", "too many attempts to sign in", "wait a minute")
		return
	}
	who, ok := g.Token(strings.TrimSpace(r.PostFormValue("token")))
	if !ok || !who.Role.AtLeast(access.Viewer) {
		g.refuse(w, "unknown", http.StatusUnauthorized, "UNAUTHENTICATED", "this token is not known, has expired or is an agent's", "make one with `egressor token`")
		return
	}
	hash := HashToken(strings.TrimSpace(r.PostFormValue("token")))
	if g.begin(w, r, who, session{TokenHash: hash, Expires: g.clock.Now().Add(sessionLife)}) {
		writeJSON(w, http.StatusOK, map[string]string{"name": who.Name})
	}
}

// login sends a browser to the provider.
func (g *Gate) login(w http.ResponseWriter, r *http.Request) {
	rules := g.file.current()
	if rules.OIDC == nil {
		Problem(w, http.StatusNotFound, "BAD_INPUT", "no OpenID provider is configured", "sign in with a token")
		return
	}
	l := login{
		State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(),
		To: local(r.URL.Query().Get("to")), Expires: g.clock.Now().Add(loginLife),
	}
	target, err := g.provider.begin(r.Context(), *rules.OIDC, l)
	if err != nil {
		g.log.Error("a sign-in could not begin", "error", err)
		Problem(w, http.StatusBadGateway, "STORE_UNAVAILABLE", "the OpenID provider does not answer", "sign in with a token, or see the service's log")
		return
	}
	sealed, err := seal(g.key, loginPurpose, l)
	if err != nil {
		Problem(w, http.StatusInternalServerError, "INTERNAL", "the sign-in could not begin", "see the service's log")
		return
	}
	g.setCookie(w, r, loginCookie, sealed, loginLife)
	http.Redirect(w, r, target, http.StatusFound)
}

// callback begins a session for whom the provider sent back.
func (g *Gate) callback(w http.ResponseWriter, r *http.Request) {
	rules := g.file.current()
	cookie, err := r.Cookie(loginCookie)
	var l login
	if err == nil {
		err = unseal(g.key, loginPurpose, cookie.Value, &l)
	}
	asked := r.URL.Query()
	if err != nil || rules.OIDC == nil || !g.clock.Now().Before(l.Expires) || asked.Get("state") != l.State {
		Problem(w, http.StatusBadRequest, "UNAUTHENTICATED", "this sign-in was not begun here, or more than 10 minutes ago", "begin again at /")
		return
	}
	g.setCookie(w, r, loginCookie, "", -time.Second)
	someone, err := g.provider.end(r.Context(), *rules.OIDC, l, asked.Get("code"))
	if err != nil {
		g.log.Warn("a sign-in failed", "error", err, "provider", asked.Get("error"))
		Problem(w, http.StatusUnauthorized, "UNAUTHENTICATED", "the OpenID provider's answer was not accepted", "begin again at /, or see the service's log")
		return
	}
	who, ok := rules.OIDC.principal(someone.name, someone.groups)
	if !ok {
		g.refuse(w, "role", http.StatusForbidden, "FORBIDDEN", someone.name+" is in no group that the access file grants anything", "ask an admin for a grant")
		return
	}
	if g.begin(w, r, who, session{Name: someone.name, Groups: someone.groups, Expires: g.clock.Now().Add(sessionLife)}) {
		http.Redirect(w, r, l.To, http.StatusFound)
	}
}

func (g *Gate) logout(w http.ResponseWriter, r *http.Request) {
	g.setCookie(w, r, sessionCookie, "", -time.Second)
	writeJSON(w, http.StatusOK, map[string]string{})
}

func (g *Gate) begin(w http.ResponseWriter, r *http.Request, who access.Principal, s session) bool {
	sealed, err := seal(g.key, sessionPurpose, s)
	if err != nil {
		Problem(w, http.StatusInternalServerError, "INTERNAL", "the session could not begin", "see the service's log")
		return false
	}
	g.setCookie(w, r, sessionCookie, sealed, sessionLife)
	g.signed(r.Context(), who)
	return true
}

// setCookie is for this site's own requests alone. Lax lets the way back from
// the provider bring the login's cookie.
func (g *Gate) setCookie(w http.ResponseWriter, r *http.Request, name, value string, life time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second), HttpOnly: true,
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https", SameSite: http.SameSiteLaxMode,
	})
}

// local keeps a sign-in from ending at another site.
func local(to string) string {
	// Browsers read "\\" as "/" and drop control characters before they look.
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsFunc(to, func(r rune) bool { return r < ' ' || r == '\\' }) {
		return "/"
	}
	return to
}

// Problem answers in the form that GraphQL clients understand.
func Problem(w http.ResponseWriter, status int, code, message, hint string) {
	writeJSON(w, status, map[string]any{"errors": []any{
		map[string]any{"message": message, "extensions": map[string]any{"code": code, "hint": hint}},
	}})
}

func writeJSON(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}
