package probe

import "github.com/egressor/egressor/internal/model"

// Lengths in bytes. A SYN carries the maximum segment size, then window scaling
// (with padding) where used. Selective acknowledgement hides in the padding of
// the timestamp option, or takes four bytes of its own.
const (
	ipv4HeaderBytes  = 20
	ipv6HeaderBytes  = 40
	tcpHeaderBytes   = 20
	timestampBytes   = 12
	synMSSBytes      = 4
	synWScaleBytes   = 4
	synSACKOnlyBytes = 4
)

// tcpCounters are one socket's counters as the kernel keeps them, widened to 64
// bits and net of what was there before the probe.
type tcpCounters struct {
	ipv6 bool
	role model.Role
	// bytesSent includes bytesRetransmitted. bytesReceived has no duplicates but
	// counts the peer's FIN as one byte.
	bytesSent, bytesRetransmitted, bytesReceived uint64
	segmentsSent, segmentsReceived               uint64
	segmentsRetransmitted                        uint64
	// handshakes is how many SYNs (client) or SYN-ACKs (server) were sent, 0
	// where the opening was not seen.
	handshakes uint64
	// headerLength is that of a TCP header without SACK blocks.
	headerLength uint64
	// finReceived says that bytesReceived counts the FIN. refused says that the
	// connection was never established. lastACKDue says that the socket closed
	// in FIN_WAIT2 and left the peer's FIN to a time-wait socket. resetDue says
	// that its owner aborted it: the reset is sent after the close.
	finReceived, refused, lastACKDue, resetDue bool
	windowScaling, sack                        bool
}

// counts turns kernel counters into IP-layer bytes, payload bytes and packets.
//
// Wire bytes are payload as sent plus one IP and TCP header per segment, plus
// what no counter of the socket holds: the options of SYN and SYN-ACK, the
// SYN-ACKs of an accepted socket (sent before it existed), the last acknowledgement
// of a time-wait socket, where it is assumed that the peer closes too, and the
// reset of an aborted one.
// Not included: SACK blocks on acknowledgements and duplicates received, which
// only matter under loss.
func (c tcpCounters) counts() (sent, received model.Counts) {
	header := c.ipHeader() + c.headerLength
	payloadReceived := c.bytesReceived
	if c.finReceived && payloadReceived > 0 {
		payloadReceived--
	}
	sent = model.Counts{
		WireBytes:            c.bytesSent + c.segmentsSent*header,
		PayloadBytes:         c.bytesSent - min(c.bytesRetransmitted, c.bytesSent),
		Packets:              c.segmentsSent,
		RetransmittedPackets: c.segmentsRetransmitted,
	}
	received = model.Counts{
		WireBytes:    payloadReceived + c.segmentsReceived*header,
		PayloadBytes: payloadReceived,
		Packets:      c.segmentsReceived,
	}
	c.addHandshake(&sent, &received)
	if c.lastACKDue {
		sent = sent.Add(model.Counts{WireBytes: header, Packets: 1})
		received = received.Add(model.Counts{WireBytes: header, Packets: 1})
	}
	if c.resetDue {
		sent = sent.Add(model.Counts{WireBytes: header, Packets: 1})
	}
	return sent, received
}

func (c tcpCounters) addHandshake(sent, received *model.Counts) {
	switch {
	case c.refused:
		sent.WireBytes += c.handshakes * c.synOptions()
		// What came back, if anything, is a reset without options.
		received.WireBytes = c.segmentsReceived * (c.ipHeader() + tcpHeaderBytes)
	case c.handshakes == 0:
	case c.role == model.RoleClient:
		sent.WireBytes += c.handshakes * c.synOptions()
		received.WireBytes += c.synOptions()
	case c.role == model.RoleServer:
		sent.WireBytes += c.handshakes * (c.ipHeader() + c.headerLength + c.synOptions())
		sent.Packets += c.handshakes
		received.WireBytes += c.synOptions()
	}
}

// synOptions is by how many bytes a SYN is longer than later headers.
func (c tcpCounters) synOptions() uint64 {
	length := uint64(synMSSBytes)
	if c.windowScaling {
		length += synWScaleBytes
	}
	if c.sack && c.headerLength < tcpHeaderBytes+timestampBytes {
		length += synSACKOnlyBytes
	}
	return length
}

func (c tcpCounters) ipHeader() uint64 {
	if c.ipv6 {
		return ipv6HeaderBytes
	}
	return ipv4HeaderBytes
}
