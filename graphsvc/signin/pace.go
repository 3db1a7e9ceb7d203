package signin

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"golang.org/x/time/rate"

	"github.com/egressor/egressor/internal/clock"
)

// How fast one principal may ask, and how often one address may be refused. The
// user interface asks about ten times when a screen opens.
const (
	knownPerSecond    = 50
	knownBurst        = 200
	strangerPerMinute = 30
	strangerBurst     = 30
	// mostPaces bounds the memory that strangers with many addresses can take.
	mostPaces = 20_000
)

// paces are token buckets by name or address.
type paces struct {
	clock   clock.Clock
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newPaces(now clock.Clock) *paces {
	return &paces{clock: now, buckets: map[string]*rate.Limiter{}}
}

func (p *paces) known(name string) bool { return p.allow("n/"+name, knownPerSecond, knownBurst) }

func (p *paces) stranger(r *http.Request, trusted []netip.Prefix) bool {
	return p.allow("a/"+clientOf(r, trusted), strangerPerMinute/60.0, strangerBurst)
}

// clientOf is the address that a request comes from: of what proxies that are
// trusted say, the last that is not one of theirs. What others say counts nothing,
// or a stranger would have a bucket for each name that they think of.
func clientOf(r *http.Request, trusted []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !within(host, trusted) {
			return host
		}
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return host
		}
		host = addr.Unmap().String()
	}
	return host
}

func within(host string, prefixes []netip.Prefix) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(addr.Unmap()) })
}

func (p *paces) allow(key string, perSecond rate.Limit, burst int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	bucket := p.buckets[key]
	if bucket == nil {
		if len(p.buckets) >= mostPaces {
			clear(p.buckets) // everybody starts anew: better than memory without end
		}
		bucket = rate.NewLimiter(perSecond, burst)
		p.buckets[key] = bucket
	}
	return bucket.AllowN(p.clock.Now(), 1)
}
