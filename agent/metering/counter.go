// Package metering turns cumulative kernel counters into flow rows, counting
// each byte once: in a row, or in a loss. It is pure: it holds no clock and
// reads nothing; agent/app feeds it.
package metering

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// Key says between which ends a counter counts. It does not change while the
// counter lives; another key under the same ID is another life.
type Key struct {
	Local model.LocalEnd
	// LocalAddr and RemoteAddr are the addresses of the socket, as the process
	// sees them: RemoteAddr is a Service's where one was dialled.
	LocalAddr, RemoteAddr netip.Addr
	// LocalPort and RemotePort are the socket's two ports; the client's is the
	// ephemeral one, 0 where it was folded away already.
	LocalPort, RemotePort uint16
	// ServerPort is the accepting side's port as this end knows it.
	ServerPort uint16
	Protocol   model.Protocol
	Role       model.Role
}

// Counter is one reading of one kernel counter.
type Counter struct {
	// ID is stable over the counter's life: a socket cookie, or the id of a map
	// entry.
	ID  uint64
	Key Key
	// Sent and Received are cumulative over the counter's life.
	Sent, Received model.Counts
	// Dialled is what the client dialled before a rule of the server's own network
	// namespace sent it to LocalAddr and LocalPort, zero where none is known to. It may
	// come late, and then holds for the life.
	Dialled netip.AddrPort
	// RTTMicros is the smoothed round-trip time in microseconds, 0 where unknown.
	RTTMicros uint32
	// Adopted says that the connection was open before the capture was: its
	// counter starts at the adoption, and it is no new connection.
	Adopted bool
	// Final marks the last reading of a life.
	Final bool
}

// asDialled is the key of a server as its client knows it, before a REDIRECT rule
// of the server's own network namespace gave it another port.
func (k Key) asDialled(dialled netip.AddrPort) Key {
	if dialled.Addr() == k.LocalAddr {
		k.LocalPort, k.ServerPort = dialled.Port(), dialled.Port()
	}
	return k
}

// Translation is what became of a connection to a Service address.
type Translation struct {
	// RemoteAddr is the true peer, VirtualAddr and VirtualPort what was dialled.
	RemoteAddr, VirtualAddr netip.Addr
	VirtualPort             uint16
	// ServerPort is the peer's real port.
	ServerPort uint16
}

// Translator answers whether a connection was translated, and to what. A no is
// asked again at the next reading, a yes holds for the counter's life: the
// kernel forgets a translation before the socket does.
type Translator func(Key) (Translation, bool)

// falls reports whether a counter went backwards. Packets and payload are the
// kernel's own, so they never fall within a life. Wire bytes are derived from
// them and may wobble with the header size; that is no new life.
func falls(now, before model.Counts) bool {
	return now.Packets < before.Packets || now.PayloadBytes < before.PayloadBytes
}

// since returns what was counted after before, and the new high-water mark. A
// field that fell counts nothing until it has passed its old value again.
func since(now, before model.Counts) (delta, high model.Counts) {
	delta.WireBytes, high.WireBytes = rise(now.WireBytes, before.WireBytes)
	delta.PayloadBytes, high.PayloadBytes = rise(now.PayloadBytes, before.PayloadBytes)
	delta.Packets, high.Packets = rise(now.Packets, before.Packets)
	delta.RetransmittedPackets, high.RetransmittedPackets = rise(now.RetransmittedPackets, before.RetransmittedPackets)
	return delta, high
}

func rise(now, before uint64) (delta, high uint64) {
	if now <= before {
		return 0, before
	}
	return now - before, now
}
