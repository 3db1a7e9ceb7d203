package signin

import (
	"net"
	"net/http"
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

func (p *paces) stranger(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return p.allow("a/"+host, strangerPerMinute/60.0, strangerBurst)
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
