package app

import (
	"net/netip"
	"slices"
	"time"

	"github.com/egressor/egressor/internal/model"
)

// podQuiet is how long an address may carry nothing before the sight of it ends.
const podQuiet = 10 * time.Minute

// pods remembers which pod used which address of this node, from the sockets
// alone. The kernel knows it without any API call, and knows it sooner: this
// node's word on its own pods is the best there is.
type pods struct {
	agent model.AgentID
	// shared are the node's own addresses: what pods on the host network use says
	// nothing of whose the address is.
	shared map[netip.Addr]bool
	sights map[netip.Addr]sight
}

// sight is one pod's hold of one address.
type sight struct {
	uid         string
	since, last time.Time
	// before is the pod that held the address before: what its last sockets still
	// send does not make the address its own again.
	before string
}

func newPods(agent model.AgentID, nodeAddrs []netip.Addr) *pods {
	p := &pods{agent: agent, shared: map[netip.Addr]bool{}, sights: map[netip.Addr]sight{}}
	for _, addr := range nodeAddrs {
		p.shared[addr] = true
	}
	return p
}

// observe takes a window's rows and returns the facts that are new: an address
// that a pod began to use, and one that it gave up. Where an address changed
// hands, the one that held it did so until it was last seen, be it in this
// window: within a window nobody can tell any finer.
func (p *pods) observe(rows []model.FlowRow, span model.Period) []model.Fact {
	var facts []model.Fact
	for _, seen := range p.users(rows) {
		held, known := p.sights[seen.addr]
		at := slices.Index(seen.uids, held.uid)
		if known && at >= 0 {
			held.last = span.To
			p.sights[seen.addr] = held
			seen.uids = slices.Delete(seen.uids, at, at+1)
		}
		for _, uid := range seen.uids {
			if known && uid == held.before {
				continue
			}
			if known {
				facts = append(facts, p.fact(seen.addr, held, held.last))
			}
			held, known = sight{uid: uid, since: span.From, last: span.To, before: held.uid}, true
			p.sights[seen.addr] = held
			facts = append(facts, p.fact(seen.addr, held, time.Time{}))
		}
	}
	return append(facts, p.expire(span.To)...)
}

// user is an address of this node's pods and who used it in a window.
type user struct {
	addr netip.Addr
	uids []string
}

// users lists the pods' own addresses of a window, in order.
func (p *pods) users(rows []model.FlowRow) []user {
	seen := map[netip.Addr][]string{}
	for i := range rows {
		addr, local := rows[i].LocalAddr, rows[i].Local
		if local.Kind == model.LocalNode {
			p.shared[addr] = true
		}
		if local.Kind == model.LocalPod && addr.IsValid() && !addr.IsUnspecified() && !slices.Contains(seen[addr], local.ID) {
			seen[addr] = append(seen[addr], local.ID)
		}
	}
	var users []user
	for addr, uids := range seen {
		if !p.shared[addr] {
			slices.Sort(uids)
			users = append(users, user{addr, uids})
		}
	}
	slices.SortFunc(users, func(a, b user) int { return a.addr.Compare(b.addr) })
	return users
}

// expire ends the sights that have been quiet for long: the pod may be gone,
// and its address somebody else's.
func (p *pods) expire(now time.Time) []model.Fact {
	var facts []model.Fact
	for addr, held := range p.sights {
		if now.Sub(held.last) > podQuiet {
			facts = append(facts, p.fact(addr, held, held.last))
			delete(p.sights, addr)
		}
	}
	slices.SortFunc(facts, func(a, b model.Fact) int { return a.Pod.Addrs[0].Compare(b.Pod.Addrs[0]) })
	return facts
}

// again returns every sight that holds: for when facts were lost on the way.
func (p *pods) again() []model.Fact {
	var facts []model.Fact
	for addr, held := range p.sights {
		facts = append(facts, p.fact(addr, held, time.Time{}))
	}
	slices.SortFunc(facts, func(a, b model.Fact) int { return a.Pod.Addrs[0].Compare(b.Pod.Addrs[0]) })
	return facts
}

func (p *pods) fact(addr netip.Addr, s sight, to time.Time) model.Fact {
	return model.Fact{
		Kind: model.FactPod, Key: s.uid, Source: "agent/" + p.agent.Node,
		Period: model.Period{From: s.since, To: to},
		Pod:    &model.PodFact{Cluster: p.agent.Cluster, Node: p.agent.Node, Addrs: []netip.Addr{addr}},
	}
}
