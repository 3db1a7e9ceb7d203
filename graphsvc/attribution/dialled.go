package attribution

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// Where a node translates what comes to it from elsewhere (a NodePort, a load
// balancer's address), the client's agent knows the address that was dialled, and
// the server's agent, by its conntrack, both that and the client. The server's
// word on the translation is the proof: the client's report under the dialled
// address is the other report of the same transfer.
//
// What the servers' reports account for is on the true pairs. The client may also
// have reached servers that the node translated further to, of which nobody told:
// what is left of the client's report stays with the address that it dialled.

// dialledKey names one direction of what a client exchanged with an address
// that it dialled.
type dialledKey struct {
	minute    model.Minute
	client    netip.Addr
	dialled   netip.AddrPort
	protocol  model.Protocol
	requested bool // the client was the sender
}

// behind is what a server accounts for of what was dialled.
type behind struct {
	pair   int
	counts model.Counts
	server *end // nil where several ends had the address
}

// joinDialled joins the reports of clients that dialled a translated address with
// those of the servers behind it.
func (r *resolver) joinDialled(pairs []pair, check *Check) []pair {
	servers := r.serversBehind(pairs)
	if len(servers) == 0 {
		return pairs
	}
	for i := range pairs {
		key, ok := r.asDialled(&pairs[i])
		if found := servers[key]; ok && len(found) > 0 {
			r.join(pairs, i, found, check)
		}
	}
	return slices.DeleteFunc(pairs, func(p pair) bool { return len(p.sender)+len(p.receiver) == 0 })
}

// serversBehind gathers what servers reported of connections to them that were
// dialled under another address, in order of the pairs.
func (r *resolver) serversBehind(pairs []pair) map[dialledKey][]behind {
	var servers map[dialledKey][]behind
	for i := range pairs {
		for _, side := range [][]transfer{pairs[i].sender, pairs[i].receiver} {
			for n := range side {
				t := &side[n]
				if !t.dialled {
					continue
				}
				if servers == nil {
					servers = map[dialledKey][]behind{}
				}
				row := &r.rows[t.row].Row
				key := dialledKey{
					pairs[i].key.minute, t.far.addr, netip.AddrPortFrom(row.VirtualAddr.Unmap(), row.VirtualPort), t.protocol, !t.nearIsFrom,
				}
				servers[key] = account(servers[key], i, t)
			}
		}
	}
	return servers
}

// account adds a transfer to what its pair accounts for.
func account(list []behind, pair int, t *transfer) []behind {
	if n := len(list); n == 0 || list[n-1].pair != pair {
		list = append(list, behind{pair: pair, server: t.near})
	}
	last := &list[len(list)-1]
	last.counts = last.counts.Add(t.counts)
	if last.server != t.near {
		last.server = nil
	}
	return list
}

// asDialled is the key of a pair that clients alone reported.
func (r *resolver) asDialled(p *pair) (dialledKey, bool) {
	lone := p.lone()
	for i := range lone {
		if r.rows[lone[i].row].Row.Role != model.RoleClient || lone[i].far.onHost {
			return dialledKey{}, false
		}
	}
	if len(lone) == 0 {
		return dialledKey{}, false
	}
	t := &lone[0]
	return dialledKey{p.key.minute, t.near.addr, netip.AddrPortFrom(t.far.addr, t.port), t.protocol, t.nearIsFrom}, true
}

// join moves what servers account for away from the dialled pair at an index.
func (r *resolver) join(pairs []pair, at int, servers []behind, check *Check) {
	dialled := &pairs[at]
	var said, accounted model.Counts
	for _, t := range dialled.lone() {
		said = said.Add(t.counts)
	}
	for _, server := range servers {
		accounted = accounted.Add(server.counts)
	}
	switch {
	case said.PayloadBytes > accounted.PayloadBytes:
		check.JoinedBytes += min(said.WireBytes, accounted.WireBytes)
		r.leave(dialled, accounted)
		return
	case len(servers) == 1:
		r.asOtherReport(&pairs[servers[0].pair], dialled.lone(), servers[0].server)
	default: // to which server each byte went, only the servers know
		check.JoinedBytes += said.WireBytes
	}
	dialled.sender, dialled.receiver = nil, nil
}

// leave keeps of a pair what others do not account for, on the ends of the
// earliest of its reports: which byte was whose, nobody can tell.
func (r *resolver) leave(p *pair, accounted model.Counts) {
	lone := p.lone()
	rest := slices.MinFunc(lone, func(a, b transfer) int { return compareReports(&r.rows[a.row], &r.rows[b.row]) })
	rest.counts, rest.connections = model.Counts{}, 0
	for i := range lone {
		rest.counts = rest.counts.Add(lone[i].counts)
		rest.rttMicros = max(rest.rttMicros, lone[i].rttMicros)
	}
	rest.counts = without(rest.counts, accounted)
	if len(p.sender) > 0 {
		p.sender = append(p.sender[:0], rest)
	} else {
		p.receiver = append(p.receiver[:0], rest)
	}
}

// compareReports orders reports of one pair by all that their ends depend on.
func compareReports(a, b *ReportedRow) int {
	return cmp.Or(
		a.Row.WindowStart.Compare(b.Row.WindowStart),
		cmp.Compare(a.Row.WindowLength, b.Row.WindowLength),
		strings.Compare(a.Agent.Cluster, b.Agent.Cluster),
		strings.Compare(a.Agent.Node, b.Agent.Node),
		cmp.Compare(a.Row.Local.Kind, b.Row.Local.Kind),
		strings.Compare(a.Row.Local.ID, b.Row.Local.ID),
	)
}

func without(a, b model.Counts) model.Counts {
	return model.Counts{
		WireBytes: a.WireBytes - min(a.WireBytes, b.WireBytes), PayloadBytes: a.PayloadBytes - min(a.PayloadBytes, b.PayloadBytes),
		Packets:              a.Packets - min(a.Packets, b.Packets),
		RetransmittedPackets: a.RetransmittedPackets - min(a.RetransmittedPackets, b.RetransmittedPackets),
	}
}

// asOtherReport makes a client's reports those of its end of the true pair.
func (r *resolver) asOtherReport(p *pair, reports []transfer, server *end) {
	for _, t := range reports {
		far := end{identity: model.Unknown(model.UnknownAmbiguous), vague: true, contested: true}
		if server != nil {
			far = *server
		}
		far.addr = p.key.destination
		if !t.nearIsFrom {
			far.addr = p.key.source
		}
		t.far, t.port = r.intern(far), p.key.port
		if t.nearIsFrom {
			p.sender = append(p.sender, t)
		} else {
			p.receiver = append(p.receiver, t)
		}
	}
}
