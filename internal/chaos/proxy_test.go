package chaos_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/egressor/egressor/internal/testkit"
)

// proxy stands between two parts of the system.
type proxy struct{ *toxiproxy.Proxy }

// newProxy listens on a port of its own, also after a stop, and passes on to
// upstream, until the test ends.
func newProxy(t *testing.T, name, upstream string) proxy {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	address, release, err := testkit.HoldAddress()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	p := proxy{toxiproxy.NewProxy(server, name, address, upstream)}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// poison makes both directions suffer from a toxic.
func (p proxy) poison(t *testing.T, kind, attributes string) {
	t.Helper()
	for _, stream := range []string{"upstream", "downstream"} {
		text := fmt.Sprintf(`{"name": "%s-%s", "type": %q, "stream": %q, "toxicity": 1, "attributes": {%s}}`, kind, stream, kind, stream, attributes)
		if _, err := p.Toxics.AddToxicJson(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
}

// heal takes all toxics away.
func (p proxy) heal() { p.Toxics.ResetToxics(context.Background()) }

// netFault is something that happens to a network.
type netFault struct {
	name  string
	begin func(t *testing.T, p proxy)
	end   func(t *testing.T, p proxy)
}

func netFaults() []netFault {
	heal := func(_ *testing.T, p proxy) { p.heal() }
	toxic := func(kind, attributes string) func(*testing.T, proxy) {
		return func(t *testing.T, p proxy) { p.poison(t, kind, attributes) }
	}
	return []netFault{
		{"cut", func(_ *testing.T, p proxy) { p.Stop() }, func(t *testing.T, p proxy) {
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
		}},
		{"latency", toxic("latency", `"latency": 60, "jitter": 40`), heal},
		// Connections stay open, and nothing comes through any more.
		{"half-open", toxic("timeout", `"timeout": 0`), heal},
		{"reset in mid-answer", toxic("limit_data", `"bytes": 900`), heal},
	}
}
