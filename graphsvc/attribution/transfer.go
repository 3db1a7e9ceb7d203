package attribution

import (
	"cmp"
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// ReportedRow is one raw row and the agent that reported it. Batches that came
// twice are one batch: rows are to be deduplicated by batch key before.
type ReportedRow = model.ReportedRow

// transfer is one direction of one row: what one agent said went from source to
// destination. near is the end on the agent's node, far the other one.
type transfer struct {
	near, far   *end
	row         int32 // which row said so
	nearIsFrom  bool  // reported by the sender
	dialled     bool  // by the server, of a connection that was dialled under another address
	protocol    model.Protocol
	port        uint16
	rttMicros   uint32
	at          int64 // the window's start, in microseconds since the epoch
	connections uint64
	initiator   model.Initiator
	counts      model.Counts
}

// pairKey is what two reports of one transfer have in common. Addresses are
// compared, not identities: the two nodes may know the ends differently, and a
// transfer must not be counted twice for that. The initiator is left out,
// because one end may not know it.
type pairKey struct {
	minute             model.Minute
	source             netip.Addr
	destination        netip.Addr
	port               uint16
	protocol           model.Protocol
	sourceCluster      string
	destinationCluster string
	// scope keeps apart what never left a machine: every pod has a 127.0.0.1, and
	// there both directions have the same two addresses. It is "" for the rest.
	scope string
}

func comparePairs(a, b *pairKey) int {
	if order := cmp.Or(a.source.Compare(b.source), a.destination.Compare(b.destination)); order != 0 {
		return order
	}
	return cmp.Or(
		cmp.Compare(a.minute, b.minute),
		cmp.Compare(a.port, b.port),
		cmp.Compare(a.protocol, b.protocol),
		cmp.Compare(a.sourceCluster, b.sourceCluster),
		cmp.Compare(a.destinationCluster, b.destinationCluster),
		cmp.Compare(a.scope, b.scope),
	)
}

// appendTransfers splits a row between two ends into its directions. A direction in
// which nothing was counted is no transfer.
func (r *resolver) appendTransfers(list []transfer, at int, of nearFar) []transfer {
	row := &r.rows[at].Row
	t := transfer{
		row: int32(at), dialled: row.Role == model.RoleServer && row.VirtualAddr.IsValid(),
		near: of.near, far: of.far, at: row.WindowStart.UnixMicro(), port: row.ServerPort, protocol: row.Protocol,
		connections: uint64(row.Connections), rttMicros: row.RTTMicros,
	}
	if !row.Sent.IsZero() {
		t.nearIsFrom, t.counts, t.initiator = true, row.Sent, initiatorOf(row.Role, true)
		list = append(list, t)
	}
	if !row.Received.IsZero() {
		t.nearIsFrom, t.counts, t.initiator = false, row.Received, initiatorOf(row.Role, false)
		list = append(list, t)
	}
	return list
}

func initiatorOf(role model.Role, localSent bool) model.Initiator {
	switch {
	case role == model.RoleUnknown:
		return model.InitiatorUnknown
	case (role == model.RoleClient) == localSent:
		return model.InitiatorSource
	default:
		return model.InitiatorDestination
	}
}

func (t *transfer) pair(reported *ReportedRow) pairKey {
	source, destination := t.ends()
	key := pairKey{
		minute:             reported.Row.Minute(),
		source:             source.addr,
		destination:        destination.addr,
		port:               t.port,
		protocol:           t.protocol,
		sourceCluster:      cmp.Or(source.node.Cluster, reported.Agent.Cluster),
		destinationCluster: cmp.Or(destination.node.Cluster, reported.Agent.Cluster),
	}
	if t.far.onHost {
		local := reported.Row.Local
		key.scope = reported.Agent.String() + " " + local.Kind.String() + " " + local.ID + " " + string(t.initiator)
	}
	return key
}

// ends returns source and destination.
func (t *transfer) ends() (source, destination *end) {
	if t.nearIsFrom {
		return t.near, t.far
	}
	return t.far, t.near
}

// key is the edge that the transfer belongs to when it takes a path.
func (t *transfer) key(path model.Path) model.EdgeKey {
	source, destination := t.ends()
	return model.EdgeKey{
		Source: source.identity, Destination: destination.identity,
		SourceRevision: source.revision, DestinationRevision: destination.revision,
		ServerPort: t.port, Protocol: t.protocol, Initiator: t.initiator,
		SourcePlace: source.place, DestinationPlace: destination.place,
		Path: path,
	}
}
