package probe

import (
	"encoding/binary"
	"errors"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// capture counts the packets of one protocol on an interface, as the wire sees
// them: IP total length, both directions apart.
type capture struct {
	tb       testing.TB
	fd       int
	protocol byte
	stopped  chan struct{}

	mu       sync.Mutex
	out, in  wire
	finished bool
}

// wire is what a capture counted in one direction.
type wire struct{ packets, bytes uint64 }

// startCapture captures on the interface of the calling thread's namespace.
func startCapture(tb testing.TB, protocol byte) *capture {
	tb.Helper()
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, int(networkOrder(unix.ETH_P_ALL)))
	check(tb, err)
	check(tb, unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, 256<<20))
	check(tb, unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Usec: 20000}))
	c := &capture{tb: tb, fd: fd, protocol: protocol, stopped: make(chan struct{})}
	go c.run()
	tb.Cleanup(c.close)
	return c
}

func networkOrder(n uint16) uint16 {
	var bytes [2]byte
	binary.BigEndian.PutUint16(bytes[:], n)
	return binary.NativeEndian.Uint16(bytes[:])
}

func (c *capture) run() {
	defer close(c.stopped)
	packet := make([]byte, 64)
	for {
		n, from, err := unix.Recvfrom(c.fd, packet, 0)
		switch {
		case errors.Is(err, unix.EAGAIN):
			c.mu.Lock()
			finished := c.finished
			c.mu.Unlock()
			if finished {
				return
			}
		case errors.Is(err, unix.EINTR):
		case err != nil:
			c.tb.Errorf("capture: %v", err)
			return
		default:
			c.count(packet[:n], from.(*unix.SockaddrLinklayer))
		}
	}
}

func (c *capture) count(packet []byte, from *unix.SockaddrLinklayer) {
	var protocol byte
	var length uint64
	switch {
	case from.Protocol == networkOrder(unix.ETH_P_IP) && len(packet) >= 20:
		protocol, length = packet[9], uint64(binary.BigEndian.Uint16(packet[2:]))
	case from.Protocol == networkOrder(unix.ETH_P_IPV6) && len(packet) >= 40:
		protocol, length = packet[6], 40+uint64(binary.BigEndian.Uint16(packet[4:]))
	}
	if protocol != c.protocol {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	direction := &c.in
	if from.Pkttype == unix.PACKET_OUTGOING {
		direction = &c.out
	}
	direction.packets++
	direction.bytes += length
}

// stop waits until the wire is silent and returns what was sent and received.
func (c *capture) stop() (out, in wire) {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	<-c.stopped
	statistics, err := unix.GetsockoptTpacketStats(c.fd, unix.SOL_PACKET, unix.PACKET_STATISTICS)
	check(c.tb, err)
	if statistics.Drops != 0 {
		c.tb.Fatalf("capture dropped %d packets: it proves nothing", statistics.Drops)
	}
	return c.out, c.in
}

func (c *capture) close() {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	<-c.stopped
	_ = unix.Close(c.fd)
}
