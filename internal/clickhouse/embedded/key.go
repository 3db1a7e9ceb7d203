package embedded

import (
	"crypto/subtle"
	"fmt"
	"net/http"

	"github.com/egressor/egressor/internal/clickhouse/handover"
)

// authentication asks for the key: every program on the machine can reach a
// loopback address, and the engine reads and writes files as our user.
type authentication struct{ key handover.Key }

// check returns why the request is refused, nil where it knows the key. The
// engine has no users: any name goes.
func (a authentication) check(r *http.Request) *Exception {
	if r.URL.Query().Has("password") {
		return a.refuse("The key does not belong into the URL, where logs would show it")
	}
	presented := r.Header.Get("X-ClickHouse-Key")
	if presented == "" {
		_, presented, _ = r.BasicAuth()
	}
	switch {
	case presented == "":
		return a.refuse("The key is missing")
	case subtle.ConstantTimeCompare([]byte(presented), []byte(a.key.Secret)) != 1:
		return a.refuse("The key is wrong")
	default:
		return nil
	}
}

func (a authentication) refuse(reason string) *Exception {
	return raise(codeAuthentication, fmt.Sprintf("%s: send what is in %s as the header X-ClickHouse-Key or as the password of HTTP basic authentication. (AUTHENTICATION_FAILED)", reason, a.key.File))
}

// require lets only those through who know the key, and everyone to /ping.
func (a authentication) require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ping" {
			if refused := a.check(r); refused != nil {
				w.Header().Set("WWW-Authenticate", `Basic realm="embedded clickhouse"`)
				answerException(w, refused)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
