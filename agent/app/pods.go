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
}

func newPods(agent model.AgentID, nodeAddrs []netip.Addr) *pods {
	p := &pods{agent: agent, shared: map[netip.Addr]bool{}, sights: map[netip.Addr]sight{}}
	for _, addr := range nodeAddrs {
		p.shared[addr] = true
	}
	return p
}

// observe takes a window's rows and returns the facts that are new: an address
// that a pod began to use, and one that it gave up.
func (p *pods) observe(rows []model.FlowRow, span model.Period) []model.Fact {
	var facts []model.Fact
	for i := range rows {
		addr := rows[i].LocalAddr
		if rows[i].Local.Kind == model.LocalNode {
			p.shared[addr] = true
		}
		if rows[i].Local.Kind != model.LocalPod || !addr.IsValid() || addr.IsUnspecified() || p.shared[addr] {
			continue
		}
		held, known := p.sights[addr]
		if known && held.uid == rows[i].Local.ID {
			held.last = span.To
			p.sights[addr] = held
			continue
		}
		if known {
			facts = append(facts, p.fact(addr, held, span.From))
		}
		fresh := sight{uid: rows[i].Local.ID, since: span.From, last: span.To}
		p.sights[addr] = fresh
		facts = append(facts, p.fact(addr, fresh, time.Time{}))
	}
	return append(facts, p.expire(span.To)...)
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
