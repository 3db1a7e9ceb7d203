package reach

import (
	"cmp"
	"slices"

	"github.com/egressor/egressor/internal/money"
)

// MaxSteps bounds the work of one search for paths: about 10 ms.
const MaxSteps = 200_000

// Path is one way from a node to another that visits no node twice.
type Path struct {
	Hops []*Hop
	// Bytes are those of the hop that carries the fewest: no more can have gone
	// all the way.
	Bytes uint64
	// Cost is that of all hops.
	Cost money.Amount
	// ZoneCrossings is how many hops carry bytes between zones.
	ZoneCrossings int
}

// Paths are the ways from one node to another, shortest first, then those with
// the most bytes.
type Paths struct {
	Found []Path
	// Whole is false where the search ended at MaxSteps or left ways out.
	Whole bool
}

// Paths finds at most limit ways of at most maxHops hops.
func (n *Network) Paths(from, to string, maxHops, limit int) (Paths, error) {
	source, known := n.byID[from]
	target, knownToo := n.byID[to]
	if !known || !knownToo || source == target {
		return Paths{Whole: true}, nil
	}
	search := pathSearch{network: n, target: target, left: n.distances(target, maxHops), visited: make([]bool, len(n.nodes))}
	answer := Paths{Whole: true}
	for length := 1; length <= maxHops && len(answer.Found) < limit && search.steps < MaxSteps; length++ {
		search.found = nil
		search.walk(source, length)
		ways, err := rankPaths(search.found)
		if err != nil {
			return Paths{}, err
		}
		answer.Found = append(answer.Found, ways...)
	}
	if search.steps >= MaxSteps || len(answer.Found) > limit {
		answer.Whole = false
	}
	answer.Found = answer.Found[:min(limit, len(answer.Found))]
	return answer, nil
}

// distances is how many hops each node is from the target, at most most; nodes
// that are further are not in it.
func (n *Network) distances(target, most int) map[int]int {
	left := map[int]int{target: 0}
	ring := []int{target}
	for hops := 1; hops <= most && len(ring) > 0; hops++ {
		var next []int
		for _, node := range ring {
			for _, hop := range n.in[node] {
				if _, seen := left[hop.from]; !seen {
					left[hop.from] = hops
					next = append(next, hop.from)
				}
			}
		}
		ring = next
	}
	return left
}

// pathSearch walks all ways of one length; nodes that cannot reach the target
// in what is left of it are not entered.
type pathSearch struct {
	network *Network
	target  int
	left    map[int]int
	visited []bool
	steps   int
	trail   []*Hop
	found   [][]*Hop
}

func (s *pathSearch) walk(node, length int) {
	if length == 0 {
		if node == s.target {
			s.found = append(s.found, slices.Clone(s.trail))
		}
		return
	}
	s.visited[node] = true
	defer func() { s.visited[node] = false }()
	for _, hop := range s.network.out[node] {
		if s.steps++; s.steps >= MaxSteps {
			return
		}
		distance, reaches := s.left[hop.to]
		if !reaches || distance > length-1 || s.visited[hop.to] || hop.to == s.target && length > 1 {
			continue
		}
		s.trail = append(s.trail, hop)
		s.walk(hop.to, length-1)
		s.trail = s.trail[:len(s.trail)-1]
	}
}

func rankPaths(trails [][]*Hop) ([]Path, error) {
	paths := make([]Path, len(trails))
	for i, trail := range trails {
		path := Path{Hops: trail, Bytes: trail[0].Bytes}
		for _, hop := range trail {
			var err error
			if path.Cost, err = path.Cost.Add(hop.Cost); err != nil {
				return nil, err
			}
			path.Bytes = min(path.Bytes, hop.Bytes)
			if hop.CrossZoneBytes > 0 {
				path.ZoneCrossings++
			}
		}
		paths[i] = path
	}
	slices.SortFunc(paths, func(a, b Path) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), b.Cost.Cmp(a.Cost), slices.CompareFunc(a.Hops, b.Hops, func(x, y *Hop) int { return cmp.Compare(x.to, y.to) }))
	})
	return paths, nil
}
