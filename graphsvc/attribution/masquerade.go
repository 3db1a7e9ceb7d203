package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// Where a node masquerades its pods, the two ends of one transfer report under
// different addresses: the pod's node names the pod, the far end's node names
// the pod's node. Both reports would be counted. Of such twins the one by the
// pod's own node is kept, because it knows both ends.

// twinKey is what masqueraded twins have in common: the node, the other end,
// the port, and the direction.
type twinKey struct {
	minute    model.Minute
	node      model.AgentID
	other     netip.Addr
	port      uint16
	protocol  model.Protocol
	fromOther bool
}

// withoutMasquerade removes every pair that only the far end reported, under a
// node's address, if a pod on that node reported the like and the far end did
// not know of it. What is removed is counted.
func withoutMasquerade(pairs []*pair, check *Check) []*pair {
	seenByPodsNode := map[twinKey]bool{}
	for _, p := range pairs {
		t, alone := p.lone()
		if alone && t.near.identity.Kind != model.KindNode && t.far.node != (model.AgentID{}) {
			seenByPodsNode[twinKey{p.key.minute, t.near.node, t.far.addr, t.port, t.protocol, !t.nearIsFrom}] = true
		}
	}
	var kept []*pair
	for _, p := range pairs {
		t, alone := p.lone()
		twin := twinKey{p.key.minute, t.far.node, t.near.addr, t.port, t.protocol, t.nearIsFrom}
		if alone && t.far.identity.Kind == model.KindNode && t.far.node != t.near.node && seenByPodsNode[twin] {
			check.MasqueradedBytes += wireBytes(p.sender) + wireBytes(p.receiver)
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// lone returns a transfer of a pair that only one side reported.
func (p *pair) lone() (transfer, bool) {
	return first(append(p.sender[:len(p.sender):len(p.sender)], p.receiver...)), len(p.sender) == 0 || len(p.receiver) == 0
}
