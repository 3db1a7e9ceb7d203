package diagnosis

import (
	"fmt"
	"math"
	"slices"

	"github.com/egressor/egressor/internal/model"
)

func causeOf(kind CauseKind, c *Change) Cause {
	return Cause{Kind: kind, Subject: c.Subject, Workload: c.Workload, Revision: c.Revision, At: c.At, For: []string{c.Detail}}
}

// rollout examines a new revision: do its pods carry what changed?
func (e *examiner) rollout(c *Change) {
	kind := CauseRollout
	if c.Kind == ChangeConfig {
		kind = CauseConfig
	}
	cause := causeOf(kind, c)
	cause.parts, cause.share = e.claim(ofUse, e.with(c.Workload), inside)
	if cause.share == 0 {
		return
	}
	var carried, all uint64
	for _, s := range e.with(c.Workload) {
		if s.inside {
			carried += s.carriedBy(c.Workload, c.Revision)
			all += s.is.Bytes
		}
	}
	share := growth(all, carried)
	match := 0.4 + 0.6*share
	text := fmt.Sprintf("%.0f %% of the bytes are carried by revision %s", 100*share, c.Revision)
	if share >= 0.5 {
		cause.For = append(cause.For, text)
	} else {
		cause.Against = append(cause.Against, text)
	}
	if path := e.dominates(ofPath); path > 0.5 {
		match -= 0.25
		cause.Against = append(cause.Against, "the volume is even: the bytes take another way, which a rollout alone rarely does")
	}
	match -= e.otherReasons(&cause, c)
	if factor, uniform := e.encoding(c.Workload); uniform {
		off := causeOf(CauseCompression, c)
		off.parts, off.share = cause.parts, cause.share
		off.For = append(off.For, fmt.Sprintf("everything that it sends grew by %.1f a connection, to every peer alike, while requests stayed as they were", factor))
		e.add(off, 1)
		match -= 0.2
	}
	e.add(cause, match)
}

// otherReasons lists what speaks against a rollout from the traffic, and how much.
func (e *examiner) otherReasons(cause *Cause, c *Change) (against float64) {
	was, is := sumsOf(e.with(c.Workload), inside)
	if before, after := resent(&was), resent(&is); after > 2*before+0.02 {
		cause.Against = append(cause.Against, fmt.Sprintf("%.1f %% of packets are sent again, before %.1f %%: the network or the other end fails", 100*after, 100*before))
		against += 0.3
	}
	_, fresh := sumsOf(e.with(c.Workload), func(s *signal) bool { return s.inside && s.isFirst() && s.client() != c.Workload })
	if is.Bytes > 0 && float64(fresh.Bytes) > 0.5*float64(is.Bytes) {
		cause.Against = append(cause.Against, "the bytes are of a client that it never had before, not of the revision")
		against += 0.5
	}
	return against
}

// encoding reports whether everything that a workload sends grew by one factor a
// connection while what it receives stayed: what was compressed no longer is.
func (e *examiner) encoding(id model.Identity) (factor float64, uniform bool) {
	const (
		least, tolerance = 1.5, 0.25
		substantial      = 1 << 20
	)
	var factors []float64
	for _, s := range e.with(id) {
		switch {
		case s.was.Bytes < substantial && s.is.Bytes < substantial:
		case s.flow.Source == id && s.server() == id:
			if c := s.connectionsGrowth(); c < 1/least || c > least {
				return 0, false
			}
			factors = append(factors, s.perConnection())
		case s.server() == id && (s.bytesGrowth() > least || s.bytesGrowth() < 1/least):
			return 0, false
		}
	}
	if len(factors) == 0 {
		return 0, false
	}
	low, high := slices.Min(factors), slices.Max(factors)
	if low < least || math.IsInf(high, 1) || high > low*(1+tolerance) {
		return 0, false
	}
	return math.Sqrt(low * high), true
}

// scaling examines a change of the number of pods: did traffic grow with it?
func (e *examiner) scaling(c *Change) {
	cause := causeOf(CauseScaling, c)
	cause.parts, cause.share = e.claim(ofVolume, e.with(c.Workload), inside)
	if cause.share == 0 || c.Before == 0 || c.After <= c.Before {
		return
	}
	was, is := sumsOf(e.with(c.Workload), inside)
	pods, bytes := float64(c.After)/float64(c.Before), growth(was.Bytes, is.Bytes)
	match := 1 - math.Abs(math.Log(bytes/pods))/math.Ln2
	text := fmt.Sprintf("pods grew %.1f times, bytes %.1f times", pods, bytes)
	if match > 0.5 {
		cause.For = append(cause.For, text)
	} else {
		cause.Against = append(cause.Against, text)
	}
	e.add(cause, match)
}

// rescheduling examines pods that moved between zones.
func (e *examiner) rescheduling(c *Change) {
	const most = 0.5
	match := e.dominates(ofPath)
	if match < most && e.rolledOut(c.Workload) {
		return // every rollout may put pods elsewhere: the cause of other bytes is the revision
	}
	cause := causeOf(CauseRescheduling, c)
	cause.parts, cause.share = e.claim(ofPath, e.with(c.Workload), inside)
	cause.For = append(cause.For, fmt.Sprintf("%.0f %% of the change is of the way that the bytes take", 100*match))
	if pool := e.poolOf(c); pool != nil {
		cause.Against = append(cause.Against, "its pods moved because their nodes were exchanged")
		match *= 0.6
	}
	if e.reroutedShare(c.Workload) > 0.5 {
		cause.Against = append(cause.Against, "the bytes go through another gateway, not between other zones")
		match *= 0.5
	}
	e.add(cause, match)
}

// rolledOut reports whether a workload got another revision in the time.
func (e *examiner) rolledOut(id model.Identity) bool {
	return slices.ContainsFunc(e.question.Changes, func(c Change) bool {
		return c.Workload == id && (c.Kind == ChangeRollout || c.Kind == ChangeConfig)
	})
}

// poolOf is the change of nodes that made the pods move, if there is one.
func (e *examiner) poolOf(c *Change) *Change {
	for i := range e.question.Changes {
		other := &e.question.Changes[i]
		if other.Kind == ChangeNodes && slices.ContainsFunc(c.Nodes, func(n string) bool { return slices.Contains(other.Nodes, n) }) {
			return other
		}
	}
	return nil
}

func (e *examiner) reroutedShare(id model.Identity) float64 {
	var rerouted, all uint64
	for _, s := range e.with(id) {
		if s.inside {
			rerouted += s.rerouted()
			all += s.is.Bytes
		}
	}
	if all == 0 {
		return 0
	}
	return float64(rerouted) / float64(all)
}

// nodePool examines nodes that came and went: did pods move with them?
func (e *examiner) nodePool(c *Change) {
	moved := map[model.Identity]bool{}
	for i := range e.question.Changes {
		other := &e.question.Changes[i]
		if other.Kind == ChangeRescheduling && e.poolOf(other) == c {
			moved[other.Workload] = true
		}
	}
	cause := causeOf(CauseNodes, c)
	cause.parts, cause.share = e.claim(ofPath, e.signals, func(s *signal) bool { return moved[s.flow.Source] || moved[s.flow.Destination] })
	if len(moved) > 0 {
		cause.For = append(cause.For, fmt.Sprintf("pods of %d workloads moved to other zones with them", len(moved)))
	}
	e.add(cause, e.dominates(ofPath))
}

// route examines a route or an endpoint that came or went: do bytes take a way
// that they did not take before?
func (e *examiner) route(c *Change) {
	cause := causeOf(CauseRoute, c)
	cause.parts, cause.share = e.claim(ofPath, e.signals, func(s *signal) bool { return s.rerouted() > 0 })
	var rerouted, all uint64
	for _, s := range e.signals {
		if s.inside {
			rerouted += s.rerouted()
			all += s.is.Bytes
		}
	}
	if all == 0 {
		return
	}
	share := float64(rerouted) / float64(all)
	cause.For = append(cause.For, fmt.Sprintf("%.0f %% of the bytes take a way that they did not take before", 100*share))
	e.add(cause, min(share*1.2, 1)*e.dominates(ofPath))
}

// restarts examines pods that are replaced again and again: do nodes pull images?
func (e *examiner) restarts(c *Change) {
	cause := causeOf(CauseRestarts, c)
	pulls := func(s *signal) bool {
		return s.inside && (s.flow.Source.Kind == model.KindNode || s.flow.Destination.Kind == model.KindNode)
	}
	own := func(s *signal) bool { return pulls(s) || s.touches(c.Workload) }
	cause.parts, cause.share = e.claim(ofVolume, e.signals, own)
	match := 0.3
	if _, is := sumsOf(e.signals, pulls); is.Bytes > 0 && c.After >= restartsAtLeast {
		cause.For = append(cause.For, "the bytes are of nodes that fetch, as they do to pull images for new pods")
		match = 1
	} else if c.After < restartsAtLeast {
		return // a pod or two replaced is evidence, not a cause
	}
	e.add(cause, match)
}

// job examines a job that started.
func (e *examiner) job(c *Change) {
	cause := causeOf(CauseBatch, c)
	cause.parts, cause.share = e.claim(ofUse, e.with(c.Workload), inside)
	e.add(cause, 1)
}

// price examines another price book.
func (e *examiner) price(c *Change) {
	cause := causeOf(CausePrice, c)
	cause.parts, cause.share = e.claim(ofPrice, e.signals, func(s *signal) bool { return s.parts.Price.Sign() != 0 })
	share := e.dominates(ofPrice)
	cause.For = append(cause.For, fmt.Sprintf("%.0f %% of the change is of the price alone", 100*share))
	e.add(cause, 0.4+0.6*share)
}
