package conntrack

import (
	"net/netip"
	"testing"

	"github.com/egressor/egressor/internal/model"
)

func ends(source, destination string) tuple {
	return tuple{source: netip.MustParseAddrPort(source), destination: netip.MustParseAddrPort(destination), protocol: model.TCP}
}

func TestTranslationsOutliveTheirConnections(t *testing.T) {
	table := newTable(10)
	table.add(ends("10.244.1.2:40000", "10.96.0.1:80"), ends("10.244.1.3:8080", "10.244.1.2:40000"))
	flow := Flow{model.TCP, netip.MustParseAddrPort("10.244.1.2:40000"), netip.MustParseAddrPort("10.96.0.1:80")}
	for refresh := 1; refresh <= keptRefreshes+1; refresh++ {
		table.advance()
		table.expire()
		if _, ok := table.ofClient(flow); ok != (refresh <= keptRefreshes) {
			t.Errorf("after %d refreshes without it: held %t", refresh, ok)
		}
	}
	if len(table.byServer) != 0 {
		t.Errorf("the server's view is still held: %v", table.byServer)
	}
}

func TestPortUsedAgainHasTheNewBackend(t *testing.T) {
	table := newTable(1)
	for _, backend := range []string{"10.244.1.3:8080", "10.244.1.4:8080"} {
		table.add(ends("10.244.1.2:40000", "10.96.0.1:80"), ends(backend, "10.244.1.2:40000"))
	}
	got, ok := table.ofClient(Flow{model.TCP, netip.MustParseAddrPort("10.244.1.2:40000"), netip.MustParseAddrPort("10.96.0.1:80")})
	if !ok || got.Backend.String() != "10.244.1.4:8080" || len(table.byServer) != 1 || table.refused != 0 {
		t.Errorf("translation %+v, server views %v, refused %d", got, table.byServer, table.refused)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0})
	f.Add([]byte{2, 0, 0, 0, 8, 0, 1, 0x80, 4, 0, 1, 0x80})
	f.Fuzz(func(t *testing.T, message []byte) {
		original, reply, err := parse(message)
		if err == nil && (!original.source.IsValid() || !reply.destination.IsValid()) {
			t.Errorf("parsed %v to %+v and %+v: not both valid", message, original, reply)
		}
	})
}
