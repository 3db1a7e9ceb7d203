package scenario

import (
	"net/netip"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// flow is one line of flows.txt: the traffic between two ends in one window.
type flow struct {
	at     time.Time
	length time.Duration
	// left is the end written first, right the other.
	left, right flowEnd
	port        uint16
	protocol    model.Protocol
	opener      opener
	// sent is left to right, received right to left, as the left end counted.
	sent, received model.Counts
	// otherSent and otherReceived are the same two directions as the right end
	// counted them.
	otherSent, otherReceived model.Counts
	byLeft, byRight          bool
	connections              uint32
	rttMicros                uint32
	virtual                  netip.Addr
}

// flowEnd is one end of a flow. An end outside has no agent.
type flowEnd struct {
	addr  netip.Addr
	agent model.AgentID
	local model.LocalEnd
}

func (e flowEnd) reports() bool { return e.agent != (model.AgentID{}) }

// opener says which end of a line opened the connections.
type opener uint8

const (
	openerLeft opener = iota
	openerRight
	openerUnknown
)

// roles returns the parts that the left and the right end play.
func (o opener) roles() (left, right model.Role) {
	switch o {
	case openerLeft:
		return model.RoleClient, model.RoleServer
	case openerRight:
		return model.RoleServer, model.RoleClient
	default:
		return model.RoleUnknown, model.RoleUnknown
	}
}

// silence is a time in which a node's agent reported nothing.
type silence struct {
	agent  model.AgentID
	period model.Period
}

// loss is data that an agent says it lost.
type loss struct {
	agent model.AgentID
	model.Loss
}

// rows returns what the agents report of the flow.
func (f *flow) rows() []reportedRow {
	leftRole, rightRole := f.opener.roles()
	row := model.FlowRow{
		ServerPort: f.port, Protocol: f.protocol, WindowStart: f.at, WindowLength: f.length,
		Connections: f.connections, RTTMicros: f.rttMicros,
	}
	var rows []reportedRow
	if f.byLeft {
		left := row
		left.Local, left.LocalAddr, left.RemoteAddr = f.left.local, f.left.addr, f.right.addr
		left.Role, left.Sent, left.Received = leftRole, f.sent, asReceived(f.received)
		left.VirtualAddr = f.virtual
		rows = append(rows, reportedRow{f.left.agent, left})
	}
	if f.byRight {
		right := row
		right.Local, right.LocalAddr, right.RemoteAddr = f.right.local, f.right.addr, f.left.addr
		right.Role, right.Sent, right.Received = rightRole, f.otherReceived, asReceived(f.otherSent)
		rows = append(rows, reportedRow{f.right.agent, right})
	}
	return rows
}

// asReceived forgets what only a sender can know.
func asReceived(c model.Counts) model.Counts {
	c.RetransmittedPackets = 0
	return c
}

type reportedRow struct {
	agent model.AgentID
	row   model.FlowRow
}

// Sizes from which packets and payload are derived where a line does not give
// them.
const (
	bytesPerPacket = 1500
	tcpHeaderBytes = 52 // IPv4 and TCP with timestamps
	udpHeaderBytes = 28
)

// countsOf derives packets and payload from wire bytes: as few packets as carry
// them, and the rest after a header each.
func countsOf(wire uint64, protocol model.Protocol) model.Counts {
	packets := (wire + bytesPerPacket - 1) / bytesPerPacket
	header := packets * udpHeaderBytes
	if protocol == model.TCP {
		header = packets * tcpHeaderBytes
	}
	return model.Counts{WireBytes: wire, PayloadBytes: wire - min(wire, header), Packets: packets}
}
