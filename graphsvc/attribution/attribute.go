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
	// SilentAtBorderBytes is the share of SenderSilentBytes that was counted next to
	// the minute's start or end. As long as both ends are read in time, at most this is
	// on an edge of the minute before or after as well, by the sender's report (ADR 6).
	SilentAtBorderBytes uint64
	// MasqueradedBytes were reported by the far end under the address of a node,
	// and are on the edge of the pod behind it by the pod's own node's report.
	MasqueradedBytes uint64
	// JoinedBytes were reported by clients under a translated address that they
	// dialled, and are on the edges of the servers behind it by those servers' own
	// reports. Where there is one server, the client's report is a report like any.
	JoinedBytes uint64
}

// Attribute turns the rows that agents reported into flows between identities,
// in an order that depends on their content alone. Every byte reported by the
// end that is taken as the truth is on exactly one flow.
func Attribute(index *Index, coverage *Coverage, rows []ReportedRow) ([]AttributedFlow, Check) {
	return attribute(index, coverage, rows, nil)
}

// attribute notes what it does in a tracer, if there is one.
func attribute(index *Index, coverage *Coverage, rows []ReportedRow, traced *tracer) ([]AttributedFlow, Check) {
	r := newResolver(index, coverage, rows)
	memo := r.coverage
	pairs := pairUp(r)
	var check Check
	pairs = r.joinDialled(pairs, &check)
	pairs = withoutMasquerade(pairs, &check)
	flows := make([]AttributedFlow, 0, len(pairs))
	for i := range pairs {
		p := &pairs[i]
		c := p.choose(memo)
		if len(p.sender) == 0 {
			r.addSilent(&check, c.truth, p.key.minute)
		}
		c.truth = r.refine(c.truth, c.check)
		flows = r.settle(flows, p.key.minute, &c, &check)
		if traced != nil {
			traced.pair(r, p, c, memo)
		}
	}
	return flows, check
}

// settle appends the flows of one pair: the truth on its edges, each with what
// the other side said of it.
func (r *resolver) settle(flows []AttributedFlow, minute model.Minute, c *choice, check *Check) []AttributedFlow {
	start := len(flows)
	flows = r.appendSums(flows, minute, c.truth)
	if len(c.check) == 0 {
		return flows
	}
	check.CheckedBytes += wireBytes(c.truth)
	check.CheckBytes += wireBytes(c.check)
	added := flows[start:]
	if len(added) == 1 {
		added[0].Checked, added[0].CheckBytes = true, wireBytes(c.check)
		return flows
	}
	c.check = r.refine(c.check, c.truth)
	for _, said := range r.appendSums(nil, minute, c.check) {
		at := slices.IndexFunc(added, func(f AttributedFlow) bool { return f.Key == said.Key })
		if at < 0 {
			check.UnmatchedBytes += said.Sent.WireBytes
			continue
		}
		added[at].Checked, added[at].CheckBytes = true, said.Sent.WireBytes
	}
	return flows
}

// appendSums adds transfers up by edge and appends the sums, in order of the
// edge's text.
func (r *resolver) appendSums(flows []AttributedFlow, minute model.Minute, side []transfer) []AttributedFlow {
	start := len(flows)
	for i := range side {
		t := &side[i]
		key := t.key(r.path(t.near, t.far, t.at))
		at := len(flows) - 1
		for at >= start && flows[at].Key != key {
			at--
		}
		if at < start {
			at = len(flows)
			flows = append(flows, AttributedFlow{Minute: minute, Key: key})
		}
		flow := &flows[at]
		flow.Sent = flow.Sent.Add(t.counts)
		flow.Connections += t.connections
		flow.RTTMicros = max(flow.RTTMicros, t.rttMicros)
	}
	if added := flows[start:]; len(added) > 1 {
		slices.SortFunc(added, func(a, b AttributedFlow) int { return cmp.Compare(a.Key.String(), b.Key.String()) })
	}
	return flows
}

// addSilent adds up what receivers alone reported of senders whose nodes were fully
// covered. One address may have been on several nodes within the minute, of which
// each is asked for its own part.
func (r *resolver) addSilent(check *Check, byReceivers []transfer, minute model.Minute) {
	whole := minuteSpan(minute)
	for i := range byReceivers {
		t := &byReceivers[i]
		if !r.coverage.full(t.far.node, minute) {
			continue
		}
		check.SenderSilentBytes += t.counts.WireBytes
		if window := r.window(t); window.from == whole.from || window.to == whole.to {
			check.SilentAtBorderBytes += t.counts.WireBytes
		}
	}
}

func wireBytes(side []transfer) uint64 {
	var total uint64
	for i := range side {
		total += side[i].counts.WireBytes
	}
	return total
}
