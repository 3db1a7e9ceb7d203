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
func withoutMasquerade(pairs []pair, check *Check) []pair {
	seenByPodsNode := map[twinKey]bool{}
	for i := range pairs {
		for _, t := range pairs[i].lone() {
			if t.near.identity.Kind != model.KindNode && t.far.node != (model.AgentID{}) {
				seenByPodsNode[twinKey{pairs[i].key.minute, t.near.node, t.far.addr, t.port, t.protocol, !t.nearIsFrom}] = true
			}
		}
	}
	kept := pairs[:0]
	for i := range pairs {
		if isTwin(&pairs[i], seenByPodsNode) {
			check.MasqueradedBytes += wireBytes(pairs[i].lone())
			continue
		}
		kept = append(kept, pairs[i])
	}
	return kept
}

// isTwin reports whether all of a pair is the far end's word about a node where
// that node named a pod.
func isTwin(p *pair, seenByPodsNode map[twinKey]bool) bool {
	for _, t := range p.lone() {
		twin := twinKey{p.key.minute, t.far.node, t.near.addr, t.port, t.protocol, t.nearIsFrom}
		if t.far.identity.Kind != model.KindNode || t.far.node == t.near.node || !seenByPodsNode[twin] {
			return false
		}
	}
	return len(p.lone()) > 0
}

// lone returns the transfers of a pair that only one side reported.
func (p *pair) lone() []transfer {
	switch {
	case len(p.sender) == 0:
		return p.receiver
	case len(p.receiver) == 0:
		return p.sender
	default:
		return nil
	}
}
