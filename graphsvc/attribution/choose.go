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
	if receiverCovered && (!senderCovered || anyContested(p.sender) && !anyContested(p.receiver)) {
		return p.receiver, p.sender
	}
	return p.sender, p.receiver
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
	peer, onePeer := onlyNear(other)
	initiator, oneInitiator := onlyInitiator(other)
	refined := make([]transfer, len(side))
	for i, t := range side {
		if t.far.vague && onePeer {
			addr := t.far.addr
			t.far = peer
			t.far.addr, t.far.vague, t.far.contested = addr, false, false
		}
		if t.initiator == model.InitiatorUnknown && oneInitiator {
			t.initiator = initiator
		}
		refined[i] = t
	}
	return refined
}

// onlyNear returns the near end that all transfers of a side share.
func onlyNear(side []transfer) (end, bool) {
	for i := range side {
		if side[i].near != side[0].near {
			return end{}, false
		}
	}
	return first(side).near, len(side) > 0 && !side[0].near.vague
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
