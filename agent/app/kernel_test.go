package app

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"testing"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/testkit"
)

// From a real socket through the real probe, spool and ingest into the store:
// both ends of a connection are stored with its payload to the byte.
func TestBytesOfARealSocketAreStored(t *testing.T) {
	const payload = 1_234_567
	own, err := ownAddr()
	testkit.Require(t, "bpf", err)
	store := newMemoryStore()
	svc := &service{clock: clock.System{}, store: store}
	svc.start(t)
	defer svc.end(t)
	a, err := Open(report.Discard(), testConfig(t.TempDir(), svc.address))
	testkit.Require(t, "bpf", err)
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	port := transfer(t, own, payload)
	if err := a.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	var sent, received model.Counts
	for _, b := range store.sorted() {
		for _, row := range b.Flows {
			if row.LocalAddr == own && row.RemoteAddr == own && row.ServerPort == port {
				sent, received = sent.Add(row.Sent), received.Add(row.Received)
			}
		}
	}
	if sent.PayloadBytes != payload || received.PayloadBytes != payload {
		t.Fatalf("stored %d payload bytes sent and %d received, want %d each", sent.PayloadBytes, received.PayloadBytes, payload)
	}
	if sent.WireBytes <= payload || sent.Packets == 0 {
		t.Fatalf("wire counts %+v of %d payload bytes", sent, payload)
	}
}

// ownAddr is an address of this machine that is not loopback: the probe leaves
// that out.
func ownAddr() (netip.Addr, error) {
	addrs, err := nodeAddrs("")
	if err != nil {
		return netip.Addr{}, err
	}
	for _, addr := range addrs {
		if addr.Is4() && !addr.IsLoopback() {
			return addr, nil
		}
	}
	return netip.Addr{}, errors.New("this machine has no IPv4 address beyond loopback")
}

// transfer sends bytes over one connection to a listener at addr, and returns
// the listener's port once both ends are closed.
func transfer(t *testing.T, addr netip.Addr, bytes int) uint16 {
	t.Helper()
	listener, err := net.Listen("tcp", netip.AddrPortFrom(addr, 0).String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	finished := make(chan error, 1)
	go func() {
		far, err := listener.Accept()
		if err == nil {
			_, err = io.Copy(io.Discard, far)
			err = errors.Join(err, far.Close())
		}
		finished <- err
	}()
	near, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := near.Write(make([]byte, bytes)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(near.Close(), <-finished); err != nil {
		t.Fatal(err)
	}
	return uint16(listener.Addr().(*net.TCPAddr).Port)
}
