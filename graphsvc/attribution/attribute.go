package attribution

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// AttributedFlow is what one edge carried between one pair of addresses in one
// minute.
type AttributedFlow struct {
	Minute model.Minute
	Key    model.EdgeKey
	// Sent is by the report that was taken as the truth.
	Sent model.Counts
	// Connections were first seen in the minute. A connection is counted on the
	// edge of its requests and on that of its responses.
	Connections uint64
	// RTTMicros is the highest smoothed round-trip time reported, 0 where unknown.
	RTTMicros uint32
	// CheckBytes is the wire bytes of the other end's report, 0 unless Checked.
	CheckBytes uint64
	Checked    bool
}

// Check sums up how the two ends' reports compare over the rows of one call.
type Check struct {
	// CheckedBytes and CheckBytes are the wire bytes of the transfers reported by
	// both ends, as taken and as the other end said.
	CheckedBytes, CheckBytes uint64
	// UnmatchedBytes is the share of CheckBytes that belongs to no single edge,
	// because the ends disagree on who held an address.
	UnmatchedBytes uint64
	// SenderSilentBytes were reported by the receiver alone although the sender's
	// node was fully covered: clocks that differ at a minute's border, or packets
	// that no socket of the sender's made. They are on their edges.
	SenderSilentBytes uint64
	// MasqueradedBytes were reported by the far end under the address of a node,
	// and are on the edge of the pod behind it by the pod's own node's report.
	MasqueradedBytes uint64
}

// Attribute turns the rows that agents reported into flows between identities,
// in an order that depends on their content alone. Every byte reported by the
// end that is taken as the truth is on exactly one flow.
func Attribute(index *Index, coverage *Coverage, rows []ReportedRow) ([]AttributedFlow, Check) {
	pairs := pairUp(index, rows)
	var check Check
	pairs = withoutMasquerade(pairs, &check)
	var flows []AttributedFlow
	for _, p := range pairs {
		truth, other := p.choose(coverage)
		if len(p.sender) == 0 && coverage.Full(truth[0].far.node, p.key.minute) {
			check.SenderSilentBytes += wireBytes(truth)
		}
		flows = append(flows, index.settle(p.key.minute, truth, other, &check)...)
	}
	return flows, check
}

// pairUp brings the reports of each transfer together, in order.
func pairUp(index *Index, rows []ReportedRow) []*pair {
	byKey := map[pairKey]*pair{}
	for _, reported := range rows {
		for _, t := range index.transfersOf(reported) {
			key := t.pair(reported)
			p := byKey[key]
			if p == nil {
				p = &pair{key: key}
				byKey[key] = p
			}
			if t.nearIsFrom {
				p.sender = append(p.sender, t)
			} else {
				p.receiver = append(p.receiver, t)
			}
		}
	}
	pairs := make([]*pair, 0, len(byKey))
	for _, p := range byKey {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b *pair) int { return comparePairs(a.key, b.key) })
	return pairs
}

// settle makes the flows of one pair: the truth on its edges, each with what the
// other side said of it.
func (x *Index) settle(minute model.Minute, truth, other []transfer, check *Check) []AttributedFlow {
	flows := x.summed(minute, refine(truth, other))
	if len(other) == 0 {
		return flows
	}
	check.CheckedBytes += wireBytes(truth)
	check.CheckBytes += wireBytes(other)
	if len(flows) == 1 {
		flows[0].Checked, flows[0].CheckBytes = true, wireBytes(other)
		return flows
	}
	for _, said := range x.summed(minute, refine(other, truth)) {
		at := slices.IndexFunc(flows, func(f AttributedFlow) bool { return f.Key == said.Key })
		if at < 0 {
			check.UnmatchedBytes += said.Sent.WireBytes
			continue
		}
		flows[at].Checked, flows[at].CheckBytes = true, said.Sent.WireBytes
	}
	return flows
}

// summed adds transfers up by edge, in order of the edge's text.
func (x *Index) summed(minute model.Minute, side []transfer) []AttributedFlow {
	var flows []AttributedFlow
	for i := range side {
		key := x.key(&side[i])
		at := slices.IndexFunc(flows, func(f AttributedFlow) bool { return f.Key == key })
		if at < 0 {
			at = len(flows)
			flows = append(flows, AttributedFlow{Minute: minute, Key: key})
		}
		flows[at].Sent = flows[at].Sent.Add(side[i].counts)
		flows[at].Connections += side[i].connections
		flows[at].RTTMicros = max(flows[at].RTTMicros, side[i].rttMicros)
	}
	if len(flows) > 1 {
		slices.SortFunc(flows, func(a, b AttributedFlow) int { return cmp.Compare(a.Key.String(), b.Key.String()) })
	}
	return flows
}

func wireBytes(side []transfer) uint64 {
	var total uint64
	for i := range side {
		total += side[i].counts.WireBytes
	}
	return total
}
