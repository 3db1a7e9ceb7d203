package diagnosis

import (
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// traffic examines what the traffic itself looks like. A cause found so has a
// date only where a change of the facts fits it.
func (e *examiner) traffic() {
	for _, id := range e.ends() {
		e.retries(id)
		e.newConsumer(id)
		e.cacheLoss(id)
		e.moved(id)
		e.demand(id)
	}
	e.tier()
}

// ends are the workloads and nodes of the incident, in order of first appearance.
func (e *examiner) ends() []model.Identity {
	var ids []model.Identity
	seen := map[model.Identity]bool{}
	for _, s := range e.signals {
		if !s.inside {
			continue
		}
		for _, id := range []model.Identity{s.flow.Source, s.flow.Destination} {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// dated looks for a change of a workload and lends its date to a cause.
func (e *examiner) dated(cause *Cause, id model.Identity, kinds ...ChangeKind) bool {
	for i := range e.question.Changes {
		c := &e.question.Changes[i]
		if c.Workload != id || !slices.Contains(kinds, c.Kind) {
			continue
		}
		if order, _, _ := e.order(c.At); order > 0 {
			cause.At = c.At
			cause.For = append(cause.For, c.Detail)
			return true
		}
	}
	return false
}

func causeAt(kind CauseKind, id model.Identity) Cause {
	return Cause{Kind: kind, Subject: id.ID(), Workload: id}
}

// retries: many more connections to a server, each carrying less, and packets
// sent again.
func (e *examiner) retries(server model.Identity) {
	to := func(s *signal) bool { return s.inside && s.server() == server && !s.isNew() }
	was, is := sumsOf(e.with(server), to)
	connections := growth(was.Connections, is.Connections)
	const least = 2.5
	if was.Connections == 0 || connections < least {
		return
	}
	cause := causeAt(CauseRetries, server)
	cause.parts, cause.share = e.claim(ofVolume, e.with(server), to)
	cause.For = append(cause.For, fmt.Sprintf("%.1f times as many connections are opened to it", connections))
	match := 0.35
	before, after := resent(&was), resent(&is)
	each := growth(was.Bytes, is.Bytes) / connections
	if after <= 2*before+0.01 && each >= 0.8 {
		return // more of the same: nothing fails
	}
	if after > 2*before+0.01 {
		match += 0.55
		cause.For = append(cause.For, fmt.Sprintf("%.1f %% of packets are sent again, before %.1f %%", 100*after, 100*before))
	} else {
		cause.Against = append(cause.Against, "no more packets are sent again than before")
	}
	if each < 0.8 {
		match += 0.2
		cause.For = append(cause.For, fmt.Sprintf("each connection carries %.2f times what it did", each))
	}
	e.add(cause, match)
}

// newConsumer: flows of a client that did not exist before.
func (e *examiner) newConsumer(client model.Identity) {
	if client.Kind != model.KindWorkload {
		return
	}
	fresh := func(s *signal) bool { return s.inside && s.isFirst() && s.client() == client && !isOutside(s.server()) }
	cause := causeAt(CauseNewConsumer, client)
	cause.parts, cause.share = e.claim(ofUse, e.with(client), fresh)
	if cause.share == 0 {
		return
	}
	cause.For = append(cause.For, "it did not talk to them before")
	match := 0.9
	if e.dated(&cause, client, ChangeNewWorkload) {
		match = 1
	}
	if _, from := e.movedFrom(client); from != nil {
		match -= 0.5
		cause.Against = append(cause.Against, fmt.Sprintf("it asked %s for about as much before", from.server().ID()))
	}
	e.add(cause, match)
}

func isOutside(id model.Identity) bool {
	return id.Kind == model.KindUnknown || id.Kind == model.KindCloudEndpoint && (id.Type == "internet" || id.Type == "on-premises")
}

// movedFrom finds a flow of a client to one server that grew, and one to another
// server at the same port that fell by about as much.
func (e *examiner) movedFrom(client model.Identity) (to, from *signal) {
	const gone, even = 0.4, 0.35
	for _, grown := range e.with(client) {
		if !grown.inside || grown.client() != client || grown.bytesGrowth() < 2 {
			continue
		}
		for _, fell := range e.with(client) {
			if fell.client() != client || fell.server() == grown.server() || fell.flow.ServerPort != grown.flow.ServerPort ||
				fell.flow.Initiator != grown.flow.Initiator || fell.bytesGrowth() > gone {
				continue
			}
			more, less := float64(grown.is.Bytes-min(grown.was.Bytes, grown.is.Bytes)), float64(fell.was.Bytes-fell.is.Bytes)
			if math.Abs(math.Log(more/less)) < math.Log(1+even) {
				return grown, fell
			}
		}
	}
	return nil, nil
}

// moved: a client's traffic went from one server to another.
func (e *examiner) moved(client model.Identity) {
	grown, fell := e.movedFrom(client)
	if grown == nil {
		return
	}
	from, to := fell.server(), grown.server()
	cause := Cause{Kind: CauseService, Subject: from.ID() + " to " + to.ID(), Workload: to}
	both := func(s *signal) bool { return s.client() == client && (s.server() == from || s.server() == to) }
	cause.parts, cause.share = e.claim(ofUse, e.with(client), both)
	cause.For = append(cause.For, fmt.Sprintf("%s asks %s for what it asked %s for before", client.ID(), to.ID(), from.ID()))
	match := 0.8
	for i := range e.question.Changes {
		c := &e.question.Changes[i]
		if order, _, _ := e.order(c.At); c.Kind == ChangeService && order > 0 {
			cause.At, match = c.At, 1
			cause.For = append(cause.For, c.Detail)
			break
		}
	}
	e.add(cause, match)
}

// cacheLoss: a client gets much less from one server while it asks another, at
// another port, for much more.
func (e *examiner) cacheLoss(client model.Identity) {
	if client.Kind != model.KindWorkload {
		return
	}
	const gone, most = 0.6, 0.1
	grown := func(s *signal) bool {
		return s.inside && s.client() == client && s.bytesGrowth() > 1.5 && !s.isNew()
	}
	_, more := sumsOf(e.with(client), grown)
	lost := largest(e.with(client), func(s *signal) bool {
		return s.flow.Destination == client && s.client() == client && s.bytesGrowth() < gone && float64(s.was.Bytes) > most*float64(more.Bytes)
	})
	if lost == nil || more.Bytes == 0 {
		return
	}
	cache := lost.server()
	cause := causeAt(CauseCache, cache)
	cause.parts, cause.share = e.claim(ofVolume, e.with(client), func(s *signal) bool { return grown(s) && s.server() != cache })
	cause.For = append(cause.For, fmt.Sprintf("%s gets %.0f %% less from it, and asks elsewhere for more", client.ID(), 100*(1-lost.bytesGrowth())))
	match := 0.7
	if e.dated(&cause, cache, ChangeRestarts, ChangeScaling, ChangeRollout, ChangeConfig, ChangeRescheduling) {
		match = 1
	}
	e.add(cause, match)
}

// largest is the one of some signals that had the most bytes before, of those that
// are looked for; nil where there is none.
func largest(among []*signal, wanted func(*signal) bool) *signal {
	var found *signal
	for _, s := range among {
		if wanted(s) && (found == nil || s.was.Bytes > found.was.Bytes) {
			found = s
		}
	}
	return found
}

// demand: a workload does more because it is asked more.
func (e *examiner) demand(id model.Identity) {
	if id.Kind != model.KindWorkload {
		return
	}
	asked := func(s *signal) bool { return s.flow.Destination == id && s.server() == id && s.client() != id }
	was, is := sumsOf(e.with(id), asked)
	caused := func(s *signal) bool { return s.inside && s.client() == id && !s.isNew() }
	did, does := sumsOf(e.with(id), caused)
	in, out := growth(was.Connections, is.Connections), growth(did.Bytes, does.Bytes)
	const least = 1.3
	if was.Connections == 0 || in < least || out < least || math.IsInf(out, 1) {
		return
	}
	cause := causeAt(CauseDemand, id)
	cause.parts, cause.share = e.claim(ofVolume, e.with(id), caused)
	cause.For = append(cause.For, fmt.Sprintf("it is asked %.1f times as often and itself moves %.1f times as much", in, out))
	e.add(cause, 0.9*(1-math.Abs(math.Log(out/in))/math.Ln2))
}

// tier: the month's bytes have come into another tier.
func (e *examiner) tier() {
	cause := Cause{Kind: CauseTier, Subject: "tiers and free allowances of the month"}
	cause.parts, cause.share = e.claim(ofTier, e.signals, func(s *signal) bool { return s.parts.Tier.Sign() != 0 })
	cause.For = append(cause.For, "list prices are the same; what the month's meter makes of them is not")
	e.add(cause, e.dominates(ofTier))
}
