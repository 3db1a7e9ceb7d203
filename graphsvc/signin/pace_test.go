package signin

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestWhomARequestComesFrom(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, test := range []struct{ name, remote, forwarded, want string }{
		{"nobody in between", "198.51.100.7:5000", "", "198.51.100.7"},
		{"a stranger says who they are", "198.51.100.7:5000", "203.0.113.1", "198.51.100.7"},
		{"through a proxy", "10.0.0.1:5000", "203.0.113.1", "203.0.113.1"},
		{"through two proxies", "10.0.0.1:5000", "203.0.113.1, 10.0.0.2", "203.0.113.1"},
		{"what the client said before the proxy", "10.0.0.1:5000", "192.0.2.9, 203.0.113.1", "203.0.113.1"},
		{"a proxy that says nothing", "10.0.0.1:5000", "", "10.0.0.1"},
		{"a proxy that says nonsense", "10.0.0.1:5000", "unknown", "10.0.0.1"},
		{"IPv6, and IPv4 in it", "[::1]:5000", "::ffff:203.0.113.1", "203.0.113.1"},
	} {
		request := &http.Request{RemoteAddr: test.remote, Header: http.Header{}}
		if test.forwarded != "" {
			request.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := clientOf(request, trusted); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
