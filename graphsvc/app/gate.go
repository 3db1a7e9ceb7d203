package app

import (
	"net"
	"net/http"
	"strings"
)

// gate refuses requests that another site's page made the browser send. Without
// a sign-in who can reach the service may ask it, and a browser on this machine
// can reach it for any page it shows; with one, the browser sends the session's
// cookie along.
type gate struct {
	// host is the name or address listened on; any is true where requests come
	// through a proxy, which knows its names better than we do.
	host string
	any  bool
}

// gateOf is the gate of an address listened on, open to any name where insecure.
func gateOf(listen string, insecure bool) gate {
	host, _, _ := net.SplitHostPort(listen) // checked by Config.Check
	return gate{host: host, any: insecure}
}

func (g gate) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !g.knows(r.Host):
			// A page may point its own name at 127.0.0.1 and then ask as itself.
			http.Error(w, "this service is not called "+r.Host+": use 127.0.0.1, localhost or the address of --listen", http.StatusMisdirectedRequest)
		case foreign(r):
			http.Error(w, "requests from other sites are refused", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// knows reports whether a Host header names this machine or what is listened on.
func (g gate) knows(host string) bool {
	if g.any {
		return true
	}
	return loopback(host) || g.host != "" && strings.EqualFold(hostOf(host), g.host)
}

// loopback reports whether an address, with a port or without, is this machine's
// own.
func loopback(address string) bool {
	name := hostOf(address)
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}

func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}

// foreign reports whether another site's page is behind a request. Following a
// link to here is not.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		_, host, _ := strings.Cut(origin, "://")
		return host != r.Host
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return r.Header.Get("Sec-Fetch-Mode") != "navigate"
	default:
		return false
	}
}
