package incidentgen

import (
	"fmt"
	"time"

	"github.com/egressor/egressor/internal/model"
)

func isDeployment(w *workload) bool { return w != nil && w.id.Type == "Deployment" }

// steady is a call between workloads that never rests.
func steady(call *call) bool { return call.season.batchFor == 0 }

// moment is a time shortly before the minute, as facts have it.
func (c *Cluster) moment(i *Incident) time.Time {
	return i.At.Start().Add(-time.Duration(c.random.IntN(90)) * time.Second)
}

func (c *Cluster) injectRollout(i *Incident, size float64) bool {
	call := c.pick(func(call *call) bool {
		_, ok := c.factor(call.cost(i.At), size)
		return ok && isDeployment(call.from) && steady(call)
	})
	if call == nil {
		return false
	}
	factor, _ := c.factor(call.cost(i.At), size)
	i.Subject = call.from.id
	i.touch(call)
	call.requests, call.answers, call.opened = factor, factor, factor
	c.roll(call.from, c.moment(i), fmt.Sprintf("%s:%d", call.from.id.Name, call.from.revision+1))
	return true
}

func (c *Cluster) injectConfig(i *Incident, size float64) bool {
	call := c.pick(func(call *call) bool {
		_, answers := call.costs(i.At)
		_, ok := c.factor(answers, size)
		return ok && isDeployment(call.from) && steady(call)
	})
	if call == nil {
		return false
	}
	_, answers := call.costs(i.At)
	factor, _ := c.factor(answers, size)
	i.Subject = call.from.id
	i.touch(call)
	call.answers = factor
	image := ""
	for _, f := range c.facts {
		if f.Revision != nil && f.Key == call.from.revisionID() {
			image = f.Revision.Images[0]
		}
	}
	c.roll(call.from, c.moment(i), image)
	return true
}

// serves are the steady calls to a workload.
func (c *Cluster) serves(w *workload) (calls []*call) {
	for _, call := range c.calls {
		if call.to == w && steady(call) {
			calls = append(calls, call)
		}
	}
	return calls
}

func (c *Cluster) injectCompression(i *Incident, size float64) bool {
	const least, spread, most = 2.5, 1.5, 4.5
	call := c.pick(func(call *call) bool {
		if !isDeployment(call.to) || !steady(call) {
			return false
		}
		cost := 0.0
		for _, other := range c.serves(call.to) {
			_, answers := other.costs(i.At)
			cost += answers
		}
		return cost*(least-1) > size
	})
	if call == nil {
		return false
	}
	factor := min(most, least+spread*c.random.Float64())
	for _, other := range c.serves(call.to) {
		i.touch(other)
		other.answers = factor
	}
	i.Subject = call.to.id
	c.roll(call.to, c.moment(i), fmt.Sprintf("%s:%d", call.to.id.Name, call.to.revision+1))
	return true
}

func (c *Cluster) injectScaling(i *Incident, size float64) bool {
	cost := func(w *workload) (sum float64) {
		for _, call := range c.calls {
			if call.from == w && steady(call) {
				sum += call.cost(i.At)
			}
		}
		return sum
	}
	call := c.pick(func(call *call) bool { return isDeployment(call.from) && steady(call) && 2*cost(call.from) > size })
	if call == nil {
		return false
	}
	w := call.from
	const times = 3
	before := len(w.living())
	at := c.moment(i)
	for range before * (times - 1) {
		w.pods = append(w.pods, c.newPod(w, c.nodes[c.random.IntN(len(c.nodes))], at))
	}
	for _, other := range c.calls {
		if other.from != w && other.to != w {
			continue
		}
		i.touch(other) // what goes to the workload takes other ways: its pods are in other zones now
		if other.from == w && steady(other) {
			other.requests, other.answers, other.opened = times, times, times
		}
	}
	c.spread(w)
	c.rerouteOf(w)
	i.Subject = w.id
	return true
}

// move sends a workload's pods to other nodes.
func (c *Cluster) move(i *Incident, w *workload, at time.Time, nodeOf func(*pod) string) {
	var calls []*call
	for _, call := range c.calls {
		if (call.from == w || call.to == w) && steady(call) {
			i.touch(call)
			calls = append(calls, call)
		}
	}
	c.replacePods(w, at, nodeOf)
	for _, call := range calls {
		_ = c.route(call) // a call that finds no way keeps the one it had
	}
}

func (c *Cluster) nodesIn(zone int) []string {
	var nodes []string
	for _, node := range c.nodes {
		if c.nodeZone[node] == zone {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// gather makes a pair of workloads live in one zone, long before the incident.
func (c *Cluster) gather(zone int, workloads ...*workload) {
	nodes := c.nodesIn(zone)
	for _, w := range workloads {
		for n, p := range w.living() {
			p.node = nodes[n%len(nodes)]
		}
		c.spread(w)
		c.rerouteOf(w)
	}
}

// injectRescheduling moves a store away from the zone of its client. Prepare made
// them live together.
func (c *Cluster) injectRescheduling(i *Incident, size float64) bool {
	call := c.pick(func(call *call) bool { return c.together(call) && c.wouldCost(call, i.At) > size })
	if call == nil {
		return false
	}
	zone := c.nodeZone[call.to.living()[0].node]
	nodes := c.nodesIn((zone + 1) % len(Zones))
	n := 0
	c.move(i, call.to, c.moment(i), func(*pod) string { n++; return nodes[n%len(nodes)] })
	i.Subject = call.to.id
	return true
}

// together reports whether both ends of a call live in one and the same zone.
func (c *Cluster) together(call *call) bool {
	const all = 0.999
	if call.from == nil || call.to == nil || !steady(call) || call.to.id.Type != "StatefulSet" {
		return false
	}
	for zone := range Zones {
		if call.from.place[zone] > all && call.to.place[zone] > all {
			return true
		}
	}
	return false
}

// wouldCost is what a call would cost a minute if all of it crossed zones.
func (c *Cluster) wouldCost(call *call, at model.Minute) float64 {
	const crossing = 20_000_000 // nano-units per GiB, both sides
	return (call.request + call.answer) * call.at(at) * crossing / gib
}

// injectNodePool exchanges the nodes that carry a store; its pods, and those of
// others there, land in the next zone.
func (c *Cluster) injectNodePool(i *Incident, size float64) bool {
	call := c.pick(func(call *call) bool { return c.together(call) && c.wouldCost(call, i.At) > size })
	if call == nil {
		return false
	}
	at := c.moment(i)
	zone := c.nodeZone[call.to.living()[0].node]
	gone := map[string]bool{}
	for _, p := range call.to.living() {
		gone[p.node] = true
	}
	var fresh []string
	for range gone {
		name := fmt.Sprintf("node-new-%d", len(c.nodes))
		c.nodes = append(c.nodes, name)
		c.nodeZone[name] = (zone + 1) % len(Zones)
		c.facts = append(c.facts, c.nodeFact(name, at.Add(-40*time.Second)))
		fresh = append(fresh, name)
	}
	c.endFacts(model.FactNode, at.Add(30*time.Second), func(key string) bool { return gone[key] })
	n := 0
	for _, w := range c.workloads {
		on := false
		for _, p := range w.living() {
			on = on || gone[p.node]
		}
		if on {
			c.move(i, w, at, func(p *pod) string {
				if !gone[p.node] {
					return p.node
				}
				n++
				return fresh[n%len(fresh)]
			})
		}
	}
	return true
}

func (c *Cluster) injectRoute(i *Incident, size float64) bool {
	sum := 0.0
	var calls []*call
	for _, call := range c.calls {
		if call.server.Type == "s3" && steady(call) {
			calls = append(calls, call)
			sum += (call.request + call.answer) * call.at(i.At) / gib * 45_000_000
		}
	}
	if sum < size {
		return false
	}
	for _, call := range calls {
		i.touch(call)
		call.path, call.lanes = nat(), nil
	}
	at := c.moment(i)
	c.endFacts(model.FactRoute, at, func(key string) bool { return key == "rtb-private/s3" })
	return true
}
