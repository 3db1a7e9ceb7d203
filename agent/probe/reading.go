package probe

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// Key says whose traffic a Counter counts.
type Key struct {
	// Local is the owner of the socket's cgroup, which is that of the socket's
	// creator for ever.
	Local model.LocalEnd
	// NetNS is the inode of the socket's network namespace, 0 where the counter
	// is per packet. Inodes are reused: cross-check with it, never key by it alone.
	NetNS uint32
	// LocalAddr and RemoteAddr are as the socket knows them, v4-mapped addresses
	// unmapped: before any Service translation is undone.
	LocalAddr, RemoteAddr netip.Addr
	// LocalPort and RemotePort are the socket's two ports: the client's is the
	// ephemeral one, 0 where the flow table was full and it was folded away.
	LocalPort, RemotePort uint16
	// ServerPort is the accepting side's port as this end knows it, 0 for
	// protocols without ports.
	ServerPort uint16
	Protocol   model.Protocol
	// Role of the local end: seen for TCP, guessed from the ports for others.
	Role model.Role
}

// Counter is what one socket, or one flow of packets, counted since it opened
// or since the probe met it. Counters never fall during a counter's life.
type Counter struct {
	// ID is unique among all counters of a Probe, and stable over the life of
	// this one.
	ID  uint64
	Key Key
	// Sent and Received are cumulative. In packets mode the payload of TCP
	// includes retransmissions.
	Sent, Received model.Counts
	// RTTMicros is the smoothed round-trip time in microseconds, 0 where unknown.
	RTTMicros uint32
	// Dialled is what the client dialled before a rule sent it to this server, as the
	// server asked the kernel: a proxy does. Zero where it did not ask; it may be known
	// only some readings after the first.
	Dialled netip.AddrPort
	// Opened is when it was first seen, on CLOCK_BOOTTIME.
	Opened time.Duration
	// Adopted says that the connection was open before the probe was: it counts
	// from its adoption on, and is not a new connection.
	Adopted bool
	// Final says that nothing will follow under this ID.
	Final bool
}

// Reading is the state of all counters at one moment.
type Reading struct {
	// At is when the reading was complete, on CLOCK_BOOTTIME: every byte that was
	// counted before the reading began is in it.
	At time.Duration
	// Counters has each live or just closed counter once. A counter that is
	// absent without having been final is read again later, or is in Losses.
	Counters []Counter
	// Intercepting says that a proxy takes the connections of some network namespace
	// of the node, as the sidecar of a service mesh does.
	Intercepting bool
	// Losses are those since the reading before.
	Losses []Loss
	// Skipped is what was left out on purpose since the reading before.
	Skipped Skipped
}

// Loss is traffic that the kernel carried and the probe could not count.
type Loss struct {
	Reason model.LossReason
	// Flows is the number of connections concerned, 0 where not known.
	Flows uint64
	// Bytes are wire bytes, valid only when BytesKnown.
	Bytes      uint64
	BytesKnown bool
}

// Skipped counts traffic that is not part of the picture, and approximations.
type Skipped struct {
	// LoopbackSockets, LoopbackPackets and LoopbackBytes stayed in 127.0.0.0/8 or ::1.
	LoopbackSockets, LoopbackPackets, LoopbackBytes uint64
	// FoldedPackets were counted without their client port: the table was full.
	FoldedPackets uint64
	// MalformedPackets were too short for the headers that they announced.
	MalformedPackets uint64
	// SegmentsEstimated are offloaded buffers whose number of packets was worked out
	// from their size.
	SegmentsEstimated uint64
	// CgroupPathsLost are new cgroups whose path found no room; they are looked
	// up in the file system instead.
	CgroupPathsLost uint64
}
