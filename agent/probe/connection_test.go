package probe

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
)

// pair is one open connection between the two ends.
type pair struct {
	b              *bench
	client, server net.Conn
}

func (b *bench) connect(listener net.Listener, to family) pair {
	b.tb.Helper()
	p := pair{b: b}
	b.asClient(func() {
		var err error
		p.client, err = net.Dial("tcp", address(listener, to))
		check(b.tb, err)
	})
	var err error
	p.server, err = listener.Accept()
	check(b.tb, err)
	b.tb.Cleanup(p.close)
	return p
}

func address(listener net.Listener, to family) string {
	return net.JoinHostPort(to.address.String(), fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
}

// send moves n bytes from client to server.
func (p pair) send(n int) {
	p.b.tb.Helper()
	failed := make(chan error, 1)
	go func() {
		_, err := p.client.Write(make([]byte, n))
		failed <- err
	}()
	_, err := io.CopyN(io.Discard, p.server, int64(n))
	check(p.b.tb, err)
	check(p.b.tb, <-failed)
}

func (p pair) close() {
	_ = p.client.Close()
	_ = p.server.Close()
}

func TestLongConnectionOverManyWindows(t *testing.T) {
	for _, family := range families {
		t.Run(family.name, func(t *testing.T) {
			b := newBench(t)
			probe := b.open(Config{Mode: ModeSockets})
			pair := b.connect(b.listen("tcp", "[::]:0"), family)
			all := newLatest()
			for window := 1; window <= 5; window++ {
				pair.send(12_345)
				all.add(t, b.read(probe))
				client := all.of(clientUID, model.TCP, model.RoleClient)
				server := all.of(serverUID, model.TCP, model.RoleServer)
				want := uint64(window * 12_345)
				if client.sent.PayloadBytes != want || server.received.PayloadBytes != want || client.final+server.final != 0 {
					t.Fatalf("window %d: client %+v, server %+v, want %d payload bytes and no end", window, client, server, want)
				}
			}
			pair.close()
			b.await(probe, all, "both ends to close", func() bool {
				return all.of(clientUID, model.TCP, model.RoleClient).final == 1 && all.of(serverUID, model.TCP, model.RoleServer).final == 1
			})
			if got := all.of(serverUID, model.TCP, model.RoleServer).received.PayloadBytes; got != 5*12_345 {
				t.Errorf("server received %d payload bytes after close, want %d", got, 5*12_345)
			}
			for _, counter := range all.counters {
				if counter.Key.RemoteAddr.Is4In6() || counter.Key.RemoteAddr.Is4() != (family.version == 4) {
					t.Errorf("remote address %s of an IPv%d connection", counter.Key.RemoteAddr, family.version)
				}
			}
		})
	}
}

func TestSocketOlderThanTheProbe(t *testing.T) {
	b := newBench(t)
	pair := b.connect(b.listen("tcp", "[::]:0"), families[0])
	pair.send(5_000)
	probe := b.open(Config{Mode: ModeSockets})
	all := newLatest()
	all.add(t, b.read(probe))
	pair.send(7_000)
	pair.close()

	b.await(probe, all, "both ends to close", func() bool {
		return all.of(clientUID, model.TCP, model.RoleUnknown).final == 1 && all.of(serverUID, model.TCP, model.RoleServer).final == 1
	})
	client := all.of(clientUID, model.TCP, model.RoleUnknown)
	server := all.of(serverUID, model.TCP, model.RoleServer)
	if client.sent.PayloadBytes != 7_000 || server.received.PayloadBytes != 7_000 {
		t.Errorf("client sent %d, server received %d payload bytes since the probe, want 7000", client.sent.PayloadBytes, server.received.PayloadBytes)
	}
	for _, counter := range all.counters {
		if !counter.Adopted {
			t.Errorf("a connection older than the probe is not marked adopted: %+v", counter)
		}
	}
}

func TestRootsSeeTheirOwnOnly(t *testing.T) {
	for _, mode := range []Mode{ModeSockets, ModePackets} {
		t.Run(string(mode), func(t *testing.T) {
			b := newBench(t)
			clients := b.open(Config{Mode: mode, CgroupRoot: filepath.Join(b.root, "kubepods")})
			servers := b.open(Config{Mode: mode, CgroupRoot: filepath.Join(b.root, "kubepods.slice")})
			b.run(transfer{connections: 3, up: 10, down: 20}, b.listen("tcp", "[::]:0"), families[0])
			for uid, probe := range map[string]*Probe{clientUID: clients, serverUID: servers} {
				all := newLatest()
				b.await(probe, all, "three connections of "+uid, func() bool { return len(all.counters) >= 3 })
				for _, counter := range all.counters {
					if counter.Key.Local.ID != uid {
						t.Errorf("the root of %s shows %+v", uid, counter.Key)
					}
				}
			}
		})
	}
}

func TestRefusedConnection(t *testing.T) {
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	var captured *capture
	b.in(b.clientNetNS, func() { captured = startCapture(t, byte(model.TCP)) })
	b.asClient(func() {
		if _, err := net.Dial("tcp", net.JoinHostPort(serverV4.Addr().String(), "9")); err == nil {
			t.Fatal("a connection to a closed port succeeded")
		}
	})
	out, in := captured.stop()
	all := newLatest()
	all.add(t, b.read(probe))
	got := all.of(clientUID, model.TCP, model.RoleClient)
	if got.final != 1 || got.sent.WireBytes != out.bytes || got.received.WireBytes != in.bytes {
		t.Errorf("refused connection %+v, the wire had %+v out and %+v in", got, out, in)
	}
}

func TestLoopbackIsSkippedAndCounted(t *testing.T) {
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	listener := b.listen("tcp", "127.0.0.1:0")
	b.asServer(func() {
		conn, err := net.Dial("tcp", listener.Addr().String())
		check(t, err)
		check(t, conn.Close())
	})
	all := newLatest()
	all.add(t, b.read(probe))
	if len(all.counters) != 0 || all.skipped.LoopbackSockets < 2 {
		t.Errorf("loopback: counters %+v, skipped %+v; want none, and two sockets", all.counters, all.skipped)
	}
}

// What an end says to an address of its own goes over the loopback interface and is
// counted like all that stays on a machine: no rule sent it there.
func TestWhoTalksToItselfIsCounted(t *testing.T) {
	for _, family := range families {
		t.Run(family.name, func(t *testing.T) {
			b := newBench(t)
			probe := b.open(Config{Mode: ModePackets})
			listener := b.listen("tcp", netip.AddrPortFrom(family.address, 8080).String())
			b.asServer(func() {
				conn, err := net.Dial("tcp", listener.Addr().String())
				check(t, err)
				check(t, conn.Close())
			})
			all := newLatest()
			all.add(t, b.read(probe))
			got := all.of(serverUID, model.TCP, model.RoleClient)
			if got.sent.Packets < 2 || got.received.Packets < 1 {
				t.Errorf("the client's end %+v, want its packets", got)
			}
		})
	}
}

// A short job's cgroup is gone before anybody looks it up.
func TestOwnerOfAVanishedCgroup(t *testing.T) {
	const uid = "0f1c2d3e-0000-1111-2222-333344445555"
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	listener := b.listen("tcp", "[::]:0")
	group := filepath.Join(b.root, "pod"+uid)
	check(t, os.Mkdir(group, 0o755))
	b.as(group, func() {
		b.in(b.clientNetNS, func() {
			conn, err := net.Dial("tcp", address(listener, families[0]))
			check(t, err)
			check(t, conn.Close())
		})
	})
	check(t, os.Remove(group))
	all := newLatest()
	b.await(probe, all, "the job's connection", func() bool {
		return all.of(uid, model.TCP, model.RoleClient).counters == 1
	})
}

// The socket keeps the cgroup and the namespace of its creator.
func TestPeerOfAnAcceptedSocket(t *testing.T) {
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	listener := b.listen("tcp", "[::]:0")
	b.connect(listener, families[0])
	all := newLatest()
	all.add(t, b.read(probe))
	var inode unix.Stat_t
	check(t, unix.Fstat(int(b.serverNet), &inode))
	for _, counter := range all.counters {
		if counter.Key.Role != model.RoleServer {
			continue
		}
		want := Key{
			Local:      model.LocalEnd{Kind: model.LocalPod, ID: serverUID},
			NetNS:      uint32(inode.Ino),
			LocalAddr:  serverV4.Addr(),
			RemoteAddr: clientV4.Addr(),
			LocalPort:  uint16(listener.Addr().(*net.TCPAddr).Port),
			RemotePort: counter.Key.RemotePort,
			ServerPort: uint16(listener.Addr().(*net.TCPAddr).Port),
			Protocol:   model.TCP,
			Role:       model.RoleServer,
		}
		if counter.Key != want || counter.Key.RemotePort == 0 {
			t.Errorf("accepted socket %+v, want %+v", counter.Key, want)
		}
		return
	}
	t.Error("no counter of the accepted socket")
}

// An aborted connection ends with a reset that the socket sends after its close.
func TestAbortedConnectionEqualsTheWire(t *testing.T) {
	for _, c := range []struct {
		name  string
		abort func(pair) error
	}{
		{"no linger time", func(p pair) error {
			return errors.Join(p.client.(*net.TCPConn).SetLinger(0), p.client.Close())
		}},
		{"no linger time, after half a close", func(p pair) error {
			conn := p.client.(*net.TCPConn)
			return errors.Join(conn.CloseWrite(), readEOF(p.server), conn.SetLinger(0), conn.Close())
		}},
		{"by the peer", func(p pair) error {
			return errors.Join(p.server.(*net.TCPConn).SetLinger(0), p.server.Close())
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			probe := b.open(Config{Mode: ModeSockets})
			listener := b.listen("tcp", "[::]:0")
			var captured *capture
			b.in(b.clientNetNS, func() { captured = startCapture(t, byte(model.TCP)) })
			pair := b.connect(listener, families[0])
			pair.send(1_000)
			check(t, c.abort(pair))
			all := newLatest()
			b.await(probe, all, "both ends to close", func() bool {
				return all.of(clientUID, model.TCP, model.RoleClient).final == 1 && all.of(serverUID, model.TCP, model.RoleServer).final == 1
			})
			equalsWire(t, all, captured)
		})
	}
}

func readEOF(conn net.Conn) error {
	_, err := io.Copy(io.Discard, conn)
	return err
}

// equalsWire fails where the sum of all connections is not what was captured at
// the client, to the byte and the packet.
func equalsWire(t *testing.T, all *latest, captured *capture) {
	t.Helper()
	out, in := captured.stop()
	client := all.of(clientUID, model.TCP, model.RoleClient)
	server := all.of(serverUID, model.TCP, model.RoleServer)
	for _, c := range []struct {
		what string
		got  model.Counts
		want wire
	}{
		{"client sent", client.sent, out},
		{"server received", server.received, out},
		{"client received", client.received, in},
		{"server sent", server.sent, in},
	} {
		if (wire{packets: c.got.Packets, bytes: c.got.WireBytes}) != c.want {
			t.Errorf("%s %+v, the wire had %+v", c.what, c.got, c.want)
		}
	}
}
