package kernel

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Tuple is one direction of one connection, as a packet's headers have it.
type Tuple struct {
	Source, Destination netip.AddrPort
	Protocol            uint8
}

// Seen is what a capture counted for one tuple.
type Seen struct {
	// Bytes is the sum of the IP headers' total-length fields.
	Bytes, Packets uint64
}

// Capture counts the IPv4 packets of one link with an AF_PACKET socket: a
// second opinion that shares nothing with how an agent counts.
type Capture struct {
	file  *os.File
	raw   syscall.RawConn
	ended chan error

	mu   sync.Mutex
	seen map[Tuple]Seen
}

// captureBuffer bounds what waits to be read, bytes.
const captureBuffer = 64 << 20

// StartCapture counts from now on what the link sends and receives.
func (n *Netns) StartCapture(link string) (*Capture, error) {
	var fd int
	err := n.Run(func() (err error) {
		fd, err = packetSocket(link)
		return err
	})
	if err != nil {
		return nil, n.fail(err, "capture on %s", link)
	}
	file := os.NewFile(uintptr(fd), "capture "+n.Name)
	raw, err := file.SyscallConn()
	if err != nil {
		file.Close()
		return nil, n.fail(err, "capture on %s", link)
	}
	c := &Capture{file: file, raw: raw, ended: make(chan error, 1), seen: map[Tuple]Seen{}}
	go func() { c.ended <- c.read() }()
	return c, nil
}

func packetSocket(link string) (int, error) {
	index, err := net.InterfaceByName(link)
	if err != nil {
		return 0, err
	}
	// Protocol 0 keeps the socket silent until bind names the link. Only sockets
	// for all protocols are shown what the link sends.
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	err = errors.Join(
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUFFORCE, captureBuffer),
		unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: networkOrder(unix.ETH_P_ALL), Ifindex: index.Index}),
	)
	if err != nil {
		unix.Close(fd)
	}
	return fd, err
}

// Stop counts what is still waiting, ends the capture and returns the counts.
// It is an error if the kernel dropped packets: the counts would be low.
func (c *Capture) Stop() (map[Tuple]Seen, error) {
	defer c.file.Close()
	if err := c.file.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return nil, fmt.Errorf("end capture: %w", err)
	}
	if err := <-c.ended; !errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, fmt.Errorf("capture: %w", err)
	}
	var drops uint32
	err := c.raw.Control(func(fd uintptr) {
		c.drain(int(fd))
		if stats, err := unix.GetsockoptTpacketStats(int(fd), unix.SOL_PACKET, unix.PACKET_STATISTICS); err == nil {
			drops = stats.Drops
		}
	})
	if err != nil {
		return nil, fmt.Errorf("end capture: %w", err)
	}
	if drops > 0 {
		return nil, fmt.Errorf("capture: the kernel dropped %d packets, the counts are low", drops)
	}
	return c.SoFar(), nil
}

// SoFar returns what was counted up to now.
func (c *Capture) SoFar() map[Tuple]Seen {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.seen)
}

func (c *Capture) read() error {
	return c.raw.Read(func(fd uintptr) bool {
		c.drain(int(fd))
		return false // wait for more
	})
}

// drain counts packets until none waits.
func (c *Capture) drain(fd int) {
	var headers [128]byte
	for {
		length, _, err := unix.Recvfrom(fd, headers[:], unix.MSG_DONTWAIT)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return
		}
		if tuple, bytes, ok := parseIPv4(headers[:length]); ok {
			c.count(tuple, bytes)
		}
	}
}

func (c *Capture) count(tuple Tuple, bytes uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.seen[tuple]
	c.seen[tuple] = Seen{Bytes: seen.Bytes + bytes, Packets: seen.Packets + 1}
}

// parseIPv4 reads the headers at the start of an IPv4 packet. Protocols
// without ports, and fragments after the first, have port 0.
func parseIPv4(packet []byte) (tuple Tuple, bytes uint64, ok bool) {
	if len(packet) < 20 || packet[0]>>4 != 4 {
		return Tuple{}, 0, false
	}
	header := int(packet[0]&0xf) * 4
	tuple.Protocol = packet[9]
	source, _ := netip.AddrFromSlice(packet[12:16])
	destination, _ := netip.AddrFromSlice(packet[16:20])
	var sourcePort, destinationPort uint16
	firstFragment := binary.BigEndian.Uint16(packet[6:])&0x1fff == 0
	hasPorts := tuple.Protocol == unix.IPPROTO_TCP || tuple.Protocol == unix.IPPROTO_UDP
	if hasPorts && firstFragment && len(packet) >= header+4 {
		sourcePort = binary.BigEndian.Uint16(packet[header:])
		destinationPort = binary.BigEndian.Uint16(packet[header+2:])
	}
	tuple.Source = netip.AddrPortFrom(source, sourcePort)
	tuple.Destination = netip.AddrPortFrom(destination, destinationPort)
	return tuple, uint64(binary.BigEndian.Uint16(packet[2:])), true
}

func networkOrder(v uint16) uint16 {
	var b [2]byte
	binary.BigEndian.PutUint16(b[:], v)
	return binary.NativeEndian.Uint16(b[:])
}
