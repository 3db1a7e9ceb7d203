package attribution

import (
	"cmp"
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// ReportedRow is one raw row and the agent that reported it. Batches that came
// twice are one batch: rows are to be deduplicated by batch key before.
type ReportedRow struct {
	Agent model.AgentID
	Row   model.FlowRow
}

// transfer is one direction of one row: what one agent said went from source to
// destination. near is the end on the agent's node, far the other one.
type transfer struct {
	near, far   end
	nearIsFrom  bool // reported by the sender
	window      span
	port        uint16
	protocol    model.Protocol
	initiator   model.Initiator
	counts      model.Counts
	connections uint64
	rttMicros   uint32
}

// pairKey is what two reports of one transfer have in common. Addresses are
// compared, not identities: the two nodes may know the ends differently, and a
// transfer must not be counted twice for that. The initiator is left out,
// because one end may not know it.
type pairKey struct {
	minute             model.Minute
	sourceCluster      string
	source             netip.Addr
	destinationCluster string
	destination        netip.Addr
	port               uint16
	protocol           model.Protocol
	// host, local and initiator keep apart what never left a machine: every pod
	// has a 127.0.0.1, and there both directions have the same two addresses.
	host      model.AgentID
	local     model.LocalEnd
	initiator model.Initiator
}

func comparePairs(a, b pairKey) int {
	return cmp.Or(
		cmp.Compare(a.minute, b.minute),
		cmp.Compare(a.sourceCluster, b.sourceCluster),
		a.source.Compare(b.source),
		cmp.Compare(a.destinationCluster, b.destinationCluster),
		a.destination.Compare(b.destination),
		cmp.Compare(a.port, b.port),
		cmp.Compare(a.protocol, b.protocol),
		compareAgents(a.host, b.host),
		cmp.Compare(a.local.Kind, b.local.Kind),
		cmp.Compare(a.local.ID, b.local.ID),
		cmp.Compare(a.initiator, b.initiator),
	)
}

// transfersOf splits a row into its directions. A direction in which nothing
// was counted is no transfer.
func (x *Index) transfersOf(reported ReportedRow) []transfer {
	row := reported.Row
	window := windowSpan(row.WindowStart, row.WindowLength)
	near := x.local(reported.Agent, row, window)
	far := x.remote(reported.Agent, near, row, window)
	base := transfer{
		near: near, far: far, window: window, port: row.ServerPort, protocol: row.Protocol,
		connections: uint64(row.Connections), rttMicros: row.RTTMicros,
	}
	var both []transfer
	if !row.Sent.IsZero() {
		sent := base
		sent.nearIsFrom, sent.counts = true, row.Sent
		sent.initiator = initiatorOf(row.Role, true)
		both = append(both, sent)
	}
	if !row.Received.IsZero() {
		received := base
		received.counts = row.Received
		received.initiator = initiatorOf(row.Role, false)
		both = append(both, received)
	}
	return both
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

func (t *transfer) pair(reported ReportedRow) pairKey {
	source, destination := t.ends()
	key := pairKey{
		minute:             reported.Row.Minute(),
		sourceCluster:      cmp.Or(source.node.Cluster, reported.Agent.Cluster),
		source:             source.addr,
		destinationCluster: cmp.Or(destination.node.Cluster, reported.Agent.Cluster),
		destination:        destination.addr,
		port:               t.port,
		protocol:           t.protocol,
	}
	if t.far.onHost {
		key.host, key.local, key.initiator = reported.Agent, reported.Row.Local, t.initiator
	}
	return key
}

// ends returns source and destination.
func (t *transfer) ends() (source, destination *end) {
	if t.nearIsFrom {
		return &t.near, &t.far
	}
	return &t.far, &t.near
}

// key is the edge that the transfer belongs to.
func (x *Index) key(t *transfer) model.EdgeKey {
	source, destination := t.ends()
	return model.EdgeKey{
		Source: source.identity, Destination: destination.identity,
		SourceRevision: source.revision, DestinationRevision: destination.revision,
		ServerPort: t.port, Protocol: t.protocol, Initiator: t.initiator,
		SourcePlace: source.place, DestinationPlace: destination.place,
		Path: x.path(t.near, t.far, t.window.from),
	}
}
