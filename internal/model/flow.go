package model

import (
	"fmt"
	"net/netip"
	"time"
)

// Protocol is an IANA protocol number.
type Protocol uint8

// The protocols that have a name of their own in edge keys and filters.
const (
	ICMP   Protocol = 1
	TCP    Protocol = 6
	UDP    Protocol = 17
	ICMPv6 Protocol = 58
)

// String is the lower-case protocol name, or "ip-N" for one without a name.
func (p Protocol) String() string {
	switch p {
	case ICMP:
		return "icmp"
	case TCP:
		return "tcp"
	case UDP:
		return "udp"
	case ICMPv6:
		return "icmpv6"
	default:
		return fmt.Sprintf("ip-%d", uint8(p))
	}
}

// ParseProtocol is the inverse of Protocol.String.
func ParseProtocol(text string) (Protocol, error) {
	for _, p := range []Protocol{ICMP, TCP, UDP, ICMPv6} {
		if text == p.String() {
			return p, nil
		}
	}
	var number uint8
	if _, err := fmt.Sscanf(text, "ip-%d", &number); err != nil || Protocol(number).String() != text {
		return 0, fmt.Errorf("protocol %q: want tcp, udp, icmp, icmpv6 or ip-NUMBER", text)
	}
	return Protocol(number), nil
}

// Role says which part an end plays in a connection. Unknown is a value of its
// own: a socket found already open has no recorded opener.
type Role uint8

// Roles.
const (
	RoleUnknown Role = iota
	RoleClient       // this end opened the connection
	RoleServer       // this end accepted it
)

// String is "unknown", "client" or "server".
func (r Role) String() string {
	switch r {
	case RoleClient:
		return "client"
	case RoleServer:
		return "server"
	default:
		return "unknown"
	}
}

// LocalKind says what the kernel knew of the local end of a flow.
type LocalKind uint8

// Kinds of local end.
const (
	LocalUnknown LocalKind = iota
	LocalPod               // the socket's cgroup is a pod's; LocalEnd.ID is the pod UID
	LocalNode              // the socket belongs to the node itself; LocalEnd.ID is the unit or process name
)

// String is "unknown", "pod" or "node".
func (k LocalKind) String() string {
	switch k {
	case LocalPod:
		return "pod"
	case LocalNode:
		return "node"
	default:
		return "unknown"
	}
}

// LocalEnd is the end of a flow on the reporting node, as the kernel knew it:
// no API call and no address look-up is needed to fill it.
type LocalEnd struct {
	Kind LocalKind
	ID   string
}

// Counts are the bytes and packets of one direction.
type Counts struct {
	// WireBytes are IP-layer bytes: headers and payload of every segment,
	// retransmissions included. It is what clouds bill and VPC flow logs show.
	WireBytes uint64
	// PayloadBytes are the transport payload bytes the application sent or
	// received, once each.
	PayloadBytes uint64
	// Packets are IP packets as on the wire (after segmentation).
	Packets uint64
	// RetransmittedPackets is the share of Packets that were sent again. Only a
	// sender knows it; on the received side it is 0.
	RetransmittedPackets uint64
}

// Add returns the sum, field by field.
func (c Counts) Add(d Counts) Counts {
	return Counts{
		WireBytes:            c.WireBytes + d.WireBytes,
		PayloadBytes:         c.PayloadBytes + d.PayloadBytes,
		Packets:              c.Packets + d.Packets,
		RetransmittedPackets: c.RetransmittedPackets + d.RetransmittedPackets,
	}
}

// IsZero reports whether nothing was counted.
func (c Counts) IsZero() bool { return c == Counts{} }

// FlowRow is what one agent saw between one local end and one remote address
// during one window: the row that is stored raw. Ephemeral client ports are
// folded away; connections between the same ends to the same server port
// within a window are one row.
type FlowRow struct {
	Local LocalEnd
	// LocalAddr is the address of the socket on this node.
	LocalAddr netip.Addr
	// RemoteAddr is the true peer, after Service translation was undone.
	RemoteAddr netip.Addr
	// VirtualAddr is the Service address that the client dialled, or the zero
	// Addr where there was none.
	VirtualAddr netip.Addr
	// VirtualPort is the port that the client dialled there, 0 where VirtualAddr is
	// the zero Addr or the agent did not say.
	VirtualPort uint16
	// ServerPort is the accepting side's real port; 0 for protocols without ports.
	ServerPort uint16
	Protocol   Protocol
	// Role is the local end's part in the connection.
	Role Role
	// WindowStart and WindowLength bound what was counted. A window never
	// crosses a minute.
	WindowStart  time.Time
	WindowLength time.Duration
	// Sent went from local to remote, Received from remote to local.
	Sent, Received Counts
	// Connections is how many connections were first seen in this window.
	Connections uint32
	// RTTMicros is the kernel's smoothed round-trip time in microseconds at the
	// last reading, 0 where unknown.
	RTTMicros uint32
}

// ReportedRow is one raw row and the agent that reported it.
type ReportedRow struct {
	Agent AgentID
	Row   FlowRow
}

// Minute is the minute that the row's window lies in.
func (f FlowRow) Minute() Minute { return MinuteOf(f.WindowStart) }

// LossReason says at which point something was lost.
type LossReason string

// Loss reasons. A reason names the place, not the remedy.
const (
	LossMapFull            LossReason = "map-full"             // a bounded kernel map refused an entry
	LossRingFull           LossReason = "ring-full"            // the event ring had no room
	LossSpoolFull          LossReason = "spool-full"           // the agent's spool hit its limit
	LossSpoolDamaged       LossReason = "spool-damaged"        // a spool record failed its checksum
	LossBatchRefused       LossReason = "batch-refused"        // the service refused the batch as malformed
	LossUntranslated       LossReason = "untranslated"         // a Service address could not be resolved to its backend
	LossAgentRestart       LossReason = "agent-restart"        // counted by the kernel, but no agent was there to read it
	LossReadFailed         LossReason = "read-failed"          // the kernel counters could not be read
	LossSampled            LossReason = "sampled"              // the source itself samples or skips
	LossBeforeAgentStarted LossReason = "before-agent-started" // moved on sockets older than the agent
)

// Loss is data that is known not to have been recorded. It travels and is
// stored like flows are. A zero count means "this many are not known", see
// BytesKnown.
type Loss struct {
	Reason LossReason
	// From and To bound the time in which it happened.
	From, To time.Time
	// Flows is the number of flow entries affected, as far as known.
	Flows uint64
	// Bytes is the number of wire bytes lost; valid only when BytesKnown.
	Bytes      uint64
	BytesKnown bool
}
