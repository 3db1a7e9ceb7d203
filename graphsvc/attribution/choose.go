package attribution

import "github.com/egressor/egressor/internal/model"

// pair holds both reports of one transfer in one minute: what the agents on the
// sender's side said, and what those on the receiver's side said.
type pair struct {
	key      pairKey
	sender   []transfer
	receiver []transfer
}

// choose returns the report that is the truth, and the other one.
//
// The sender knows what it sent, retransmissions included; the receiver does
// not see what was lost on the way to it. So the sender's report is taken where
// its node was fully covered in the minute, else the receiver's where that node
// was, else the sender's if there is any. One thing overrules the sender: where
// it cannot say to whom the address belonged at the time, and the receiver,
// fully covered, can.
func (p *pair) choose(coverage *Coverage) (truth, check []transfer) {
	switch {
	case len(p.sender) == 0:
		return p.receiver, nil
	case len(p.receiver) == 0:
		return p.sender, nil
	}
	senderCovered := allCovered(p.sender, coverage, p.key.minute)
	receiverCovered := allCovered(p.receiver, coverage, p.key.minute)
	truth, check = p.sender, p.receiver
	if receiverCovered && (!senderCovered || anyContested(p.sender) && !anyContested(p.receiver)) {
		truth, check = p.receiver, p.sender
	}
	return p.withSilentNodes(truth, check, coverage)
}

// withSilentNodes moves into the truth what only the other side could report.
// An address may pass from one node to another within the minute; where one of
// them is silent, the side taken as the truth lacks that node's part.
func (p *pair) withSilentNodes(truth, check []transfer, coverage *Coverage) (whole, rest []transfer) {
	heard := map[model.AgentID]bool{{}: true} // an end on no known node is not missed
	for i := range truth {
		heard[truth[i].near.node] = true
	}
	whole = truth[:len(truth):len(truth)]
	for _, t := range check {
		if !heard[t.far.node] && !coverage.Full(t.far.node, p.key.minute) {
			whole = append(whole, t)
			continue
		}
		rest = append(rest, t)
	}
	return whole, rest
}

func allCovered(side []transfer, coverage *Coverage, minute model.Minute) bool {
	for i := range side {
		if !coverage.Full(side[i].near.node, minute) {
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

// refine lets one side's reports name what the other side's could not: each
// agent knows its own end best. It returns a changed copy.
func refine(side, other []transfer) []transfer {
	initiator, oneInitiator := onlyInitiator(other)
	refined := make([]transfer, len(side))
	for i, t := range side {
		if t.far.vague {
			if peer, ok := onlyNear(other, !t.nearIsFrom); ok {
				peer.addr = t.far.addr
				t.far = peer
			}
		}
		if t.initiator == model.InitiatorUnknown && oneInitiator {
			t.initiator = initiator
		}
		refined[i] = t
	}
	return refined
}

// onlyNear returns the near end that all reports of one kind (by senders or by
// receivers) share, if it is known for sure.
func onlyNear(side []transfer, bySender bool) (end, bool) {
	found, seen := end{}, false
	for i := range side {
		switch near := side[i].near; {
		case side[i].nearIsFrom != bySender:
		case near.vague || seen && near != found:
			return end{}, false
		default:
			found, seen = near, true
		}
	}
	return found, seen
}

// onlyInitiator returns the initiator that all transfers of a side which know
// one agree on.
func onlyInitiator(side []transfer) (model.Initiator, bool) {
	found := model.InitiatorUnknown
	for i := range side {
		switch known := side[i].initiator; {
		case known == model.InitiatorUnknown:
		case found == model.InitiatorUnknown:
			found = known
		case found != known:
			return model.InitiatorUnknown, false
		}
	}
	return found, found != model.InitiatorUnknown
}

func first(side []transfer) transfer {
	if len(side) == 0 {
		return transfer{}
	}
	return side[0]
}
