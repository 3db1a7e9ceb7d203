package signin

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/internal/clock"
)

const (
	sessionCookie = "egressor_session"
	loginCookie   = "egressor_login"
	callbackPath  = "/auth/callback"

	sessionPurpose = "session"
	loginPurpose   = "login"
)

// Gate lets requests in by token or session, and knows who they are from.
type Gate struct {
	file     *file
	key      []byte
	provider provider
	clock    clock.Clock
	log      *slog.Logger
	paces    *paces
	refused  *prometheus.CounterVec
	trusted  []netip.Prefix
	signed   func(ctx context.Context, who access.Principal)
}

// Dependencies are what a Gate needs.
type Dependencies struct {
	// AccessFile says who may do what; SessionKey seals the cookies and is made
	// where it is missing. Services behind one name share one key.
	AccessFile, SessionKey string
	Clock                  clock.Clock
	Log                    *slog.Logger
	Registry               *prometheus.Registry
	// TrustedProxies may say in X-Forwarded-For whom a request comes from.
	TrustedProxies []netip.Prefix
	// Signed is told who began a session; nil where nobody wants to know.
	Signed func(ctx context.Context, who access.Principal)
}

// New reads the access file and the key.
func New(d Dependencies) (*Gate, error) {
	key, err := loadKey(d.SessionKey)
	if err != nil {
		return nil, err
	}
	rules, err := openFile(d.AccessFile, d.Clock, d.Log)
	if err != nil {
		return nil, err
	}
	refused := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "egressor_signin_refused_total", Help: "Requests refused: unknown (nobody known), role (not allowed), pace (too many).",
	}, []string{"reason"})
	d.Registry.MustRegister(refused)
	if d.Signed == nil {
		d.Signed = func(context.Context, access.Principal) {}
	}
	return &Gate{file: rules, key: key, clock: d.Clock, log: d.Log, paces: newPaces(d.Clock), refused: refused, trusted: d.TrustedProxies, signed: d.Signed}, nil
}

// Guard lets through who is at least of a role, with the principal in the
// request's context, which ends when they are no longer let in. Others get the
// errors that a GraphQL client understands.
func (g *Gate) Guard(needed access.Role, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, ok := g.who(r)
		switch {
		case !ok && !g.paces.stranger(r, g.trusted):
			g.refuse(w, "pace", http.StatusTooManyRequests, "RATE_LIMITED", "too many requests without a valid sign-in", "wait a minute")
		case !ok:
			w.Header().Set("WWW-Authenticate", `Bearer realm="egressor"`)
			g.refuse(w, "unknown", http.StatusUnauthorized, "UNAUTHENTICATED", "sign in first", "send Authorization: Bearer TOKEN, or sign in in the browser at /")
		case !who.Role.AtLeast(needed):
			g.refuse(w, "role", http.StatusForbidden, "FORBIDDEN", who.Name+" is "+string(who.Role)+" and this needs "+string(needed), "ask an admin for the role in the access file")
		case !g.paces.known(who.Name):
			w.Header().Set("Retry-After", "1")
			g.refuse(w, "pace", http.StatusTooManyRequests, "RATE_LIMITED", who.Name+" asks too fast", "ask at most 50 times a second")
		default:
			ctx, end := context.WithCancelCause(access.With(r.Context(), who))
			defer end(nil)
			go g.hold(ctx, end, r, who)
			next.ServeHTTP(w, r.WithContext(ctx))
		}
	})
}

// Pace reports whether whose request a context belongs to may ask once more:
// for what is asked over a connection that was let in once.
func (g *Gate) Pace(ctx context.Context) bool {
	if g.paces.known(access.From(ctx).Name) {
		return true
	}
	g.refused.WithLabelValues("pace").Inc()
	return false
}

// Who is who a request is from; ok is false for somebody unknown.
func (g *Gate) Who(r *http.Request) (who access.Principal, ok bool) { return g.who(r) }

// Token is who a token belongs to: for callers that are not web browsers.
func (g *Gate) Token(secret string) (access.Principal, bool) {
	rules := g.file.current()
	return rules.byHash(HashToken(secret), g.clock.Now())
}

func (g *Gate) who(r *http.Request) (access.Principal, bool) {
	if secret, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found {
		return g.bearer(r.Context(), secret)
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return access.Principal{}, false
	}
	var s session
	if err := unseal(g.key, sessionPurpose, cookie.Value, &s); err != nil || !g.clock.Now().Before(s.Expires) {
		return access.Principal{}, false
	}
	return g.session(s)
}

// bearer takes a token of ours, or an ID token of the provider.
func (g *Gate) bearer(ctx context.Context, secret string) (access.Principal, bool) {
	if strings.HasPrefix(secret, tokenPrefix) {
		return g.Token(secret)
	}
	rules := g.file.current()
	if rules.OIDC == nil || strings.Count(secret, ".") != 2 {
		return access.Principal{}, false
	}
	someone, err := g.provider.verify(ctx, *rules.OIDC, secret, "")
	if err != nil {
		g.log.Info("an ID token was refused", "error", err)
		return access.Principal{}, false
	}
	return rules.OIDC.principal(someone.name, someone.groups)
}

// session is what a session's owner may do by the rules of now.
func (g *Gate) session(s session) (access.Principal, bool) {
	rules := g.file.current()
	switch {
	case s.TokenHash != "":
		return rules.byHash(s.TokenHash, g.clock.Now())
	case rules.OIDC != nil && s.Name != "":
		return rules.OIDC.principal(s.Name, s.Groups)
	default:
		return access.Principal{}, false
	}
}

func (g *Gate) refuse(w http.ResponseWriter, reason string, status int, code, message, hint string) {
	g.refused.WithLabelValues(reason).Inc()
	Problem(w, status, code, message, hint)
}
