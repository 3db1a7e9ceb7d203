package probe

import (
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
)

// transfer sends up bytes and reads down bytes on each of several connections.
type transfer struct {
	connections int
	up, down    int
}

// serve answers each connection: reads up bytes, writes down bytes, closes.
func (t transfer) serve(listener net.Listener) error {
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	for range t.connections {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		wg.Go(func() {
			defer conn.Close()
			_, err := io.CopyN(io.Discard, conn, int64(t.up))
			if err == nil {
				_, err = conn.Write(make([]byte, t.down))
			}
			if err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return failed
}

// ask is the client's side: it closes when the server has.
func (t transfer) ask(conn net.Conn) error {
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		return err
	}
	if _, err := conn.Write(make([]byte, t.up)); err != nil {
		return err
	}
	got, err := io.Copy(io.Discard, conn)
	if err == nil && got != int64(t.down) {
		err = fmt.Errorf("client read %d bytes, want %d", got, t.down)
	}
	return err
}

// listen makes the server's socket. Its receive buffer is small, so that what is
// in flight never overruns the interface: on a wire without loss both ends must
// be exact.
func (b *bench) listen(network, address string) (listener net.Listener) {
	config := net.ListenConfig{Control: func(_, _ string, raw syscall.RawConn) error {
		var failed error
		err := raw.Control(func(fd uintptr) {
			failed = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_RCVBUF, 128<<10)
		})
		return errors.Join(err, failed)
	}}
	b.asServer(func() {
		var err error
		listener, err = config.Listen(b.tb.Context(), network, address)
		check(b.tb, err)
	})
	b.tb.Cleanup(func() { _ = listener.Close() })
	return listener
}

// run makes the transfer from the client's end to the server's.
func (b *bench) run(t transfer, listener net.Listener, to family) {
	served := make(chan error, 1)
	go func() { served <- t.serve(listener) }()
	address := net.JoinHostPort(to.address.String(), fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))
	b.asClient(func() {
		for range t.connections {
			conn, err := net.Dial("tcp", address)
			check(b.tb, err)
			check(b.tb, t.ask(conn))
		}
	})
	check(b.tb, <-served)
}

func TestTCPBytesEqualTheWire(t *testing.T) {
	for _, family := range families {
		for _, transfer := range []transfer{
			{connections: 200, up: 100, down: 1_000},
			{connections: 100, up: 10_000, down: 200},
			{connections: 100, up: 100, down: 10_000},
			{connections: 1, up: 40_000_000, down: 10},
		} {
			for _, mode := range []Mode{ModeSockets, ModePackets} {
				name := fmt.Sprintf("%s/%s/%dx%d+%d", mode, family.name, transfer.connections, transfer.up, transfer.down)
				t.Run(name, func(t *testing.T) { compareWithWire(t, mode, family, transfer) })
			}
		}
	}
}

func compareWithWire(t *testing.T, mode Mode, family family, transfer transfer) {
	onOneCPU(t)
	b := newBench(t)
	probe := b.open(Config{Mode: mode})
	listener := b.listen("tcp", "[::]:0")
	var captured *capture
	b.in(b.clientNetNS, func() { captured = startCapture(t, byte(model.TCP)) })
	b.run(transfer, listener, family)
	out, in := captured.stop()

	all := newLatest()
	b.await(probe, all, "every connection to close", func() bool {
		return all.of(clientUID, model.TCP, model.RoleClient).final == transfer.connections &&
			all.of(serverUID, model.TCP, model.RoleServer).final == transfer.connections
	})
	client := all.of(clientUID, model.TCP, model.RoleClient)
	server := all.of(serverUID, model.TCP, model.RoleServer)
	t.Logf("wire out %+v in %+v", out, in)
	t.Logf("client %+v", client)
	t.Logf("server %+v", server)

	up, down := uint64(transfer.connections*transfer.up), uint64(transfer.connections*transfer.down)
	for _, payload := range []struct {
		what      string
		got, want uint64
	}{
		{"client sent", client.sent.PayloadBytes, up},
		{"client received", client.received.PayloadBytes, down},
		{"server sent", server.sent.PayloadBytes, down},
		{"server received", server.received.PayloadBytes, up},
	} {
		retransmitted := payload.got > payload.want && payload.got <= payload.want+payload.want/1000
		if mode == ModePackets && retransmitted {
			continue // a packet does not say that it is a retransmission
		}
		if payload.got != payload.want {
			t.Errorf("%s %d payload bytes, want %d", payload.what, payload.got, payload.want)
		}
	}
	within(t, "client sent", client.sent, out)
	within(t, "client received", client.received, in)
	within(t, "server sent", server.sent, in)
	within(t, "server received", server.received, out)
}

// within fails where wire bytes are off by more than one in a thousand.
func within(t *testing.T, what string, got model.Counts, want wire) {
	t.Helper()
	difference := int64(got.WireBytes) - int64(want.bytes)
	t.Logf("%s: %d wire bytes, capture %d (%+.4f %%), packets %d, capture %d", what, got.WireBytes, want.bytes,
		100*float64(difference)/float64(want.bytes), got.Packets, want.packets)
	if max(difference, -difference)*1000 > int64(want.bytes) {
		t.Errorf("%s: %d wire bytes in %d packets, the wire had %d in %d", what, got.WireBytes, got.Packets, want.bytes, want.packets)
	}
}
