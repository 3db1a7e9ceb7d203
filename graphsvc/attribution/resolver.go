package attribution

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// resolver resolves the ends of many rows and remembers what it found: a minute
// names the same few thousand ends over and over.
type resolver struct {
	*Index
	rows     []ReportedRow
	coverage *coverageMemo
	locals   map[localKey]*end
	remotes  map[remoteKey]*end
	interned map[end]*end
	// Texts in keys are numbered: a key of numbers is hashed in one go.
	agents      numbering[model.AgentID]
	localNames  numbering[string]
	clusters    numbering[string]
	attachments numbering[attachment]
}

type localKey struct {
	agent, name int32
	kind        uint64
	addr        netip.Addr
	window      span
}

type remoteKey struct {
	cluster int32
	// near is 0, or who asks about an end outside, which may depend on that.
	near   int32
	addr   netip.Addr
	window span
}

func newResolver(index *Index, coverage *Coverage, rows []ReportedRow) *resolver {
	return &resolver{
		Index: index, rows: rows, coverage: &coverageMemo{coverage: coverage, known: map[agentMinute]bool{}},
		locals: map[localKey]*end{}, remotes: map[remoteKey]*end{}, interned: map[end]*end{},
	}
}

// ends resolves both ends of a row.
func (r *resolver) ends(agent model.AgentID, row *model.FlowRow, window span) (near, far *end) {
	nearKey := localKey{r.agents.of(agent), r.localNames.of(row.Local.ID), uint64(row.Local.Kind), row.LocalAddr, window}
	near, known := r.locals[nearKey]
	if !known {
		near = r.intern(r.local(agent, row, window))
		r.locals[nearKey] = near
	}
	addr := row.RemoteAddr.Unmap()
	if addr.IsLoopback() || addr == near.addr && addr.IsValid() {
		same := *near
		same.addr, same.onHost = addr, true
		return near, r.intern(same)
	}
	return near, r.far(near, agent.Cluster, addr, window)
}

// far resolves a remote address. Whoever asks, a pod or a node is the same one;
// what is outside is only where no network has addresses of its own.
func (r *resolver) far(near *end, cluster string, addr netip.Addr, window span) *end {
	key := remoteKey{cluster: r.clusters.of(cluster), addr: addr, window: window}
	found := r.remembered(key, cluster, attachment{})
	if found.node == (model.AgentID{}) && near.place.Network != "" {
		asker := attachment{near.subnet, near.place.Network}
		key.near = r.attachments.of(asker)
		found = r.remembered(key, cluster, asker)
	}
	return found
}

func (r *resolver) remembered(key remoteKey, cluster string, asker attachment) *end {
	found, known := r.remotes[key]
	if !known {
		found = r.intern(r.remote(cluster, asker, key.addr, key.window))
		r.remotes[key] = found
	}
	return found
}

func (r *resolver) intern(e end) *end {
	known := r.interned[e]
	if known == nil {
		known = &e
		r.interned[e] = known
	}
	return known
}

// numbering gives values numbers from 1. It is asked for the same one many times
// in a row.
type numbering[K comparable] struct {
	numbers map[K]int32
	last    K
	number  int32 // of last, 0 before the first
}

func (n *numbering[K]) of(value K) int32 {
	if n.number != 0 && value == n.last {
		return n.number
	}
	if n.numbers == nil {
		n.numbers = map[K]int32{}
	}
	number, known := n.numbers[value]
	if !known {
		number = int32(len(n.numbers)) + 1
		n.numbers[value] = number
	}
	n.last, n.number = value, number
	return number
}
