package whatif

import (
	"slices"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/internal/model"
)

// ground is a topology that is changed in place. Its edges keep their places: an
// edge that is rerouted stands where it stood, one that falls together with another
// leaves an empty place. Whatever a change touches is found by the change's end.
type ground struct {
	now  Topology // its edges are those of places
	days []places
}

// places are a day's edges.
type places struct {
	edges []model.EdgeMinute
	empty []bool
	at    map[model.EdgeKey]int
	ofEnd map[model.Identity][]int // ascending
}

func newGround(t *Topology) *ground {
	g := &ground{now: *t, days: make([]places, len(t.Days))}
	for i := range t.Days {
		g.days[i] = placesOf(slices.Clone(t.Days[i].Edges))
	}
	return g
}

func placesOf(edges []model.EdgeMinute) places {
	p := places{edges: edges, empty: make([]bool, len(edges)), at: make(map[model.EdgeKey]int, len(edges)), ofEnd: map[model.Identity][]int{}}
	for n := range edges {
		k := &edges[n].Key
		p.at[*k] = n
		p.ofEnd[k.Source] = append(p.ofEnd[k.Source], n)
		if k.Destination != k.Source {
			p.ofEnd[k.Destination] = append(p.ofEnd[k.Destination], n)
		}
	}
	return p
}

// visit calls with the place of each edge that a change may touch, ascending.
func (p *places) visit(c *Change, do func(n int)) {
	if c.End == (model.Identity{}) {
		for n := range p.edges {
			if !p.empty[n] {
				do(n)
			}
		}
		return
	}
	for _, n := range p.ofEnd[c.End] {
		if !p.empty[n] {
			do(n)
		}
	}
}

// topology is the ground as it is.
func (g *ground) topology() Topology {
	t := g.now
	t.Days = slices.Clone(g.now.Days)
	for i := range g.days {
		t.Days[i].Edges = g.days[i].standing()
	}
	return t
}

// around is the topology with only those edges that a change may touch, and those
// that they may fall together with: all that it takes to evaluate the change.
func (g *ground) around(c *Change) *Topology {
	t := g.now
	t.Days = slices.Clone(g.now.Days)
	for i := range g.days {
		t.Days[i].Edges = nil
		if c.Reroute == nil {
			continue
		}
		g.days[i].visit(c, func(n int) { t.Days[i].Edges = append(t.Days[i].Edges, g.days[i].edges[n]) })
	}
	return &t
}

// apply makes a change and tells the edges that it touched, as they were and as they
// are. What comes out is what Topology.Apply makes of the same topology.
func (g *ground) apply(c *Change) edgesByEnd {
	changed := edgesByEnd{}
	for i := range g.days {
		if c.Reroute != nil {
			g.days[i].apply(c, changed)
		}
	}
	g.now.Gateways = slices.DeleteFunc(slices.Clone(g.now.Gateways), func(w pricing.Gateway) bool { return slices.Contains(c.Removes, w.Name) })
	g.now.Gateways = append(g.now.Gateways, c.Adds...)
	return changed
}

// rerouted is what the edge at a place becomes.
type rerouted struct {
	place   int
	becomes []model.EdgeMinute
}

func (p *places) apply(c *Change, changed edgesByEnd) {
	var all []rerouted
	inPlace := true
	p.visit(c, func(n int) {
		becomes, ok := c.Reroute(p.edges[n])
		if !ok {
			return
		}
		all = append(all, rerouted{n, becomes})
		changed.add(p.edges[n])
		for _, e := range becomes {
			changed.add(e)
		}
		inPlace = inPlace && len(becomes) == 1 && becomes[0].Key.Source == p.edges[n].Key.Source && becomes[0].Key.Destination == p.edges[n].Key.Destination
	})
	if !inPlace { // an edge that is split, or that ends elsewhere, finds no place of its own
		*p = placesOf(c.reroute(p.standing()))
		return
	}
	for _, r := range all {
		delete(p.at, p.edges[r.place].Key)
		p.empty[r.place] = true
	}
	for _, r := range all {
		p.put(r.place, r.becomes[0])
	}
}

// put sets an edge down at an empty place. Of two that fall together the earlier
// place is kept.
func (p *places) put(n int, e model.EdgeMinute) {
	other, meets := p.at[e.Key]
	if meets && other < n {
		p.edges[other] = fallen(p.edges[other], e)
		return
	}
	if meets {
		e = fallen(e, p.edges[other])
		p.empty[other] = true
	}
	p.edges[n], p.empty[n], p.at[e.Key] = e, false, n
}

// fallen is an edge with another of the same key added to it.
func fallen(e, other model.EdgeMinute) model.EdgeMinute {
	e.Sent = e.Sent.Add(other.Sent)
	e.Connections += other.Connections
	return e
}

// standing are the edges, without empty places.
func (p *places) standing() []model.EdgeMinute {
	var edges []model.EdgeMinute
	p.visit(&Change{}, func(n int) { edges = append(edges, p.edges[n]) })
	return edges
}

// edgesByEnd are edges, each under both of its ends.
type edgesByEnd map[model.Identity][]model.EdgeMinute

func (b edgesByEnd) add(e model.EdgeMinute) {
	b[e.Key.Source] = append(b[e.Key.Source], e)
	if e.Key.Destination != e.Key.Source {
		b[e.Key.Destination] = append(b[e.Key.Destination], e)
	}
}

// any reports whether one of the edges of an end, or of all where there is none, is
// wanted.
func (b edgesByEnd) any(end model.Identity, wanted func(*model.EdgeMinute) bool) bool {
	if end != (model.Identity{}) {
		return containsEdge(b[end], wanted)
	}
	for _, edges := range b {
		if containsEdge(edges, wanted) {
			return true
		}
	}
	return false
}

func containsEdge(edges []model.EdgeMinute, wanted func(*model.EdgeMinute) bool) bool {
	for i := range edges {
		if wanted(&edges[i]) {
			return true
		}
	}
	return false
}
