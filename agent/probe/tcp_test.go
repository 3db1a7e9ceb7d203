package probe

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/vishvananda/netns"
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
	all := newLatest()
	b.await(probe, all, "every connection to close", func() bool {
		return all.of(clientUID, model.TCP, model.RoleClient).final == transfer.connections &&
			all.of(serverUID, model.TCP, model.RoleServer).final == transfer.connections
	})
	out, in := captured.stop()
	client := all.of(clientUID, model.TCP, model.RoleClient)
	server := all.of(serverUID, model.TCP, model.RoleServer)
	again := b.retransmissions()

	up, down := uint64(transfer.connections*transfer.up), uint64(transfer.connections*transfer.down)
	var repeated uint64 // payload bytes: a packet does not say that it is a retransmission
	if mode == ModePackets {
		repeated = again * segmentBytes
	}
	payload(t, "client sent", client.sent, up, repeated)
	payload(t, "client received", client.received, down, repeated)
	payload(t, "server sent", server.sent, down, repeated)
	payload(t, "server received", server.received, up, repeated)

	// A busy machine makes TCP retransmit. The sender's count stays exact. A socket
	// does not know the duplicates that it received, nor the selective
	// acknowledgements on the way back.
	var duplicates, sackPerMille uint64
	if mode == ModeSockets && again > 0 {
		duplicates, sackPerMille = again*1500, 150
	}
	// A packet that a time-wait socket takes or sends passes no cgroup hook.
	lastFIN := func(got model.Counts, want wire) uint64 {
		if mode != ModePackets || want.packets < got.Packets {
			return 0
		}
		return min(want.packets-got.Packets, uint64(transfer.connections)) * family.header()
	}
	within(t, "client sent", client.sent, out, 1, 0)
	within(t, "server received", server.received, out, 1, duplicates+lastFIN(server.received, out))
	within(t, "client received", client.received, in, 1+sackPerMille, 0)
	within(t, "server sent", server.sent, in, 1+sackPerMille, lastFIN(server.sent, in))
}

// segmentBytes is no less than the payload of one segment.
const segmentBytes = 1460

// payload fails where payload bytes are not want, up to some repeated ones.
func payload(t *testing.T, what string, got model.Counts, want, repeated uint64) {
	t.Helper()
	if got.PayloadBytes < want || got.PayloadBytes > want+repeated {
		t.Errorf("%s %d payload bytes, want %d and at most %d repeated", what, got.PayloadBytes, want, repeated)
	}
}

// within fails where wire bytes are off by more than some per mille of the
// capture plus some bytes.
func within(t *testing.T, what string, got model.Counts, want wire, perMille, slack uint64) {
	t.Helper()
	difference := int64(got.WireBytes) - int64(want.bytes)
	t.Logf("%s: %d wire bytes, capture %d (%+.4f %%), packets %d, capture %d", what, got.WireBytes, want.bytes,
		100*float64(difference)/float64(want.bytes), got.Packets, want.packets)
	if max(difference, -difference) > int64(want.bytes*perMille/1000+slack) {
		t.Errorf("%s: %d wire bytes in %d packets, the wire had %d in %d", what, got.WireBytes, got.Packets, want.bytes, want.packets)
	}
}

// retransmissions is how many segments either end sent again, by the kernel's
// own counter of the namespace.
func (b *bench) retransmissions() (segments uint64) {
	for _, end := range []netns.NsHandle{b.clientNetNS, b.serverNet} {
		b.in(end, func() {
			table, err := os.ReadFile("/proc/thread-self/net/snmp")
			check(b.tb, err)
			segments += snmpCounter(b.tb, string(table), "Tcp:", "RetransSegs")
		})
	}
	return segments
}

// snmpCounter reads one counter of a table in which a line of names stands
// above each line of values.
func snmpCounter(tb testing.TB, table, protocol, name string) uint64 {
	tb.Helper()
	var names []string
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] != protocol {
			continue
		}
		if at := slices.Index(names, name); at >= 0 {
			value, err := strconv.ParseUint(fields[at], 10, 64)
			check(tb, err)
			return value
		}
		names = fields
	}
	tb.Fatalf("no counter %s %s", protocol, name)
	return 0
}
