package attribution

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// choice is which report is the truth and which the check, and why.
type choice struct {
	truth, check []transfer
	rule         ChoiceRule
}

// choose returns the report that is the truth, and the other one.
//
// The sender knows what it sent, retransmissions included; the receiver does
// not see what was lost on the way to it. So the sender's report is taken where
// its node was fully covered in the minute, else the receiver's where that node
// was. Where neither was, both counts are parts of the truth, and the larger part
// is taken (the sender's where they are equal). One thing overrules the sender:
// where it cannot say to whom the address belonged at the time, and the
// receiver, fully covered, can.
func (p *pair) choose(coverage *coverageMemo) choice {
	switch {
	case len(p.sender) == 0:
		return choice{p.receiver, nil, ChoiceOnlyReceiver}
	case len(p.receiver) == 0:
		return choice{p.sender, nil, ChoiceOnlySender}
	}
	senderCovered := allCovered(p.sender, coverage, p.key.minute)
	receiverCovered := allCovered(p.receiver, coverage, p.key.minute)
	c := choice{p.sender, p.receiver, ChoiceSender}
	switch {
	case receiverCovered && !senderCovered:
		c = choice{p.receiver, p.sender, ChoiceReceiver}
	case receiverCovered && anyContested(p.sender) && !anyContested(p.receiver):
		c = choice{p.receiver, p.sender, ChoiceReceiverKnows}
	case senderCovered || receiverCovered:
	case wireBytes(p.receiver) > wireBytes(p.sender):
		c = choice{p.receiver, p.sender, ChoiceLargerReceiver}
	default:
		c.rule = ChoiceLargerSender
	}
	c.truth, c.check = p.withSilentNodes(c.truth, c.check, coverage)
	return c
}

// withSilentNodes moves into the truth what only the other side could report.
// An address may pass from one node to another within the minute; where one of
// them is silent, the side taken as the truth lacks that node's part.
func (p *pair) withSilentNodes(truth, check []transfer, coverage *coverageMemo) (whole, rest []transfer) {
	missed := func(t transfer) bool {
		return t.far.node != (model.AgentID{}) && !reportedFrom(truth, t.far.node) && !coverage.full(t.far.node, p.key.minute)
	}
	if !slices.ContainsFunc(check, missed) {
		return truth, check
	}
	whole = slices.Clone(truth)
	for _, t := range check {
		if missed(t) {
			whole = append(whole, t)
		} else {
			rest = append(rest, t)
		}
	}
	return whole, rest
}

func reportedFrom(side []transfer, node model.AgentID) bool {
	for i := range side {
		if side[i].near.node == node {
			return true
		}
	}
	return false
}

func allCovered(side []transfer, coverage *coverageMemo, minute model.Minute) bool {
	for i := range side {
		sameAsLast := i > 0 && side[i].near == side[i-1].near
		if !sameAsLast && !coverage.full(side[i].near.node, minute) {
			return false
		}
	}
	return true
}

func anyContested(side []transfer) bool {
	for i := range side {
		if side[i].far.contested {
			return true
		}
	}
	return false
}
