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
}

type localKey struct {
	agent  model.AgentID
	local  model.LocalEnd
	addr   netip.Addr
	window span
}

type remoteKey struct {
	cluster string
	addr    netip.Addr
	window  span
	// near is set for ends outside, which may depend on who asks.
	near attachment
}

func newResolver(index *Index, coverage *Coverage, rows []ReportedRow) *resolver {
	return &resolver{
		Index: index, rows: rows, coverage: &coverageMemo{coverage: coverage, known: map[agentMinute]bool{}},
		locals: map[localKey]*end{}, remotes: map[remoteKey]*end{}, interned: map[end]*end{},
	}
}

// ends resolves both ends of a row.
func (r *resolver) ends(agent model.AgentID, row *model.FlowRow, window span) (near, far *end) {
	nearKey := localKey{agent, row.Local, row.LocalAddr, window}
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
	return near, r.far(near, remoteKey{cluster: agent.Cluster, addr: addr, window: window})
}

// far resolves a remote address. Whoever asks, a pod or a node is the same one;
// what is outside is only where no network has addresses of its own.
func (r *resolver) far(near *end, key remoteKey) *end {
	found := r.remembered(key)
	if found.node == (model.AgentID{}) && near.place.Network != "" {
		key.near = attachment{near.subnet, near.place.Network}
		found = r.remembered(key)
	}
	return found
}

func (r *resolver) remembered(key remoteKey) *end {
	found, known := r.remotes[key]
	if !known {
		found = r.intern(r.remote(key.cluster, key.near, key.addr, key.window))
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
