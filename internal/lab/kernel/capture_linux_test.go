package kernel

import (
	"net/netip"
	"testing"
)

// tcpSYN is the start of a packet from 10.0.0.1:1000 to 10.0.0.2:80, 60 bytes
// long by its header.
func tcpSYN() []byte {
	return []byte{
		0x45, 0, 0, 60, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
		0x03, 0xe8, 0, 80, 0, 0, 0, 1,
	}
}

func TestParseIPv4(t *testing.T) {
	source, destination := netip.MustParseAddrPort("10.0.0.1:1000"), netip.MustParseAddrPort("10.0.0.2:80")
	noPorts := Tuple{netip.AddrPortFrom(source.Addr(), 0), netip.AddrPortFrom(destination.Addr(), 0), 6}
	for name, c := range map[string]struct {
		change func([]byte) []byte
		want   Tuple
		ok     bool
	}{
		"plain":          {func(p []byte) []byte { return p }, Tuple{source, destination, 6}, true},
		"later fragment": {func(p []byte) []byte { p[7] = 1; return p }, noPorts, true},
		"cut off":        {func(p []byte) []byte { return p[:22] }, noPorts, true},
		"IPv6":           {func(p []byte) []byte { p[0] = 0x60; return p }, Tuple{}, false},
		"too short":      {func(p []byte) []byte { return p[:19] }, Tuple{}, false},
		"empty":          {func([]byte) []byte { return nil }, Tuple{}, false},
	} {
		tuple, bytes, ok := parseIPv4(c.change(tcpSYN()))
		if tuple != c.want || ok != c.ok || (ok && bytes != 60) {
			t.Errorf("%s: %+v, %d bytes, %t, want %+v, 60 bytes, %t", name, tuple, bytes, ok, c.want, c.ok)
		}
	}
}

func TestParseIPv4HeaderOptions(t *testing.T) {
	packet := append(tcpSYN()[:20:20], 1, 1, 1, 1)
	packet[0] = 0x46
	packet = append(packet, tcpSYN()[20:]...)
	if tuple, _, ok := parseIPv4(packet); !ok || tuple.Source.Port() != 1000 {
		t.Errorf("ports behind IP options: %+v", tuple)
	}
}

func FuzzParseIPv4(f *testing.F) {
	f.Add(tcpSYN())
	f.Fuzz(func(t *testing.T, packet []byte) {
		tuple, bytes, ok := parseIPv4(packet)
		if ok != tuple.Source.Addr().Is4() || (!ok && bytes != 0) {
			t.Errorf("%+v, %d bytes, %t", tuple, bytes, ok)
		}
	})
}
