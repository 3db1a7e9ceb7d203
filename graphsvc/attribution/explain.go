package attribution

import (
	"net/netip"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// ExplainedPair is why one pair of addresses put bytes onto an edge: both ends'
// reports of one transfer in one minute, and which of them was taken.
type ExplainedPair struct {
	Source, Destination netip.Addr
	ServerPort          uint16
	Protocol            model.Protocol
	Choice              ChoiceRule
	// SenderCovered and ReceiverCovered tell whether each side's nodes reported the
	// whole minute without a loss; false where the side has no report.
	SenderCovered, ReceiverCovered bool
	Reports                        []ExplainedReport
}

// ExplainedReport is one direction of one raw row.
type ExplainedReport struct {
	// Row is which of the rows given.
	Row int
	// Truth tells whether it was taken; the others are the check.
	Truth    bool
	BySender bool
	Counts   model.Counts
	// Edge is where it would put its bytes.
	Edge                model.EdgeKey
	Source, Destination ExplainedEnd
	PathReason          PathReason
}

// ExplainedEnd is how one end was named.
type ExplainedEnd struct {
	Addr     netip.Addr
	Identity model.Identity
	Node     model.AgentID
	Rule     EndRule
	// Endpoint is the key of the endpoint's fact, "" for ends of another kind.
	Endpoint string
}

// tracer notes what Attribute does on the way to some edges.
type tracer struct {
	wanted func(model.EdgeKey) bool
	pairs  []ExplainedPair
}

// Explain attributes as Attribute does, by the same code, and returns what led to
// one edge: the pairs of which the report that was taken put bytes onto it.
func Explain(index *Index, coverage *Coverage, rows []ReportedRow, edge model.EdgeKey) []ExplainedPair {
	t := &tracer{wanted: func(key model.EdgeKey) bool { return key == edge }}
	attribute(index, coverage, rows, t)
	return t.pairs
}

// Reports attributes as Attribute does, by the same code, and returns every
// direction of every row with the ends that it was given, in no order.
func Reports(index *Index, coverage *Coverage, rows []ReportedRow) []ExplainedReport {
	var reports []ExplainedReport
	for _, pair := range all(index, coverage, rows) {
		reports = append(reports, pair.Reports...)
	}
	return reports
}

func all(index *Index, coverage *Coverage, rows []ReportedRow) []ExplainedPair {
	t := &tracer{wanted: func(model.EdgeKey) bool { return true }}
	attribute(index, coverage, rows, t)
	return t.pairs
}

// Speaking attributes as Attribute does, by the same code, and returns for each edge
// which of the rows led to it, in order: those that Explain returns of it.
func Speaking(index *Index, coverage *Coverage, rows []ReportedRow) map[model.EdgeID][]int32 {
	speaking := map[model.EdgeID][]int32{}
	for _, pair := range all(index, coverage, rows) {
		ids := make([]model.EdgeID, len(pair.Reports))
		var taken []model.EdgeID
		for i := range pair.Reports {
			ids[i] = pair.Reports[i].Edge.ID()
			if pair.Reports[i].Truth && !slices.Contains(taken, ids[i]) {
				taken = append(taken, ids[i])
			}
		}
		for i := range pair.Reports {
			of := ids[i]
			if len(taken) == 1 {
				of = taken[0] // of a pair with one edge, every check belongs to it
			}
			if slices.Contains(taken, of) {
				speaking[of] = append(speaking[of], int32(pair.Reports[i].Row))
			}
		}
	}
	for of, rows := range speaking {
		slices.Sort(rows)
		speaking[of] = slices.Compact(rows)
	}
	return speaking
}

// pair notes a settled pair if its truth is on a wanted edge. Both sides have been
// refined by now, as far as they are.
func (t *tracer) pair(r *resolver, p *pair, c choice, memo *coverageMemo) {
	pair := ExplainedPair{
		Source: p.key.source, Destination: p.key.destination, ServerPort: p.key.port, Protocol: p.key.protocol, Choice: c.rule,
		SenderCovered:   len(p.sender) > 0 && allCovered(p.sender, memo, p.key.minute),
		ReceiverCovered: len(p.receiver) > 0 && allCovered(p.receiver, memo, p.key.minute),
	}
	for i := range c.truth {
		if report := r.explained(&c.truth[i], true); t.wanted(report.Edge) {
			pair.Reports = append(pair.Reports, report)
		}
	}
	if len(pair.Reports) == 0 {
		return
	}
	// Of a pair with several edges, a check belongs to the one that it names.
	whole := len(pair.Reports) == len(c.truth)
	for i := range c.check {
		if report := r.explained(&c.check[i], false); whole || t.wanted(report.Edge) {
			pair.Reports = append(pair.Reports, report)
		}
	}
	t.pairs = append(t.pairs, pair)
}

func (r *resolver) explained(t *transfer, truth bool) ExplainedReport {
	found := r.decide(t.near, t.far, t.at)
	near, far := explainedEnd(t.near, r.nearRule(t)), explainedEnd(t.far, r.farRule(t))
	report := ExplainedReport{
		Row: int(t.row), Truth: truth, BySender: t.nearIsFrom, Counts: t.counts,
		Edge: t.key(found.path), Source: near, Destination: far, PathReason: found.reason,
	}
	if !t.nearIsFrom {
		report.Source, report.Destination = far, near
	}
	return report
}

func explainedEnd(e *end, rule EndRule) ExplainedEnd {
	return ExplainedEnd{Addr: e.addr, Identity: e.identity, Node: e.node, Rule: rule, Endpoint: e.endpoint}
}

func (r *resolver) nearRule(t *transfer) EndRule {
	switch r.rows[t.row].Row.Local.Kind {
	case model.LocalPod:
		return RuleCgroupPod
	case model.LocalNode:
		return RuleCgroupUnit
	default:
		return addressRule(t.near)
	}
}

// farRule tells who named the far end: the row's address by the facts, or another
// end's report of the same transfer.
func (r *resolver) farRule(t *transfer) EndRule {
	row := &r.rows[t.row].Row
	if t.far.addr != row.RemoteAddr.Unmap() {
		return RuleTranslation
	}
	asked := *t
	window := windowSpan(row.WindowStart, row.WindowLength)
	_, asked.far = r.ends(r.rows[t.row].Agent, row, window)
	switch {
	case asked.far != t.far:
		return RuleFarAgent
	case t.far.onHost:
		return RuleSameHost
	default:
		return addressRule(t.far)
	}
}

func addressRule(e *end) EndRule {
	switch {
	case e.contested:
		return RuleContested
	case e.identity.Kind == model.KindUnknown:
		return unknownRules[model.UnknownReason(e.identity.Type)]
	case e.identity.Kind == model.KindCloudEndpoint:
		return RuleEndpointRange
	case e.identity.Kind == model.KindNode:
		return RuleNodeAddress
	case e.vague:
		return RuleHostPodAddress
	default:
		return RulePodAddress
	}
}
