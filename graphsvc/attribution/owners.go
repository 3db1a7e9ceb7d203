package attribution

import (
	"cmp"
	"slices"
	"sort"
)

// ownerClass ranks what kind of thing holds an address: the higher one wins
// where two kinds claim it at once.
type ownerClass uint8

const (
	ownerNobody     ownerClass = iota
	ownerService               // a virtual address: never an end of its own
	ownerHostPod               // a pod in its node's network namespace
	ownerNode                  //
	ownerPod                   //
	ownerContested             // several claims and none better
	ownerOtherTimes            // nobody in the window, but somebody before or after
)

// owner is who held an address.
type owner struct {
	class ownerClass
	// key is the pod UID, the node name or the service key.
	key string
}

// claim is one fact's word that an owner held an address.
type claim struct {
	span
	owner
	ownSight bool
	// watched says that a watch of Kubernetes told it.
	watched bool
}

// segment says who held an address from an instant until the next segment.
type segment struct {
	from  int64
	owner owner
	// over is who still claimed the address when the owner's own sight began: the
	// sight begins with a window, and the other may have held it in a part of that.
	over owner
	// shared says that a watch knows of several owners of the address.
	shared bool
}

// segmentsOf turns overlapping claims on one address into segments that do not
// overlap, so that a look-up is one binary search. It works through a sweep:
// the cost is the number of claims times how many hold at once.
func segmentsOf(claims []claim) []segment {
	shared := sharedBy(claims)
	claims = slices.DeleteFunc(claims, func(c claim) bool { return c.empty() })
	slices.SortFunc(claims, func(a, b claim) int { return cmp.Compare(a.from, b.from) })
	var segments []segment
	var active []claim
	next := 0
	for _, at := range bounds(claims) {
		active = slices.DeleteFunc(active, func(c claim) bool { return c.to <= at })
		for next < len(claims) && claims[next].from <= at {
			active = append(active, claims[next])
			next++
		}
		holder := best(active)
		if n := len(segments); n == 0 || segments[n-1].owner != holder.owner {
			s := segment{from: at, owner: holder.owner, shared: shared}
			if n > 0 && holder.ownSight && claimed(active, segments[n-1].owner) {
				s.over = segments[n-1].owner
			}
			segments = append(segments, s)
		}
	}
	return segments
}

// sharedBy reports whether a watch told of more than one pod with the address,
// those included of which it does not say when.
func sharedBy(claims []claim) bool {
	first := ""
	for _, c := range claims {
		switch {
		case !c.watched || c.class != ownerPod:
		case first == "":
			first = c.key
		case first != c.key:
			return true
		}
	}
	return false
}

func claimed(active []claim, by owner) bool {
	return slices.ContainsFunc(active, func(c claim) bool { return c.owner == by })
}

// bounds returns the instants at which any claim starts or ends, in order.
func bounds(claims []claim) []int64 {
	instants := make([]int64, 0, 2*len(claims))
	for _, c := range claims {
		instants = append(instants, c.from)
		if c.to != forEver {
			instants = append(instants, c.to)
		}
	}
	slices.Sort(instants)
	return slices.Compact(instants)
}

// best picks the owner among claims that hold at one instant: a pod before a
// node before a service, then what a node's own agent saw, then what a watch of
// Kubernetes showed, then the later start. Claims of equal rank by different
// owners are contested; two of a watch always are: it ends a claim itself where
// it knows the next, so that an overlap is its way to say "one of the two".
func best(active []claim) claim {
	if len(active) == 0 {
		return claim{}
	}
	winner := slices.MaxFunc(active, compareRank)
	for _, c := range active {
		if compareRank(c, winner) == 0 && c.key != winner.key {
			return claim{owner: owner{class: ownerContested}}
		}
	}
	return winner
}

func compareRank(a, b claim) int {
	return cmp.Or(
		cmp.Compare(a.class, b.class),
		cmp.Compare(boolInt(a.ownSight), boolInt(b.ownSight)),
		cmp.Compare(boolInt(a.watched), boolInt(b.watched)),
		cmp.Compare(a.start(), b.start()),
	)
}

// start is what a claim's start counts among claims of its kind.
func (c *claim) start() int64 {
	if c.watched {
		return 0
	}
	return c.from
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ownerIn says who held the address in a window: the one owner that any part of
// the window had. Two owners in one window are contested, because a row's bytes
// cannot be told apart by time any finer.
func ownerIn(segments []segment, window span) owner { //nolint:cyclop // one pass that gives up at the first contest
	first := sort.Search(len(segments), func(i int) bool { return segments[i].from > window.from })
	first = max(0, first-1) // the segment that holds at the window's start
	found, gap := owner{}, false
	for _, s := range segments[first:] {
		if s.from >= window.to {
			break
		}
		if s.from >= window.from && s.over.class == ownerPod {
			return owner{class: ownerContested}
		}
		switch {
		case s.owner.class == ownerNobody:
			gap = gap || s.shared
		case found.class == ownerNobody:
			gap = gap || s.shared && s.from > window.from && first == 0
			found = s.owner
		case found != s.owner:
			return owner{class: ownerContested}
		}
	}
	if gap && found.class == ownerPod { // whoever had it in the gap may have moved the bytes
		return owner{class: ownerContested}
	}
	if found.class == ownerNobody && len(segments) > 0 {
		return owner{class: ownerOtherTimes}
	}
	return found
}
