package flowfile

import (
	"cmp"
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// Bits of tcp-flags: a flow log says SYN of who opens and SYN with ACK of who
// accepts, and no other ACK.
const (
	flagSYN    = 2
	flagSYNACK = 18
)

// ephemeralPort is where the ports begin that clients take.
const ephemeralPort = 32768

// ownAddresses finds which address is an interface's: the one that most of its
// records have. Where flow-direction says so, it is known.
func (p *vpcReader) ownAddresses() map[string]netip.Addr {
	seen := map[string]map[netip.Addr]int{}
	for i := range p.records {
		r := &p.records[i]
		if seen[r.iface] == nil {
			seen[r.iface] = map[netip.Addr]int{}
		}
		seen[r.iface][r.source]++
		seen[r.iface][r.dest]++
		if local, known := r.told(); known {
			const certain = 1 << 40
			seen[r.iface][local] += certain
		}
	}
	own := map[string]netip.Addr{}
	for iface, counts := range seen {
		var best netip.Addr
		for addr, n := range counts {
			// With one peer alone both occur as often: clouds' own addresses are private.
			if !best.IsValid() || cmp.Or(cmp.Compare(n, counts[best]), private(addr)-private(best), best.Compare(addr)) > 0 {
				best = addr
			}
		}
		own[iface] = best
	}
	return own
}

func private(addr netip.Addr) int {
	if addr.IsPrivate() {
		return 1
	}
	return 0
}

// told is the interface's address where the record says which it is.
func (r *record) told() (netip.Addr, bool) {
	switch r.direction {
	case "egress":
		return r.source, true
	case "ingress":
		return r.dest, true
	default:
		return netip.Addr{}, false
	}
}

// row is the record as an agent at the interface would have seen it.
func (r *record) row(own netip.Addr) model.FlowRow {
	local, known := r.told()
	if !known {
		if local = own; own != r.source && own != r.dest { // a secondary address
			local = r.source
			if private(r.dest) > private(r.source) {
				local = r.dest
			}
		}
	}
	row := model.FlowRow{LocalAddr: r.source, RemoteAddr: r.dest, Protocol: r.protocol, WindowStart: r.from, WindowLength: r.to.Sub(r.from)}
	serverIsSource, told := r.server()
	row.ServerPort = r.port
	if serverIsSource {
		row.ServerPort = r.sourcePort
	}
	if r.flags&flagSYNACK == flagSYN { // the answer is of the same connection
		row.Connections = 1
	}
	if local == r.source {
		row.Sent = r.counts
	} else {
		row.LocalAddr, row.RemoteAddr, row.Received = r.dest, r.source, r.counts
	}
	if told {
		row.Role = model.RoleClient
		if serverIsSource == (local == r.source) {
			row.Role = model.RoleServer
		}
	}
	return row
}

// server tells which end accepted the connection, and whether that is known: by
// the flags, else by one of the ports being a client's and the other not.
func (r *record) server() (isSource, known bool) {
	switch {
	case r.sourcePort == 0 && r.port == 0:
		return false, false
	case r.initiator == model.InitiatorSource || r.initiator == model.InitiatorDestination:
		return r.initiator == model.InitiatorDestination, true
	case r.flags&flagSYNACK == flagSYNACK:
		return true, true
	case r.flags&flagSYN != 0:
		return false, true
	case r.sourcePort >= ephemeralPort && r.port < ephemeralPort:
		return false, true
	case r.port >= ephemeralPort && r.sourcePort < ephemeralPort:
		return true, true
	default:
		return r.sourcePort < r.port, false
	}
}
