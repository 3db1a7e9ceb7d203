package incidentgen

import (
	"fmt"
	"math"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// injectRepointed sends a client to another server of the same kind, elsewhere, which
// stays where it is.
func (c *Cluster) injectRepointed(i *Incident, size float64) bool {
	call := c.pick(func(call *call) bool { return c.together(call) && c.wouldCost(call, i.At) > size })
	if call == nil {
		return false
	}
	other := c.elsewhere(call)
	if other == nil {
		return false
	}
	at := c.moment(i)
	service := func(from time.Time) model.Fact {
		return model.Fact{Kind: model.FactService, Key: "svc-" + call.to.id.Name, Period: model.Period{From: from}, Service: &model.ServiceFact{Cluster: "bench", Namespace: call.to.id.Namespace, Name: call.to.id.Name}}
	}
	c.facts = append(c.facts, service(time.Time{}), service(at))
	i.touch(call)
	call.to, call.server, call.lanes = other, other.id, nil
	i.Touched[[2]model.Identity{call.client, call.server}] = true
	i.Subject = other.id
	return true
}

// elsewhere is a store in another zone than a call's, to which its client does not
// talk; nil where there is none.
func (c *Cluster) elsewhere(call *call) *workload {
	const all = 0.999
	zone := c.nodeZone[call.to.living()[0].node]
	var found []*workload
	for _, w := range c.workloads {
		if w.id.Type == "StatefulSet" && w != call.to && w != call.from && !c.talks(call.from, w) && max(w.place[(zone+1)%len(Zones)], w.place[(zone+2)%len(Zones)]) > all {
			found = append(found, w)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[c.random.IntN(len(found))]
}

func (c *Cluster) talks(from, to *workload) bool {
	for _, call := range c.calls {
		if call.from == from && call.to == to {
			return true
		}
	}
	return false
}

// begin adds a call that did not exist before the incident, of a cost a minute.
func (c *Cluster) begin(i *Incident, call *call, size float64) bool {
	c.add(call, 1)
	call.season.swing, call.season.bursts, call.born = 0, 0, i.At
	if c.route(call) != nil {
		return false
	}
	cost := call.cost(i.At)
	if cost <= 0 {
		c.calls = c.calls[:len(c.calls)-1]
		return false
	}
	factor := size * (1 + 3*c.random.Float64()) / cost
	call.request, call.answer, call.connections = call.request*factor, call.answer*factor, max(1, call.connections*factor)
	i.Touched[[2]model.Identity{call.client, call.server}] = true
	i.touched[call] = &incidentNothing
	return true
}

var incidentNothing call // stands for a call that did not exist

func (c *Cluster) injectConsumer(i *Incident, size float64) bool {
	at := c.moment(i)
	w := &workload{revision: 1, id: model.Identity{Kind: model.KindWorkload, Cluster: "bench", Namespace: "team-new", Type: "Deployment", Name: fmt.Sprintf("reader-%d", c.Seed)}}
	for range 3 {
		w.pods = append(w.pods, c.newPod(w, c.nodes[c.random.IntN(len(c.nodes))], at))
	}
	c.spread(w)
	c.workloads = append(c.workloads, w)
	c.stateRevision(w, at, "", "first")
	server := c.pick(func(call *call) bool { return call.to != nil && call.to.id.Type == "StatefulSet" })
	if server == nil {
		return false
	}
	i.Subject = w.id
	return c.begin(i, &call{from: w, to: server.to, port: server.port, path: model.Path{Kind: model.PathVPC}}, size)
}

func (c *Cluster) injectRetries(i *Incident, size float64) bool {
	const share = 0.6 // of a usual answer that a failing one has
	call := c.pick(func(call *call) bool {
		requests, answers := call.costs(i.At)
		_, ok := c.factor(requests+share*answers, size)
		return ok && call.to != nil && call.from != nil && steady(call)
	})
	if call == nil {
		return false
	}
	requests, answers := call.costs(i.At)
	factor, _ := c.factor(requests+share*answers, size)
	factor = max(factor, 4)
	i.Subject = call.to.id
	i.touch(call)
	call.requests, call.answers, call.opened, call.resent = factor, share*factor, 1.6*factor, 0.04
	return true
}

// injectBatch runs a nightly batch in the middle of the day.
func (c *Cluster) injectBatch(i *Incident, size float64) bool {
	now := int(i.At % day)
	call := c.pick(func(call *call) bool {
		far := now - call.season.batchAt
		if far < 0 {
			far = -far
		}
		return call.season.batchFor > 0 && min(far, day-far) > 3*hour
	})
	if call == nil {
		return false
	}
	if call.to == nil {
		call.path, call.lanes = nat(), nil // the batch job's subnet has no endpoint
		if c.route(call) != nil {
			return false
		}
	}
	i.touch(call)
	was := *i.touched[call]
	was.season.batchFor = 0
	was.request, was.answer = 0, 0
	i.touched[call] = &was
	call.season.batchAt, call.season.batchFor = now-11, day
	call.season.batchAt = now - 11
	cost := call.cost(i.At)
	if cost <= 0 {
		return false
	}
	factor := max(1, size/cost)
	call.request, call.answer = call.request*factor, call.answer*factor
	at := c.moment(i)
	call.from.pods = append(call.from.pods, c.newPod(call.from, call.from.living()[0].node, at))
	i.Subject = call.from.id
	return true
}

// injectCacheLoss empties a cache: its client's other store answers instead.
func (c *Cluster) injectCacheLoss(i *Incident, size float64) bool {
	var store *call
	cache := c.pick(func(cache *call) bool {
		if cache.port != portCache || !steady(cache) {
			return false
		}
		return c.storeOf(cache, i.At, size) != nil
	})
	if cache == nil {
		return false
	}
	store = c.storeOf(cache, i.At, size)
	i.touch(cache)
	i.touch(store)
	factor := 1 + cache.answer*0.9/store.answer
	cache.answers = 0.1
	store.requests, store.answers, store.opened = factor, factor, factor
	c.replacePods(cache.to, c.moment(i), func(p *pod) string { return p.node })
	i.Subject = cache.to.id
	return true
}

// storeOf is the call to a store that would take a cache's place and cost enough.
func (c *Cluster) storeOf(cache *call, at model.Minute, size float64) *call {
	for _, store := range c.calls {
		if store.from != cache.from || store.port != portDB || !steady(store) {
			continue
		}
		_, cacheCost := cache.costs(at)
		factor := 1 + cache.answer*0.9/store.answer
		if more := store.cost(at)*(factor-1) - 0.9*cacheCost; factor > 2 && factor < 40 && more > size {
			return store
		}
	}
	return nil
}

// injectRestarts lets a workload crash: nodes pull its image through NAT again
// and again.
func (c *Cluster) injectRestarts(i *Incident, size float64) bool {
	from := c.pick(func(call *call) bool { return isDeployment(call.from) })
	if from == nil {
		return false
	}
	w := from.from
	at := c.moment(i)
	const crashes = 12
	for n := range crashes {
		old := w.living()[0]
		old.to = at.Add(time.Duration(n+1) * 40 * time.Second)
		w.pods = append(w.pods, c.newPod(w, old.node, old.to))
	}
	nodes := map[string]bool{}
	for _, p := range w.pods {
		nodes[p.node] = true
	}
	cost := 0.0
	for _, call := range c.calls {
		if nodes[call.client.Name] {
			cost += call.cost(i.At)
		}
	}
	if cost <= 0 {
		return false
	}
	factor := 3 + size/cost
	for _, call := range c.calls {
		if nodes[call.client.Name] {
			i.touch(call)
			call.requests, call.answers, call.opened = factor, factor, 3
		}
	}
	i.Subject = w.id
	return true
}

func (c *Cluster) injectPrice(i *Incident, _ float64) bool {
	c.dearer, c.dearFrom = map[model.PathKind]float64{model.PathVPC: 1.5, model.PathNAT: 1.5}, i.At
	i.Everywhere = true
	return true
}

func (c *Cluster) injectLeak(i *Incident, size float64) bool {
	from := c.pick(func(call *call) bool {
		return isDeployment(call.from) && !c.talksOutside(call.from)
	})
	if from == nil {
		return false
	}
	i.Subject = from.from.id
	leak := &call{from: from.from, server: endpoint("internet"), port: portTLS, path: nat()}
	if !c.begin(i, leak, size) {
		return false
	}
	leak.request, leak.answer = max(leak.request+leak.answer, 60<<20), 1<<20
	return true
}

func (c *Cluster) talksOutside(w *workload) bool {
	for _, call := range c.calls {
		if call.from == w && call.server.Type == "internet" {
			return true
		}
	}
	return false
}

func (c *Cluster) injectGrowth(i *Incident, size float64) bool {
	const anHour = 1.25
	call := c.pick(func(call *call) bool {
		return call.from != nil && call.to != nil && steady(call) && call.cost(i.At) > size
	})
	if call == nil {
		return false
	}
	i.touch(call)
	call.grows = anHour
	i.Subject = call.from.id
	return true
}

// Prepare shapes a cluster, before its past is made, so that a kind can happen
// to it: stores that live with their clients, for those that are moved away.
func (c *Cluster) Prepare(kind Kind) error {
	const pairs = 3
	if err := c.routeAll(); err != nil {
		return err
	}
	switch kind {
	case Rescheduling, NodePool, Repointed:
		for range pairs {
			c.addPair(kind)
		}
	case CacheLoss:
		for range pairs {
			c.addCache()
		}
	default: // every cluster has what the others need
	}
	return c.routeAll()
}

// addPair gives a client a store that it reads much from and lives in one zone with.
func (c *Cluster) addPair(kind Kind) {
	client := c.pick(func(call *call) bool { return isDeployment(call.from) })
	store := c.pick(func(call *call) bool { return call.to != nil && call.to.id.Type == "StatefulSet" })
	if client == nil || store == nil || c.talks(client.from, store.to) {
		return
	}
	times := 1.0
	if kind == NodePool {
		times = 3 // what else is on the nodes moves too, and some of it nearer to its peers
	}
	c.add(&call{from: client.from, to: store.to, port: portDB, path: model.Path{Kind: model.PathVPC}}, 1)
	c.size(c.calls[len(c.calls)-1], times)
	zone := c.random.IntN(len(Zones))
	c.gather(zone, client.from, store.to)
	if kind == Repointed {
		c.addReplica((zone + 1) % len(Zones))
	}
}

// addReplica makes some store live in a zone, for clients to be sent to.
func (c *Cluster) addReplica(zone int) {
	if call := c.pick(func(call *call) bool { return call.to != nil && call.to.id.Type == "StatefulSet" && !c.together(call) }); call != nil {
		c.gather(zone, call.to)
	}
}

// size gives a call so many bytes that they would cost some per cent of the spend,
// and some units a day, if they crossed zones.
func (c *Cluster) size(call *call, times float64) {
	const least, spread, units = 0.02, 0.06, 4e9
	want := times * math.Max(units, c.SpendPerDay()*(least+spread*c.random.Float64())) / day
	factor := want / (c.wouldCost(call, c.Start) / call.at(c.Start))
	call.request, call.answer, call.connections = call.request*factor, call.answer*factor, max(5, call.connections*factor)
}

// addCache gives a client a cache in its own zone and, in the next, a store behind it.
func (c *Cluster) addCache() {
	var stores []*workload
	for _, w := range c.workloads {
		if w.id.Type == "StatefulSet" {
			stores = append(stores, w)
		}
	}
	client := c.pick(func(call *call) bool { return isDeployment(call.from) })
	if client == nil || len(stores) < 2 {
		return
	}
	cache, store := stores[c.random.IntN(len(stores))], stores[c.random.IntN(len(stores))]
	if cache == store || c.talks(client.from, cache) || c.talks(client.from, store) {
		return
	}
	c.add(&call{from: client.from, to: cache, port: portCache, path: model.Path{Kind: model.PathVPC}}, 1)
	cached := c.calls[len(c.calls)-1]
	c.size(cached, 1)
	c.add(&call{from: client.from, to: store, port: portDB, path: model.Path{Kind: model.PathVPC}}, 1)
	stored := c.calls[len(c.calls)-1]
	stored.request, stored.answer, stored.season = cached.request/5, cached.answer/5, cached.season
	zone := c.random.IntN(len(Zones))
	c.gather(zone, client.from, cache)
	c.gather((zone+1)%len(Zones), store)
}
